package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Camera;
import dev.porthole.Credentials;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.Secret;
import dev.porthole.routers.Milesight;
import dev.porthole.routers.WebRouter;
import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.testing.SimulatedMilesight;
import dev.porthole.testing.TableEntry;
import dev.porthole.upnp.UpnpGatewayFinder;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One publication that may use a router's UPnP and its pages. */
@Timeout(60)
class UpnpAndWebTest {
    private static final Camera DOOR =
            Camera.at("192.168.69.110").name("front-door").build();

    private SimulatedHome home;
    private SimulatedMilesight pages;

    @BeforeEach
    void start() throws IOException {
        home = SimulatedHome.start();
        pages = SimulatedMilesight.options(MilesightFlavour.UR_3_0_14)
                .pace(Duration.ZERO)
                .start()
                .addRule(2121, "192.168.69.5", 21, "ftp");
    }

    @AfterEach
    void close() {
        home.close();
        pages.close();
    }

    private Publication published() throws InterruptedException {
        WebRouter web = WebRouter.builder(pages.uri(), Milesight.router())
                .credentials(new Credentials("admin", Secret.of("password")))
                .pace(Duration.ZERO)
                .build();
        UpnpGatewayFinder upnp =
                UpnpGatewayFinder.builder().window(Duration.ofSeconds(1)).build();
        try (Porthole porthole = Porthole.builder()
                .finder(web)
                .finder(upnp)
                .scope(home.searchScope())
                .verify(false)
                .build()) {
            return porthole.publish(DOOR);
        }
    }

    private static List<String> rungs(Publication publication) {
        return publication.rungs().stream()
                .map(rung -> rung.protocol().id() + " " + rung.outcome())
                .toList();
    }

    @Test
    void where_upnp_is_on_it_maps_and_nobody_logs_in_to_the_pages() throws Exception {
        Publication publication = published();
        assertThat(rungs(publication)).containsExactly("upnp MAPPED");
        assertThat(home.gateway().mappings())
                .extracting(TableEntry::internalClient)
                .containsExactly("192.168.69.110", "192.168.69.110");
        assertThat(pages.loginTries()).isZero();
        assertThat(pages.rules()).hasSize(1);
    }

    @Test
    void where_upnp_is_off_the_pages_are_filled_in() throws Exception {
        home.gateway().add(Quirk.SSDP_SILENT);
        Publication publication = published();
        assertThat(rungs(publication)).containsExactly("upnp NOT_FOUND", "web MAPPED");
        assertThat(publication.unpublished()).isEmpty();
        assertThat(pages.rulesInEffect())
                .extracting(rule -> rule.get("dest_ip"))
                .containsExactly("192.168.69.5", "192.168.69.110", "192.168.69.110");
        assertThat(home.gateway().mappings()).isEmpty();
    }
}
