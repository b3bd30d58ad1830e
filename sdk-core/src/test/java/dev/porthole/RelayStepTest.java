package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Target.Scheme;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A gateway that maps for this host only, and a relay on this host. */
class RelayStepTest {
    private static final InetAddress HERE = InetAddress.getLoopbackAddress();
    private static final Camera DOOR = Camera.at("192.168.1.10").name("door").build();
    private static final Camera YARD = Camera.at("192.168.1.11").name("yard").build();

    private final InMemoryGateway gateway = new InMemoryGateway();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final RecordingForwarder relay = new RecordingForwarder();
    private SourcePolicy source = SourcePolicy.anyone();

    @BeforeEach
    void secure() {
        gateway.lanAddress = "127.0.0.1";
        gateway.onlyFor = Optional.of(HERE);
    }

    private Porthole.Builder without() throws Exception {
        Attachment own = new Attachment(NetworkInterface.getByInetAddress(HERE), HERE, 8);
        return Porthole.builder()
                .finder(gateway)
                .verify(false)
                .ledger(ledger)
                .source(source)
                .network(() -> new LocalNetwork(List.of(own), IpLiteral.parse("127.0.0.1")))
                .routedLans(true);
    }

    private Porthole porthole() throws Exception {
        return without().relay(relay).build();
    }

    private static Optional<Severity> severity(Publication publication, FindingCode code) {
        return publication.findings().stream()
                .filter(finding -> finding.code() == code)
                .map(Finding::severity)
                .findFirst();
    }

    private static InternalEndpoint door(int port) {
        return new InternalEndpoint(DOOR.address(), port);
    }

    @Test
    void what_is_refused_for_the_camera_is_mapped_for_this_host_and_relayed() throws Exception {
        try (Porthole porthole = porthole()) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.status()).isEqualTo(Publication.Status.MAPPED);
            assertThat(gateway.table).hasSize(2).allMatch(PortMapping::ours);
            assertThat(gateway.table).extracting(PortMapping::internalClient).containsOnly("127.0.0.1");
            assertThat(publication.endpoints())
                    .extracting(e -> e.relay().orElseThrow())
                    .containsExactlyElementsOf(relay.listening);
            assertThat(publication.endpoints())
                    .extracting(PublishedEndpoint::camera)
                    .containsOnly(DOOR);
            assertThat(publication.endpoints())
                    .extracting(e -> e.target().orElseThrow().internal().orElseThrow())
                    .containsExactly(door(80), door(554));
            assertThat(relay.requests).extracting(r -> r.target()).containsExactly(door(80), door(554));
            assertThat(severity(publication, FindingCode.SECURE_MODE)).contains(Severity.INFO);
            assertThat(severity(publication, FindingCode.RELAYED)).contains(Severity.WARNING);
            assertThat(ledger.entries("uuid:1"))
                    .extracting(LedgerEntry::service)
                    .containsExactly(door(80), door(554));
        }
    }

    @Test
    void a_search_that_hangs_leaves_time_for_the_relay() throws Exception {
        InMemoryGateway silent = new InMemoryGateway();
        silent.protocol = MappingProtocol.PCP;
        silent.answers = new CountDownLatch(1);
        try (Porthole porthole = without()
                .relay(relay)
                .finder(silent)
                .timeout(Duration.ofSeconds(3))
                .build()) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.unpublished()).isEmpty();
            assertThat(relay.requests).hasSize(2);
        }
    }

    @Test
    void nothing_is_relayed_that_was_not_allowed_to_be() throws Exception {
        try (Porthole porthole = without().build()) {
            assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
            assertThat(gateway.table).isEmpty();
        }
    }

    @Test
    void a_camera_for_which_the_gateway_maps_is_not_relayed() throws Exception {
        gateway.onlyFor = Optional.empty();
        try (Porthole porthole = porthole()) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.endpoints()).allMatch(e -> e.relay().isEmpty());
            assertThat(relay.requests).isEmpty();
        }
    }

    @Test
    void the_local_port_has_the_number_of_the_external_one_where_it_is_free() throws Exception {
        try (Porthole porthole = porthole()) {
            porthole.publish(DOOR);
            assertThat(gateway.table).allMatch(m -> m.internalPort() == m.externalPort());
        }
    }

    @Test
    void publishing_again_keeps_what_listens() throws Exception {
        try (Porthole porthole = porthole()) {
            porthole.publish(DOOR);
            List<PortMapping> before = List.copyOf(gateway.table);
            porthole.publish(DOOR, YARD);
            assertThat(gateway.table).hasSize(4).containsAll(before);
            assertThat(relay.requests).hasSize(4);
        }
    }

    @Test
    void what_no_longer_listens_is_begun_again_when_it_is_published_again() throws Exception {
        try (Porthole porthole = porthole()) {
            porthole.publish(DOOR);
            List<InternalEndpoint> before = List.copyOf(relay.listening);
            relay.listening.remove(0);
            porthole.publish(DOOR);
            assertThat(relay.listening).containsExactlyInAnyOrderElementsOf(before);
            assertThat(relay.requests).hasSize(3);
        }
    }

    @Test
    void a_later_run_takes_up_both_ports_again() throws Exception {
        relay.taken.add(externalPort(DOOR));
        try (Porthole porthole = porthole()) {
            porthole.publish(DOOR);
        }
        List<PortMapping> before = List.copyOf(gateway.table);
        relay.taken.clear();
        for (boolean byLedger : new boolean[] {true, false}) {
            if (byLedger) {
                gateway.table.clear();
            } else {
                ledger.entries("uuid:1").forEach(ledger::forget);
            }
            try (Porthole porthole = porthole()) {
                porthole.publish(DOOR);
                assertThat(gateway.table).containsExactlyInAnyOrderElementsOf(before);
            }
        }
    }

    private int externalPort(Camera camera) throws Exception {
        try (Porthole porthole = without().build()) {
            return porthole.plan(camera).ports().assignments().get(0).externalPort();
        }
    }

    @Test
    void closing_stops_listening_and_releases_no_mapping() throws Exception {
        try (Porthole porthole = porthole()) {
            porthole.publish(DOOR);
        }
        assertThat(relay.closed).isTrue();
        assertThat(gateway.table).hasSize(2);
    }

    @Test
    void releasing_a_camera_stops_its_relay_and_no_other() throws Exception {
        try (Porthole porthole = porthole()) {
            porthole.publish(DOOR, YARD);
            ReleaseReport report = porthole.release(DOOR.address());
            assertThat(report.released()).hasSize(2);
            assertThat(gateway.table).extracting(PortMapping::description).allMatch(tag -> tag.contains("yard"));
            assertThat(relay.listening).hasSize(2);
            assertThat(ledger.entries("uuid:1")).hasSize(2);
        }
    }

    @Test
    void without_a_ledger_a_camera_without_a_name_is_still_known_by_it() throws Exception {
        Camera nameless = Camera.at("192.168.1.10").build();
        try (Porthole porthole = porthole()) {
            porthole.publish(nameless, YARD);
        }
        ledger.entries("uuid:1").forEach(ledger::forget);
        try (Porthole porthole = without().build()) {
            assertThat(porthole.release(nameless.address()).released()).hasSize(2);
            assertThat(gateway.table).hasSize(2);
        }
    }

    @Test
    void where_not_even_this_host_gets_a_mapping_nothing_listens() throws Exception {
        gateway.onlyFor = IpLiteral.parse("192.168.1.99");
        try (Porthole porthole = porthole()) {
            assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
            assertThat(relay.requests).hasSize(2);
            assertThat(relay.listening).isEmpty();
            assertThat(ledger.entries("uuid:1")).isEmpty();
        }
    }

    /** The first call is the one for the camera; the second and third are those for the relay. */
    @ParameterizedTest
    @EnumSource(
            value = Refusal.class,
            names = {"TABLE_FULL", "OTHER", "NOT_STORED"})
    void a_refusal_on_the_way_leaves_no_mapping_and_no_port(Refusal reason) throws Exception {
        gateway.faults.put(3, (g, request) -> InMemoryGateway.refused(reason));
        try (Porthole porthole = porthole()) {
            assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
            assertThat(gateway.table).isEmpty();
            assertThat(relay.listening).isEmpty();
        }
    }

    @Test
    void an_interrupt_leaves_no_mapping_and_no_port() throws Exception {
        gateway.faults.put(3, (g, request) -> {
            throw new InterruptedException();
        });
        try (Porthole porthole = porthole()) {
            assertThatThrownBy(() -> porthole.publish(DOOR)).isInstanceOf(InterruptedException.class);
            assertThat(gateway.table).isEmpty();
            assertThat(relay.listening).isEmpty();
        }
    }

    @Test
    void a_commit_that_fails_leaves_no_mapping_and_no_port() throws Exception {
        gateway.committable = false;
        try (Porthole porthole = porthole()) {
            assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
            assertThat(gateway.table).isEmpty();
            assertThat(relay.listening).isEmpty();
        }
    }

    @Test
    void a_relays_rung_did_not_do_because_a_camera_is_mapped_directly_beside() throws Exception {
        gateway.onlyFor = Optional.empty();
        gateway.faults.put(3, (g, request) -> InMemoryGateway.refused(Refusal.POLICY));
        gateway.whenCommitting = () -> {
            if (gateway.commits == 2) {
                throw InMemoryGateway.timeout();
            }
        };
        try (Porthole porthole = porthole()) {
            Publication publication = porthole.publish(YARD, DOOR);
            assertThat(publication.unpublished()).containsExactly(DOOR);
            assertThat(publication.rungs())
                    .extracting(Rung::protocol, Rung::outcome)
                    .containsExactly(
                            tuple(MappingProtocol.UPNP, Rung.Outcome.MAPPED),
                            tuple(MappingProtocol.RELAY, Rung.Outcome.REFUSED));
        }
    }

    @Test
    void the_relay_looks_who_connects_so_the_gateway_need_not() throws Exception {
        source = SourcePolicy.only("198.51.100.0/24");
        gateway.onlyFor = Optional.empty();
        gateway.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.SOURCE_RESTRICTION_UNSUPPORTED));
        gateway.faults.put(2, (g, request) -> {
            assertThat(request.source().isAnyone()).isTrue();
            return g.store(request, request.externalPort());
        });
        try (Porthole porthole = porthole()) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.status()).isEqualTo(Publication.Status.MAPPED);
            assertThat(relay.requests).extracting(r -> r.source()).containsOnly(source);
            assertThat(severity(publication, FindingCode.OPEN_TO_ANYONE)).isEmpty();
        }
    }

    @Test
    void the_external_port_is_the_cameras_number_where_that_was_asked_for() throws Exception {
        Camera same = Camera.at("192.168.1.10")
                .name("door")
                .service(Scheme.RTSP, 5554)
                .without(Scheme.HTTP)
                .policy(new PortPolicy.SameAsInternal())
                .build();
        relay.taken.add(5554);
        try (Porthole porthole = porthole()) {
            porthole.publish(same);
            assertThat(gateway.table).extracting(PortMapping::externalPort).containsExactly(5554);
            assertThat(gateway.table).extracting(PortMapping::internalPort).containsExactly(40_000);
        }
    }

    @Test
    void the_doctor_takes_a_mapping_to_a_relay_that_runs_for_what_it_is() throws Exception {
        Camera web = Camera.at("192.168.1.10").name("door").without(Scheme.RTSP).build();
        try (ServerSocket running = new ServerSocket(0, 5, HERE);
                Porthole porthole = without().build()) {
            mapToThisHost(running.getLocalPort());
            ExaminedService service = porthole.diagnose(web).services().get(0);
            assertThat(service.relay()).contains(new InternalEndpoint(HERE, running.getLocalPort()));
            assertThat(service.trial()).isFalse();
            assertThat(service.findings()).extracting(Finding::code).doesNotContain(FindingCode.STALE_MAPPING);
        }
    }

    @Test
    void the_doctor_says_that_a_relay_does_not_run() throws Exception {
        Camera web = Camera.at("192.168.1.10").name("door").without(Scheme.RTSP).build();
        int port;
        try (ServerSocket stopped = new ServerSocket(0, 5, HERE)) {
            port = stopped.getLocalPort();
        }
        mapToThisHost(port);
        try (Porthole porthole = without().build()) {
            Diagnosis diagnosis = porthole.diagnose(web);
            assertThat(diagnosis.firstCause()).map(Finding::code).contains(FindingCode.RELAY_DOWN);
            assertThat(diagnosis.services().get(0).brokenAt()).contains(dev.porthole.diagnose.Hop.RELAY);
            assertThat(gateway.table).hasSize(1);
        }
    }

    private void mapToThisHost(int port) {
        gateway.table.add(new PortMapping(
                TransportProtocol.TCP,
                PortRange.of(25_000),
                "127.0.0.1",
                port,
                "",
                MappingTag.of("door", "http"),
                Optional.empty(),
                true));
    }

    @Test
    void a_second_camera_is_relayed_although_the_refusal_of_the_first_stood_for_both() throws Exception {
        try (Porthole porthole = porthole()) {
            Publication publication = porthole.publish(DOOR, YARD);
            assertThat(publication.unpublished()).isEmpty();
            assertThat(gateway.mapCalls).isEqualTo(5);
            assertThat(relay.listening).hasSize(4);
        }
    }
}
