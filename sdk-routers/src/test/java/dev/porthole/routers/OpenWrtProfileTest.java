package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Camera;
import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.Secret;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.SearchScope;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.profiles.FakeOpenWrt;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What only OpenWrt does. */
class OpenWrtProfileTest {
    private static WebRouter web(FakeOpenWrt router) {
        return WebRouter.builder(router.uri(), RouterBrand.byId("openwrt").orElseThrow())
                .credentials(new Credentials("root", Secret.of("pw")))
                .pace(Duration.ZERO)
                .build();
    }

    private static Publication publish(FakeOpenWrt router) throws InterruptedException {
        try (Porthole porthole = Porthole.builder()
                .finder(web(router))
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
    void a_redirect_without_a_port_holds_them_all() throws Exception {
        Deadline soon = Deadline.after(Duration.ofSeconds(20));
        try (FakeOpenWrt router = new FakeOpenWrt("pw");
                PortMappingProvider provider = web(router)
                        .find(SearchScope.builder().build(), soon)
                        .providers()
                        .get(0)) {
            router.forwardAll("192.168.1.9");
            assertThat(provider.mapping(TransportProtocol.TCP, 5, soon).orElseThrow())
                    .satisfies(dmz -> assertThat(dmz.internalClient()).isEqualTo("192.168.1.9"))
                    .satisfies(dmz -> assertThat(dmz.external().size()).isEqualTo(65_535));
            MappingRequest request = MappingRequest.to(
                            new InternalEndpoint(IpLiteral.parse("192.168.1.71").orElseThrow(), 554), 8554)
                    .build();
            assertThat(provider.map(request, soon))
                    .isInstanceOfSatisfying(
                            Refused.class,
                            refused -> assertThat(refused.reason()).isEqualTo(Refusal.CONFLICT));
            assertThat(router.lasting()).hasSize(4);
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
