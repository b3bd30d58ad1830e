package dev.porthole.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Camera;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.Rung;
import dev.porthole.ledger.FileLedger;
import dev.porthole.reach.Target.Scheme;
import dev.porthole.testing.FakeGateway;
import dev.porthole.testing.GatewayOptions;
import dev.porthole.testing.HttpReply;
import dev.porthole.testing.RecordedRequest;
import dev.porthole.testing.TableEntry;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a restarted recorder asks of a router that it has used before: counted by the router. */
@Timeout(30)
class UpnpWarmStartTest {
    private static final Camera DOOR =
            Camera.at(Home.CAMERA.getHostAddress()).name("door").build();
    private static final Camera STREAM_ONLY = Camera.at(Home.CAMERA.getHostAddress())
            .name("door")
            .without(Scheme.HTTP)
            .build();

    private static final String ADDRESS = "GetExternalIPAddress";
    private static final String LOOK = "GetSpecificPortMappingEntry";
    private static final String ADD = "AddPortMapping";

    @TempDir
    Path directory;

    private FakeGateway gateway;

    @BeforeEach
    void start() throws IOException {
        gateway = FakeGateway.start();
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    private Path ledger() {
        return directory.resolve("ledger");
    }

    /** What a process does that starts, publishes and ends. */
    private Publication publish(Camera camera) throws InterruptedException {
        try (FileLedger ledger = FileLedger.open(ledger());
                Porthole porthole = Porthole.builder()
                        .finder(Home.FINDER)
                        .scope(Home.scope(gateway.ssdpAddress()).build())
                        .ledger(ledger)
                        .verify(false)
                        .build()) {
            return porthole.publish(camera);
        }
    }

    private List<TableEntry> publishedAnHourAgo(Camera camera) throws InterruptedException {
        assertThat(publish(camera).status()).isEqualTo(Publication.Status.MAPPED);
        gateway.advance(Duration.ofHours(1));
        gateway.forgetRequests();
        return gateway.mappings();
    }

    private List<String> asked() {
        return gateway.requests().stream().map(RecordedRequest::kind).toList();
    }

    private static List<Integer> ports(List<TableEntry> mappings) {
        return mappings.stream().map(TableEntry::externalPort).sorted().toList();
    }

    @Test
    void web_page_and_stream_that_are_still_mapped_take_three_requests_and_no_search() throws Exception {
        List<TableEntry> before = publishedAnHourAgo(DOOR);
        Publication again = publish(DOOR);
        assertThat(again.status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(again.endpoints()).allMatch(endpoint -> endpoint.target().isPresent());
        assertThat(asked()).containsExactly(ADDRESS, LOOK, LOOK);
        assertThat(gateway.count(FakeGateway.SEARCH)).isZero();
        assertThat(ports(gateway.mappings())).isEqualTo(ports(before));
    }

    @Test
    void a_lease_of_which_less_than_half_is_left_is_refreshed() throws Exception {
        publishedAnHourAgo(STREAM_ONLY);
        gateway.advance(Duration.ofHours(12));
        publish(STREAM_ONLY);
        assertThat(asked()).containsExactly(ADDRESS, LOOK, ADD, LOOK);
        assertThat(gateway.mappings().get(0).lease()).isGreaterThan(Duration.ofHours(23));
    }

    @Test
    void after_a_restart_of_the_router_it_has_to_say_first_that_it_is_the_same() throws Exception {
        List<TableEntry> before = publishedAnHourAgo(STREAM_ONLY);
        gateway.reboot();
        publish(STREAM_ONLY);
        assertThat(asked()).containsExactly(ADDRESS, LOOK, RecordedRequest.DESCRIPTION, ADD, LOOK);
        assertThat(gateway.count(FakeGateway.SEARCH)).isZero();
        assertThat(ports(gateway.mappings())).isEqualTo(ports(before));
    }

    @Test
    void a_router_whose_address_for_actions_has_moved_is_searched_for() throws Exception {
        List<TableEntry> before = publishedAnHourAgo(DOOR);
        gateway.rebootOnAnotherPort();
        assertThat(publish(DOOR).status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.count(FakeGateway.SEARCH)).isPositive();
        assertThat(ports(gateway.mappings())).isEqualTo(ports(before));
        gateway.advance(Duration.ofHours(1));
        gateway.forgetRequests();
        publish(DOOR);
        assertThat(asked()).as("remembered anew").containsExactly(ADDRESS, LOOK, LOOK);
    }

    /** On the same address and ports, as after a router was replaced. */
    private void replace(GatewayOptions by) throws IOException {
        int http = gateway.httpAddress().getPort();
        int ssdp = gateway.ssdpAddress().getPort();
        gateway.close();
        gateway = by.httpPort(http).ssdpPort(ssdp).start();
    }

    @Test
    void another_device_at_that_address_is_searched_for_and_gets_nothing_before() throws Exception {
        publishedAnHourAgo(DOOR);
        String description;
        try (InputStream served = gateway.descriptionUrl().toURL().openStream()) {
            description = new String(served.readAllBytes(), StandardCharsets.UTF_8);
        }
        replace(FakeGateway.options().description(description.replace("00000000-0000-4000", "11111111-0000-4000")));
        Publication publication = publish(DOOR);
        assertThat(publication.gateway().orElseThrow().id()).contains("11111111");
        assertThat(gateway.count(FakeGateway.SEARCH)).isPositive();
        assertThat(asked().indexOf(ADD)).isGreaterThan(asked().lastIndexOf(RecordedRequest.DESCRIPTION));
        assertThat(publication.rungs()).extracting(Rung::outcome).containsExactly(Rung.Outcome.MAPPED);
    }

    @Test
    void a_page_for_people_in_the_place_of_actions_leads_to_a_search() throws Exception {
        publishedAnHourAgo(DOOR);
        gateway.faults()
                .next(
                        ADDRESS,
                        exchange -> exchange.send(HttpReply.html(404, "Not Found", "<html>no such page</html>")
                                .bytes()));
        assertThat(publish(DOOR).status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.count(FakeGateway.SEARCH)).isPositive();
        assertThat(gateway.mappings()).hasSize(2);
    }

    @Test
    void a_ledger_that_names_another_host_is_not_followed() throws Exception {
        publishedAnHourAgo(DOOR);
        InetSocketAddress real = gateway.httpAddress();
        try (FakeGateway elsewhere = FakeGateway.options()
                .address(java.net.InetAddress.getByName("127.0.0.2"))
                .start()) {
            String text = Files.readString(ledger());
            String place = real.getAddress().getHostAddress() + ":" + real.getPort();
            Files.writeString(
                    ledger(),
                    text.replace(place, "127.0.0.2:" + elsewhere.httpAddress().getPort()));
            assertThat(Files.readString(ledger())).contains("127.0.0.2");
            assertThat(publish(DOOR).status()).isEqualTo(Publication.Status.MAPPED);
            assertThat(elsewhere.connections()).isZero();
            assertThat(gateway.count(FakeGateway.SEARCH)).isPositive();
        }
    }
}
