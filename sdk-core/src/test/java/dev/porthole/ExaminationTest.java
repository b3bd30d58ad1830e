package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Hop;
import dev.porthole.diagnose.Severity;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.PortMapping;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.AddressObserver;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ExaminationTest {
    private static final Vantage AGENT = Vantage.agent("https://probe.example.org");

    private final InMemoryGateway gateway = new InMemoryGateway();

    private static ReachabilityVerifier reaching(Predicate<Target> reached) {
        return new ReachabilityVerifier() {
            @Override
            public boolean supports(Target.Scheme scheme, Vantage vantage) {
                return true;
            }

            @Override
            public Verdict verify(Target target, Vantage from, Deadline deadline) {
                boolean there = from.kind() == Vantage.Kind.LAN || reached.test(target);
                return new Verdict(
                        there ? Verdict.Status.REACHABLE : Verdict.Status.UNREACHABLE,
                        there ? Stage.AUTH : Stage.CONNECT,
                        from,
                        Map.of(),
                        Map.of(),
                        there ? List.of() : List.of(Finding.of(FindingCode.NOT_REACHABLE, "nothing answers", "")));
            }
        };
    }

    private static AddressObserver seenAt(String address) {
        return new AddressObserver() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public InetAddress reflexiveAddress(Deadline deadline) {
                return IpLiteral.parse(address).orElseThrow();
            }
        };
    }

    private Porthole porthole(ReachabilityVerifier verifier) {
        return Porthole.builder()
                .finder(gateway)
                .verifier(verifier)
                .vantage(AGENT)
                .observer(seenAt("203.0.113.7"))
                .network(() -> new LocalNetwork(List.of(), IpLiteral.parse("192.168.1.1")))
                .routedLans(true)
                .build();
    }

    private static Camera byHand() {
        return Camera.at("192.168.1.10")
                .name("door")
                .policy(Target.Scheme.HTTP, PortPolicy.manual(8888))
                .policy(Target.Scheme.RTSP, PortPolicy.manual(8889))
                .build();
    }

    @Test
    void portsForwardedByHandAreTriedWhereNoProtocolAnswers() throws InterruptedException {
        gateway.present = false;
        Diagnosis diagnosis = porthole(reaching(target -> true)).diagnose(byHand());
        assertThat(diagnosis.status()).isEqualTo(Diagnosis.Status.REACHABLE);
        assertThat(diagnosis.services())
                .extracting(service -> service.target().orElseThrow().uri())
                .containsExactly("http://203.0.113.7:8888/", "rtsp://203.0.113.7:8889/");
        assertThat(diagnosis.findings()).extracting(Finding::severity).doesNotContain(Severity.ERROR);
    }

    @Test
    void aPortForwardedByHandThatIsNotReachedIsTold() throws InterruptedException {
        gateway.present = false;
        Diagnosis diagnosis =
                porthole(reaching(target -> target.port() == 8888)).diagnose(byHand());
        assertThat(diagnosis.status()).isEqualTo(Diagnosis.Status.UNREACHABLE);
        assertThat(diagnosis.firstCause().orElseThrow().code()).isEqualTo(FindingCode.UPNP_OFF);
    }

    @Test
    void withoutProtocolAndPortsNothingIsTriedOutside() throws InterruptedException {
        gateway.present = false;
        Diagnosis diagnosis = porthole(reaching(target -> true))
                .diagnose(Camera.at("192.168.1.10").name("door").build());
        assertThat(diagnosis.status()).isEqualTo(Diagnosis.Status.NOT_MAPPED);
        assertThat(diagnosis.firstCause().orElseThrow().code()).isEqualTo(FindingCode.UPNP_OFF);
    }

    @Test
    void aPrivateExternalAddressIsTheCauseForEveryService() throws InterruptedException {
        gateway.external = ExternalAddress.reported("192.168.100.2");
        Diagnosis diagnosis = porthole(reaching(target -> true)).diagnose(byHand());
        assertThat(diagnosis.findings()).extracting(Finding::code).containsOnlyOnce(FindingCode.DOUBLE_NAT);
        assertThat(diagnosis.services()).allMatch(service -> service.brokenAt().orElseThrow() == Hop.PROVIDER);
        assertThat(gateway.mapCalls).isZero();
    }

    @Test
    void anInterruptTakesBackWhatWasMappedForTheTrial() {
        gateway.faults.put(2, (g, request) -> {
            g.store(request, request.externalPort());
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> porthole(reaching(target -> true))
                        .diagnose(Camera.at("192.168.1.10").name("door").build()))
                .isInstanceOf(InterruptedException.class);
        assertThat(gateway.table).isEmpty();
        assertThat(gateway.closed).isTrue();
    }

    @Test
    void theDefaultGatewayIsToldWhetherOrNotItAnswers() {
        gateway.present = false;
        assertThat(porthole(reaching(target -> true)).defaultGateway()).isEqualTo(IpLiteral.parse("192.168.1.1"));
    }

    @Test
    void aTrialIsInEffectWhenItIsTriedAndDoesNotComeBackWhenTheGatewayRestarts() throws InterruptedException {
        Diagnosis diagnosis = porthole(reaching(target ->
                        gateway.committed.stream().anyMatch(mapping -> mapping.externalPort() == target.port())))
                .diagnose(Camera.at("192.168.1.10").name("door").build());
        assertThat(diagnosis.services())
                .allMatch(service -> service.outside().orElseThrow().status() == Verdict.Status.REACHABLE);
        gateway.restart();
        assertThat(gateway.table).isEmpty();
        assertThat(gateway.commits).isEqualTo(2);
    }

    @Test
    void aTrialWhoseReleaseIsNotAppliedStaysOnRecord() throws InterruptedException {
        InMemoryLedger ledger = new InMemoryLedger();
        ReachabilityVerifier verifier = reaching(target -> {
            gateway.committable = false;
            return true;
        });
        Diagnosis diagnosis = Porthole.builder()
                .finder(gateway)
                .verifier(verifier)
                .vantage(AGENT)
                .ledger(ledger)
                .routedLans(true)
                .network(() -> new LocalNetwork(List.of(), IpLiteral.parse("192.168.1.1")))
                .build()
                .diagnose(Camera.at("192.168.1.10").name("door").build());
        assertThat(diagnosis.findings())
                .filteredOn(finding -> finding.code() == FindingCode.ROLLBACK_PENDING)
                .hasSize(2)
                .allMatch(finding -> finding.message().contains("again after it restarts"));
        assertThat(ledger.entries("uuid:1")).hasSize(2);
    }

    @Test
    void whatWasReleasedIsAppliedAlsoWhereAnotherReleaseFails() throws InterruptedException {
        gateway.stuckPort = 80;
        Diagnosis diagnosis = porthole(reaching(target -> true))
                .diagnose(Camera.at("192.168.1.10")
                        .name("door")
                        .policy(PortPolicy.sameAsInternal())
                        .build());
        assertThat(diagnosis.findings())
                .filteredOn(finding -> finding.code() == FindingCode.ROLLBACK_PENDING)
                .hasSize(1);
        gateway.restart();
        assertThat(gateway.table).extracting(PortMapping::externalPort).containsExactly(80);
    }
}
