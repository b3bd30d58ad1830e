package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMapping;
import dev.porthole.plan.Assignment;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Cameras whose addresses are not translated. */
class Ipv6Test {
    private static final Camera DOOR =
            Camera.at("2001:db8:69::110").name("door").build();
    private static final Camera YARD =
            Camera.at("2001:db8:69::111").name("yard").build();

    private final InMemoryGateway gateway = new InMemoryGateway();
    private final InMemoryLedger ledger = new InMemoryLedger();

    @BeforeEach
    void the_gateway_is_asked_for_ipv6() {
        gateway.lanAddress = "fe80::1";
        gateway.external = ExternalAddress.UNKNOWN;
        gateway.capabilities =
                Capabilities.builder().listing(false).translation(false).build();
    }

    private Porthole.Builder porthole() {
        return Porthole.builder()
                .finder(gateway)
                .verify(false)
                .ledger(ledger)
                .network(Ipv6Test::network)
                .routedLans(true);
    }

    /** A host at 2001:db8:69::10/64; the interface is never used. */
    private static LocalNetwork network() {
        try {
            NetworkInterface any =
                    NetworkInterface.networkInterfaces().findFirst().orElseThrow();
            Attachment attachment =
                    new Attachment(any, IpLiteral.parse("2001:db8:69::10").orElseThrow(), 64);
            return new LocalNetwork(List.of(attachment), IpLiteral.parse("192.168.1.1"), IpLiteral.parse("fe80::1"));
        } catch (SocketException e) {
            throw new IllegalStateException(e);
        }
    }

    private Publication publish(Camera... cameras) throws InterruptedException {
        try (Porthole porthole = porthole().build()) {
            return porthole.publish(cameras);
        }
    }

    @Test
    void each_camera_keeps_its_own_ports_at_its_own_address() throws InterruptedException {
        Publication publication = publish(DOOR, YARD);
        assertThat(publication.unpublished()).isEmpty();
        assertThat(publication.endpoints().stream()
                        .map(e -> e.target().orElseThrow().uri()))
                .containsExactly(
                        "http://[2001:db8:69:0:0:0:0:110]:80/",
                        "rtsp://[2001:db8:69:0:0:0:0:110]:554/",
                        "http://[2001:db8:69:0:0:0:0:111]:80/",
                        "rtsp://[2001:db8:69:0:0:0:0:111]:554/");
    }

    @Test
    void publishing_again_and_releasing_one_camera_leave_the_other_alone() throws InterruptedException {
        publish(DOOR, YARD);
        List<PortMapping> before = List.copyOf(gateway.table);
        publish(YARD, DOOR);
        assertThat(gateway.table).containsExactlyInAnyOrderElementsOf(before);
        try (Porthole porthole = porthole().build()) {
            assertThat(porthole.release(DOOR.address()).complete()).isTrue();
        }
        assertThat(gateway.table)
                .hasSize(2)
                .allMatch(
                        mapping -> mapping.leadsTo(YARD.endpoint(YARD.services().get(0)))
                                || mapping.leadsTo(YARD.endpoint(YARD.services().get(1))));
    }

    @Test
    void another_external_port_than_the_cameras_own_is_refused() throws InterruptedException {
        Camera moved = Camera.at("2001:db8:69::110")
                .name("door")
                .policy(Target.Scheme.RTSP, PortPolicy.manual(8554))
                .build();
        Publication publication = publish(moved);
        assertThat(publication.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.SAME_PORT_REQUIRED);
            assertThat(finding.message()).contains("IPv6", "554");
        });
        assertThat(gateway.table).isEmpty();
    }

    @Test
    void a_gateway_of_the_other_family_is_not_asked_and_the_reason_told() throws InterruptedException {
        Camera ipv4 = Camera.at("192.168.1.10").name("hall").build();
        assertThat(publish(ipv4).findings()).extracting(Finding::code).containsExactly(FindingCode.TARGET_NOT_ON_LAN);
        gateway.lanAddress = "192.168.1.1";
        assertThat(publish(DOOR).findings()).singleElement().satisfies(finding -> {
            assertThat(finding.code()).isEqualTo(FindingCode.NO_NAT_NEEDED);
            assertThat(finding.remedy()).contains("PCP", "IPv6 firewall");
        });
        assertThat(gateway.mapCalls).isZero();
    }

    @Test
    void a_camera_that_only_itself_may_be_let_in_is_not_relayed_and_the_cause_told() throws InterruptedException {
        gateway.onlyFor = IpLiteral.parse("2001:db8:69::10");
        RecordingForwarder relay = new RecordingForwarder();
        try (Porthole porthole = porthole().relay(relay).build()) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.findings()).extracting(Finding::code).containsExactly(FindingCode.SECURE_MODE);
            assertThat(publication.rungs()).extracting(Rung::protocol).doesNotContain(MappingProtocol.RELAY);
        }
        assertThat(relay.requests).isEmpty();
    }

    @Test
    void an_address_to_which_nobody_outside_has_a_way_is_not_published() throws InterruptedException {
        for (String address : List.of("fd00:69::110", "fe80::110")) {
            assertThat(publish(Camera.at(address).name("door").build()).findings())
                    .extracting(Finding::code)
                    .containsExactly(FindingCode.TARGET_NOT_ON_LAN);
        }
        assertThat(gateway.table).isEmpty();
    }

    @Test
    void from_the_same_lan_nothing_can_be_said_of_the_way_through_the_router() throws InterruptedException {
        try (Porthole porthole = porthole()
                .verify(true)
                .verifier(new Always(Verdict.Status.REACHABLE))
                .build()) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.status()).isEqualTo(Publication.Status.INCONCLUSIVE);
            assertThat(publication.findings()).extracting(Finding::code).contains(FindingCode.NO_HAIRPIN);
        }
    }

    /** The router's UPnP, which maps IPv4 only and is looked at first. */
    private InMemoryGateway upnpBefore() {
        gateway.protocol = MappingProtocol.PCP;
        return new InMemoryGateway();
    }

    @Test
    void a_plan_takes_each_camera_to_the_gateway_that_can_take_it() throws InterruptedException {
        Camera hall = Camera.at("192.168.1.10").name("hall").build();
        InMemoryGateway upnp = upnpBefore();
        try (Porthole porthole = porthole().finder(upnp).build()) {
            PublicationPlan alone = porthole.plan(DOOR);
            assertThat(alone.gateway()).contains(gateway.gateway());
            assertThat(alone.findings()).isEmpty();
            assertThat(alone.ports().assignments())
                    .extracting(Assignment::externalPort)
                    .containsExactly(80, 554);
            PublicationPlan both = porthole.plan(DOOR, hall);
            assertThat(both.gateway()).contains(upnp.gateway());
            assertThat(both.findings()).isEmpty();
            assertThat(both.ports().assignments())
                    .extracting(assignment -> assignment.item().internal().address())
                    .containsExactly(DOOR.address(), DOOR.address(), hall.address(), hall.address());
        }
        assertThat(gateway.mapCalls + upnp.mapCalls).isZero();
    }

    @Test
    void an_examination_goes_through_the_gateway_that_can_take_the_camera() throws InterruptedException {
        InMemoryGateway upnp = upnpBefore();
        try (Porthole porthole = porthole()
                .finder(upnp)
                .vantage(Vantage.agent("https://probe.example.org"))
                .verifier(new Always(Verdict.Status.REACHABLE))
                .build()) {
            Camera hall = Camera.at("192.168.1.10").name("hall").build();
            Diagnosis alone = porthole.diagnose(DOOR);
            assertThat(alone.gateway()).contains(gateway.gateway());
            assertThat(alone.findings()).extracting(Finding::code).containsOnly(FindingCode.NOT_MAPPED);
            Diagnosis both = porthole.diagnose(DOOR, hall);
            assertThat(both.gateway()).contains(upnp.gateway());
            assertThat(both.services())
                    .hasSize(4)
                    .allMatch(service -> service.outside().isPresent());
        }
        assertThat(gateway.table).isEmpty();
        assertThat(upnp.table).isEmpty();
    }

    @Test
    void a_camera_that_no_gateway_can_take_is_told_of_at_each_and_the_first_is_named() throws InterruptedException {
        InMemoryGateway upnp = upnpBefore();
        Camera inside = Camera.at("fd00:69::110").name("door").build();
        try (Porthole porthole = porthole().finder(upnp).build()) {
            List<FindingCode> both = List.of(FindingCode.TARGET_NOT_ON_LAN, FindingCode.NO_NAT_NEEDED);
            PublicationPlan plan = porthole.plan(inside);
            assertThat(plan.gateway()).contains(upnp.gateway());
            assertThat(plan.findings()).extracting(Finding::code).containsExactlyElementsOf(both);
            Diagnosis diagnosis = porthole.diagnose(inside);
            assertThat(diagnosis.gateway()).contains(upnp.gateway());
            assertThat(diagnosis.findings()).extracting(Finding::code).containsExactlyElementsOf(both);
        }
    }

    @Test
    void a_port_asked_for_is_not_taken_by_another_camera_that_has_the_same() throws InterruptedException {
        publish(DOOR, YARD);
        Camera yard = Camera.at("2001:db8:69::111")
                .name("yard")
                .policy(Target.Scheme.HTTP, PortPolicy.manual(80))
                .build();
        try (Porthole porthole = porthole()
                .verifier(new Always(Verdict.Status.REACHABLE))
                .vantage(Vantage.agent("https://probe.example.org"))
                .build()) {
            Diagnosis diagnosis = porthole.diagnose(yard);
            assertThat(diagnosis.findings()).isEmpty();
            assertThat(diagnosis.status()).isEqualTo(Diagnosis.Status.REACHABLE);
        }
        assertThat(gateway.table).hasSize(4);
    }

    /** Says the same of every target. */
    private record Always(Verdict.Status status) implements ReachabilityVerifier {
        @Override
        public boolean supports(Target.Scheme scheme, Vantage vantage) {
            return true;
        }

        @Override
        public Verdict verify(Target target, Vantage from, Deadline deadline) {
            return new Verdict(status, Stage.CONNECT, from, Map.of(), Map.of(), List.of());
        }
    }
}
