package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Camera;
import dev.porthole.Credentials;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.Secret;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.routers.profiles.FakeOpenWrt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What only OpenWrt does. */
class OpenWrtProfileTest {
    private static Publication publish(FakeOpenWrt router) throws InterruptedException {
        WebRouter web = WebRouter.builder(
                        router.uri(), RouterBrand.byId("openwrt").orElseThrow())
                .credentials(new Credentials("root", Secret.of("pw")))
                .pace(Duration.ZERO)
                .build();
        try (Porthole porthole = Porthole.builder()
                .finder(web)
                .ledger(new InMemoryLedger())
                .verify(false)
                .routedLans(true)
                .build()) {
            return porthole.publish(Camera.at("192.168.1.71").name("door").build());
        }
    }

    @Test
    void what_is_published_outlasts_the_session() throws Exception {
        try (FakeOpenWrt router = new FakeOpenWrt("pw")) {
            assertThat(publish(router).unpublished()).isEmpty();
            assertThat(router.lasting()).hasSize(5);
        }
    }

    @Test
    void an_apply_that_does_nothing_while_somebody_elses_changes_wait_is_not_believed() throws Exception {
        try (FakeOpenWrt router = new FakeOpenWrt("pw")) {
            router.pending(true);
            Publication publication = publish(router);
            assertThat(publication.endpoints()).as("%s", publication.findings()).isEmpty();
            assertThat(router.lasting()).hasSize(3);
        }
    }
}
