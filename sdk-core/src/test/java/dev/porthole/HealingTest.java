package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.AddressObserver;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HealingTest {
    private static final Vantage AGENT = Vantage.agent("https://probe.example.org");
    private static final Camera DOOR = Camera.at("192.168.1.10").name("door").build();

    private final InMemoryGateway gateway = new InMemoryGateway();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final List<Integer> dialled = new ArrayList<>();

    @BeforeEach
    void gatewayOnThisHost() {
        // So that the counter-test has a place to listen.
        gateway.lanAddress = "127.0.0.1";
    }

    /** The outside as it is told: whether a mapping of the table lets a target through. */
    private ReachabilityVerifier outside(BiPredicate<Target, PortMapping> lets) {
        return new ReachabilityVerifier() {
            @Override
            public boolean supports(Target.Scheme scheme, Vantage vantage) {
                return vantage.kind() != Vantage.Kind.LAN;
            }

            @Override
            public Verdict verify(Target target, Vantage from, Deadline deadline) {
                dialled.add(target.port());
                boolean reached = gateway.table.stream()
                        .filter(m -> m.externalPort() == target.port())
                        .anyMatch(m -> lets.test(target, m));
                return reached ? verdict(from, Verdict.Status.REACHABLE) : verdict(from, Verdict.Status.UNREACHABLE);
            }
        };
    }

    private static Verdict verdict(Vantage from, Verdict.Status status) {
        boolean reached = status == Verdict.Status.REACHABLE;
        return new Verdict(
                status,
                reached ? Stage.DESCRIBE : Stage.CONNECT,
                from,
                Map.of(),
                Map.of(),
                reached ? List.of() : List.of(Finding.of(FindingCode.NOT_REACHABLE, "nothing answers", "")));
    }

    /** What a packet does that the router forwards to this host. */
    private static boolean arrivesHere(PortMapping mapping) {
        if (!mapping.internalClient().equals("127.0.0.1")) {
            return false;
        }
        try (Socket socket = new Socket("127.0.0.1", mapping.internalPort())) {
            return socket.getInputStream().read() >= 0;
        } catch (IOException e) {
            return false;
        }
    }

    private Porthole porthole(Vantage vantage, ReachabilityVerifier verifier, AddressObserver... observers) {
        Porthole.Builder builder = Porthole.builder()
                .finder(gateway)
                .verifier(verifier)
                .vantage(vantage)
                .ledger(ledger)
                .network(() -> new LocalNetwork(List.of(), IpLiteral.parse("192.168.1.1")));
        List.of(observers).forEach(builder::observer);
        return builder.build();
    }

    private static FindingCode first(Publication publication) {
        return publication.findings().get(0).code();
    }

    @Test
    void aCameraThatIsSilentWhileThisHostIsReachedHasNoWayOut() throws InterruptedException {
        Publication publication = porthole(AGENT, outside((target, mapping) -> arrivesHere(mapping)))
                .publish(DOOR);
        assertThat(first(publication)).isEqualTo(FindingCode.CAMERA_HAS_NO_DEFAULT_ROUTE);
        assertThat(publication.status()).isEqualTo(Publication.Status.UNREACHABLE);
        assertThat(gateway.table).hasSize(2).allMatch(m -> m.internalClient().equals("192.168.1.10"));
        assertThat(ledger.entries("uuid:1")).hasSize(2);
    }

    @Test
    void whereNotEvenThisHostIsReachedTheCameraIsNotBlamed() throws InterruptedException {
        Publication publication =
                porthole(AGENT, outside((target, mapping) -> false)).publish(DOOR);
        assertThat(first(publication)).isEqualTo(FindingCode.NOT_REACHABLE);
        assertThat(publication.findings().get(0).message()).contains("not even to this host");
        assertThat(gateway.table).hasSize(2);
    }

    @Test
    void fromAVantageThatDoesNotDialThisHostTheCameraIsNotBlamed() throws InterruptedException {
        Publication publication = porthole(Vantage.HERE, outside((target, mapping) -> arrivesHere(mapping)))
                .publish(DOOR);
        assertThat(first(publication)).isEqualTo(FindingCode.NOT_REACHABLE);
    }

    @Test
    void whatWasTriedAndTakenBackDoesNotComeBackWhenTheGatewayRestarts() throws InterruptedException {
        porthole(AGENT, outside((target, mapping) -> arrivesHere(mapping))).publish(DOOR);
        List<PortMapping> published = List.copyOf(gateway.table);
        gateway.restart();
        assertThat(gateway.table).hasSize(2).containsExactlyInAnyOrderElementsOf(published);
    }

    @Test
    void aMappingThatIsRefusedAnewDoesNotComeBackWhenTheGatewayRestarts() throws InterruptedException {
        Camera streamOnly = Camera.at("192.168.1.10")
                .name("door")
                .without(Target.Scheme.HTTP)
                .policy(Target.Scheme.RTSP, PortPolicy.manual(8554))
                .build();
        // The service, the other port, and then the old one again.
        gateway.faults.put(3, (g, request) -> InMemoryGateway.refused(Refusal.TABLE_FULL));
        Publication publication = porthole(AGENT, outside((target, mapping) -> mapping.externalPort() != 8554))
                .publish(streamOnly);
        assertThat(publication.status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
        gateway.restart();
        assertThat(gateway.table).isEmpty();
    }

    @Test
    void aHairpinThatFailsChangesNothing() throws InterruptedException {
        porthole(Vantage.HAIRPIN, outside((target, mapping) -> false)).publish(DOOR);
        assertThat(gateway.mapCalls).isEqualTo(2);
    }

    @Test
    void whatOneServiceOfACameraShowsIsNotTriedWithTheNext() throws InterruptedException {
        porthole(Vantage.HERE, outside((target, mapping) -> false)).publish(DOOR);
        // Two services; then one of them on another port.
        assertThat(dialled).hasSize(3);
    }

    @Test
    void aMappingThatIsRefusedWhenItIsMadeAnewTakesItsCameraWithIt() throws InterruptedException {
        Camera fixed = Camera.at("192.168.1.10")
                .name("door")
                .policy(Target.Scheme.RTSP, PortPolicy.manual(8554))
                .build();
        // Two services, the other port, and then the old one again.
        gateway.faults.put(4, (g, request) -> InMemoryGateway.refused(Refusal.TABLE_FULL));
        Publication publication = porthole(AGENT, outside((target, mapping) -> mapping.externalPort() != 8554))
                .publish(fixed);
        assertThat(publication.status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
        assertThat(first(publication)).isEqualTo(FindingCode.TABLE_FULL);
        assertThat(gateway.table).isEmpty();
        assertThat(ledger.entries("uuid:1")).isEmpty();
    }

    @Test
    void whereTheOldPortIsRefusedAnewTheServiceStaysOnTheOneThatWorks() throws InterruptedException {
        porthole(AGENT, outside((target, mapping) -> true)).publish(DOOR);
        int port = gateway.table.get(1).externalPort();
        gateway.mapCalls = 0;
        gateway.faults.put(4, (g, request) -> InMemoryGateway.refused(Refusal.OTHER));
        Publication publication = porthole(AGENT, outside((target, mapping) -> mapping.externalPort() != port))
                .publish(DOOR);
        assertThat(publication.status()).isEqualTo(Publication.Status.REACHABLE);
        assertThat(gateway.table).hasSize(2).noneMatch(mapping -> mapping.externalPort() == port);
        assertThat(ledger.entries("uuid:1"))
                .extracting(LedgerEntry::externalPort)
                .containsExactlyInAnyOrderElementsOf(
                        gateway.table.stream().map(PortMapping::externalPort).toList());
    }

    @Test
    void aGatewayThatGoesSilentMeanwhileIsNamedAndLosesNothing() throws InterruptedException {
        gateway.faults.put(3, (g, request) -> {
            throw InMemoryGateway.timeout();
        });
        Publication publication = porthole(AGENT, outside((target, mapping) -> mapping.internalPort() == 80))
                .publish(DOOR);
        assertThat(publication.findings()).extracting(Finding::code).contains(FindingCode.TIMED_OUT);
        // What was asked for and not answered stays on record, so that it can be released.
        assertThat(ledger.entries("uuid:1")).hasSize(2);
    }

    @Test
    void anInterruptWhileHealingTakesBackEverything() {
        gateway.faults.put(4, (g, request) -> {
            g.store(request, request.externalPort());
            throw new InterruptedException();
        });
        Camera fixed = Camera.at("192.168.1.10")
                .name("door")
                .policy(Target.Scheme.RTSP, PortPolicy.manual(8554))
                .build();
        assertThatThrownBy(() -> porthole(AGENT, outside((target, mapping) -> mapping.externalPort() != 8554))
                        .publish(fixed))
                .isInstanceOf(InterruptedException.class);
        assertThat(Thread.interrupted()).isFalse();
        assertThat(gateway.table).isEmpty();
        assertThat(ledger.entries("uuid:1")).isEmpty();
    }

    @Test
    void anInterruptWhileHealingLeavesWhatWasThereBeforeAlsoWhereItWasMadeAnew() throws InterruptedException {
        porthole(AGENT, outside((target, mapping) -> true)).publish(DOOR);
        List<PortMapping> before = List.copyOf(gateway.table);
        gateway.mapCalls = 0;
        // Two services, another port for the stream, its old one anew, and the other port for good.
        gateway.faults.put(5, (g, request) -> {
            throw new InterruptedException();
        });
        int port = before.get(1).externalPort();
        assertThatThrownBy(() -> porthole(AGENT, outside((target, mapping) -> mapping.externalPort() != port))
                        .publish(DOOR))
                .isInstanceOf(InterruptedException.class);
        assertThat(gateway.table).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void anotherNatInFrontIsTheFirstCauseAndNothingIsChangedOnThisOne() throws InterruptedException {
        Publication publication = porthole(AGENT, outside((target, mapping) -> false), seenAt("198.51.100.9"))
                .publish(DOOR);
        assertThat(first(publication)).isEqualTo(FindingCode.DOUBLE_NAT);
        assertThat(publication.findings().get(0).message()).contains("203.0.113.7", "198.51.100.9", "STUN test");
        assertThat(publication.reflexiveAddress()).isEqualTo(IpLiteral.parse("198.51.100.9"));
        assertThat(gateway.mapCalls).isEqualTo(2);
    }

    @Test
    void whereAllIsReachedAnotherReflexiveAddressIsNoFault() throws InterruptedException {
        Publication publication = porthole(AGENT, outside((target, mapping) -> true), seenAt("198.51.100.9"))
                .publish(DOOR);
        assertThat(publication.status()).isEqualTo(Publication.Status.REACHABLE);
        assertThat(publication.findings())
                .filteredOn(finding -> finding.code() == FindingCode.DOUBLE_NAT)
                .extracting(Finding::severity)
                .containsExactly(Severity.INFO);
    }

    @Test
    void theSameReflexiveAddressIsNoFinding() throws InterruptedException {
        Publication publication = porthole(AGENT, outside((target, mapping) -> true), seenAt("203.0.113.7"))
                .publish(DOOR);
        assertThat(publication.findings()).extracting(Finding::code).doesNotContain(FindingCode.DOUBLE_NAT);
        assertThat(publication.reflexiveAddress()).isEqualTo(IpLiteral.parse("203.0.113.7"));
    }

    @Test
    void anObserverThatDoesNotAnswerIsFollowedByTheNext() throws InterruptedException {
        AddressObserver silent = new AddressObserver() {
            @Override
            public String name() {
                return "silent";
            }

            @Override
            public InetAddress reflexiveAddress(Deadline deadline) {
                throw InMemoryGateway.timeout();
            }
        };
        Publication one = porthole(AGENT, outside((target, mapping) -> true), silent, seenAt("203.0.113.7"))
                .publish(DOOR);
        assertThat(one.reflexiveAddress()).isPresent();
        Publication none =
                porthole(AGENT, outside((target, mapping) -> true), silent).publish(DOOR);
        assertThat(none.reflexiveAddress()).isEqualTo(Optional.empty());
        assertThat(none.status()).isEqualTo(Publication.Status.REACHABLE);
        assertThat(none.findings()).extracting(Finding::code).contains(FindingCode.REFLEXIVE_ADDRESS_UNKNOWN);
    }

    @Test
    void anAgentWithoutTheAccountIsCompletedByTheLan() throws InterruptedException {
        Camera camera = Camera.at("192.168.1.10")
                .name("door")
                .credentials(new Credentials("viewer", Secret.of("wrong")))
                .build();
        ReachabilityVerifier verifier = new ReachabilityVerifier() {
            @Override
            public boolean supports(Target.Scheme scheme, Vantage vantage) {
                return true;
            }

            @Override
            public Verdict verify(Target target, Vantage from, Deadline deadline) {
                boolean refused = from.kind() == Vantage.Kind.LAN && target.scheme() == Target.Scheme.RTSP;
                FindingCode code = from.kind() != Vantage.Kind.LAN
                        ? FindingCode.AUTH_REQUIRED
                        : refused ? FindingCode.AUTH_FAILED : FindingCode.NO_LOGIN;
                return new Verdict(
                        refused ? Verdict.Status.UNREACHABLE : Verdict.Status.REACHABLE,
                        Stage.AUTH,
                        from,
                        Map.of(),
                        Map.of(),
                        List.of(Finding.of(code, "as told", "")));
            }
        };
        Publication publication = porthole(AGENT, verifier).publish(camera);
        assertThat(publication.status()).isEqualTo(Publication.Status.UNREACHABLE);
        assertThat(first(publication)).isEqualTo(FindingCode.AUTH_FAILED);
        assertThat(publication.findings()).extracting(Finding::code).doesNotContain(FindingCode.AUTH_REQUIRED);
        Verdict web = publication.endpoints().get(0).verdict().orElseThrow();
        assertThat(web.status()).isEqualTo(Verdict.Status.REACHABLE);
        assertThat(web.vantage()).isEqualTo(AGENT);
        assertThat(web.evidence()).containsEntry("onLan", "REACHABLE at AUTH");
    }

    private static AddressObserver seenAt(String address) {
        return new AddressObserver() {
            @Override
            public String name() {
                return "STUN test";
            }

            @Override
            public InetAddress reflexiveAddress(Deadline deadline) {
                return IpLiteral.parse(address).orElseThrow();
            }
        };
    }
}
