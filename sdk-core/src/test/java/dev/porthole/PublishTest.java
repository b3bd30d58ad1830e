package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.event.PortholeListener;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.ledger.Ledger;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.Refusal;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.AddressObserver;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Target.Scheme;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class PublishTest {
    private final InMemoryGateway gateway = new InMemoryGateway();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final List<String> events = new ArrayList<>();

    private Porthole.Builder porthole() {
        return Porthole.builder()
                .finder(gateway)
                .verify(false)
                .ledger(ledger)
                .network(() -> new LocalNetwork(List.of(), IpLiteral.parse("192.168.1.1")))
                .routedLans(true)
                .listener(new PortholeListener() {
                    @Override
                    public void mapped(Gateway from, PortMapping mapping) {
                        events.add("mapped " + mapping.internalPort());
                    }

                    @Override
                    public void released(Gateway from, PortMapping mapping) {
                        events.add("released " + mapping.internalPort());
                    }
                });
    }

    private Publication publish(Camera... cameras) throws InterruptedException {
        try (Porthole porthole = porthole().build()) {
            return porthole.publish(cameras);
        }
    }

    private static Camera camera(String name, int host) {
        return Camera.at("192.168.1." + host).name(name).build();
    }

    private static final Camera DOOR = camera("door", 10);

    private static FindingCode first(Publication publication) {
        return publication.findings().get(0).code();
    }

    @Test
    void web_page_and_stream_of_a_camera_are_mapped_to_ports_of_their_own() throws InterruptedException {
        Publication publication = publish(DOOR);
        assertThat(publication.status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.table).extracting(PortMapping::internalPort).containsExactly(80, 554);
        assertThat(gateway.table).extracting(PortMapping::externalPort).doesNotHaveDuplicates();
        assertThat(gateway.table).allMatch(PortMapping::ours);
        assertThat(publication.endpoints())
                .extracting(e -> e.target().orElseThrow().uri())
                .containsExactly(
                        "http://203.0.113.7:" + gateway.table.get(0).externalPort() + "/",
                        "rtsp://203.0.113.7:" + gateway.table.get(1).externalPort() + "/");
        assertThat(gateway.closed).isTrue();
    }

    @Test
    void publishing_again_keeps_ports_and_adds_nothing() throws InterruptedException {
        publish(DOOR);
        List<PortMapping> before = List.copyOf(gateway.table);
        publish(DOOR, camera("yard", 11));
        assertThat(gateway.table).containsAll(before).hasSize(4);
    }

    @Test
    void the_same_camera_gets_the_same_ports_from_a_gateway_that_forgot_everything() throws InterruptedException {
        publish(DOOR);
        List<PortMapping> before = List.copyOf(gateway.table);
        gateway.table.clear();
        publish(camera("another", 12), DOOR);
        assertThat(gateway.table).containsAll(before);
    }

    /** Every reason to refuse, at the first and at the second service: nothing of the camera is left, others stay. */
    @ParameterizedTest
    @EnumSource(
            value = Refusal.class,
            names = {"CONFLICT", "ROUTER_SERVICE", "SAME_PORT_REQUIRED"},
            mode = EnumSource.Mode.EXCLUDE)
    void a_refused_service_leaves_nothing_of_its_camera(Refusal reason) throws InterruptedException {
        for (int call = 1; call <= 2; call++) {
            gateway.table.clear();
            gateway.foreign(8080, "Skype");
            gateway.mapCalls = 0;
            gateway.faults.clear();
            gateway.faults.put(call, (g, request) -> InMemoryGateway.refused(reason));
            Publication publication = publish(DOOR);
            assertThat(publication.status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
            assertThat(publication.unpublished()).containsExactly(DOOR);
            assertThat(first(publication)).isEqualTo(reason.findingCode());
            assertThat(publication.findings().get(0).remedy()).isNotBlank();
            assertThat(gateway.table).extracting(PortMapping::description).containsExactly("Skype");
            assertThat(ledger.entries("uuid:1")).isEmpty();
        }
    }

    @Test
    void what_was_mapped_is_released_in_reverse_order() throws InterruptedException {
        Camera three = Camera.at("192.168.1.10").service(Scheme.HTTPS, 443).build();
        gateway.faults.put(3, (g, request) -> InMemoryGateway.refused(Refusal.TABLE_FULL));
        publish(three);
        assertThat(events).containsExactly("mapped 80", "mapped 443", "released 443", "released 80");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void a_lost_answer_leaves_nothing_of_the_camera(int call) throws InterruptedException {
        gateway.faults.put(call, (g, request) -> {
            g.store(request, request.externalPort());
            throw InMemoryGateway.timeout();
        });
        Publication publication = publish(DOOR);
        assertThat(first(publication)).isEqualTo(FindingCode.TIMED_OUT);
        assertThat(gateway.table).isEmpty();
        assertThat(ledger.entries("uuid:1")).isEmpty();
    }

    @Test
    void a_mapping_that_cannot_be_released_stays_on_record() throws InterruptedException {
        gateway.faults.put(2, (g, request) -> {
            g.releasable = false;
            return InMemoryGateway.refused(Refusal.TABLE_FULL);
        });
        Publication publication = publish(DOOR);
        assertThat(publication.findings())
                .extracting(Finding::code)
                .containsExactly(FindingCode.TABLE_FULL, FindingCode.ROLLBACK_PENDING);
        assertThat(ledger.entries("uuid:1")).hasSize(1);
        gateway.releasable = true;
        try (Porthole porthole = porthole().build()) {
            assertThat(porthole.releaseAllOurs().complete()).isTrue();
        }
        assertThat(gateway.table).isEmpty();
        assertThat(ledger.entries("uuid:1")).isEmpty();
    }

    @Test
    void mappings_that_were_there_before_survive_a_later_failure() throws InterruptedException {
        publish(DOOR);
        List<PortMapping> before = List.copyOf(gateway.table);
        gateway.faults.put(4, (g, request) -> InMemoryGateway.refused(Refusal.OTHER));
        Publication publication = publish(DOOR);
        assertThat(publication.status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
        assertThat(gateway.table).containsExactlyInAnyOrderElementsOf(before);
    }

    @ParameterizedTest
    @CsvSource({"CONFLICT", "ROUTER_SERVICE"})
    void a_port_that_looked_free_and_is_refused_is_replaced_by_another(Refusal reason) throws InterruptedException {
        gateway.faults.put(1, (g, request) -> InMemoryGateway.refused(reason));
        Publication publication = publish(DOOR);
        assertThat(publication.status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.mapCalls).isEqualTo(3);
    }

    @Test
    void endless_conflicts_end_after_a_few_tries() throws InterruptedException {
        for (int i = 1; i < 100; i++) {
            gateway.faults.put(i, (g, request) -> InMemoryGateway.refused(Refusal.CONFLICT));
        }
        assertThat(first(publish(DOOR))).isEqualTo(FindingCode.PORT_CONFLICT);
        assertThat(gateway.mapCalls).isLessThan(12);
    }

    @Test
    void secure_mode_is_not_tried_port_after_port_nor_camera_after_camera() throws InterruptedException {
        for (int i = 1; i < 100; i++) {
            gateway.faults.put(i, (g, request) -> InMemoryGateway.refused(Refusal.THIRD_PARTY));
        }
        Publication publication = publish(DOOR, camera("yard", 11), camera("roof", 12));
        assertThat(first(publication)).isEqualTo(FindingCode.SECURE_MODE);
        assertThat(publication.unpublished()).hasSize(3);
        assertThat(gateway.mapCalls).isEqualTo(1);
    }

    @Test
    void a_gateway_that_cannot_translate_gets_the_internal_ports() throws InterruptedException {
        gateway.translates = false;
        Publication publication = publish(DOOR);
        assertThat(publication.status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.table).extracting(PortMapping::externalPort).containsExactly(80, 554);
    }

    @Test
    void a_gateway_that_cannot_translate_refuses_the_second_camera_with_the_remedy() throws InterruptedException {
        gateway.translates = false;
        Publication publication = publish(DOOR, camera("yard", 11));
        assertThat(publication.unpublished()).hasSize(1);
        assertThat(first(publication)).isEqualTo(FindingCode.PORT_CONFLICT);
        assertThat(gateway.table).hasSize(2);
    }

    @Test
    void a_manual_port_in_foreign_hands_is_refused_with_free_alternatives_and_the_other_mapping_stays()
            throws InterruptedException {
        gateway.foreign(8889, "Skype");
        Camera manual = Camera.at("192.168.1.10")
                .policy(Scheme.RTSP, PortPolicy.manual(8889))
                .build();
        Publication publication = publish(manual);
        assertThat(publication.findings().get(0).code()).isEqualTo(FindingCode.PORT_CONFLICT);
        assertThat(publication.findings().get(0).message()).contains("8889", "Skype", "192.168.1.66");
        assertThat(publication.findings().get(0).remedy()).contains("8890, 8891, 8892");
        assertThat(gateway.mapCalls).isZero();
        assertThat(gateway.table).extracting(PortMapping::description).containsExactly("Skype");
    }

    @Test
    void a_gateway_that_cannot_list_is_used_all_the_same() throws InterruptedException {
        gateway.listable = false;
        assertThat(publish(DOOR).status()).isEqualTo(Publication.Status.MAPPED);
    }

    @ParameterizedTest
    @CsvSource({
        "10.1.2.3, DOUBLE_NAT",
        "192.168.0.2, DOUBLE_NAT",
        "169.254.1.1, DOUBLE_NAT",
        "100.64.0.9, CGNAT",
        "192.0.0.2, CGNAT",
        "0.0.0.0, EXTERNAL_ADDRESS_UNUSABLE",
        "127.0.0.1, EXTERNAL_ADDRESS_UNUSABLE",
        "'', EXTERNAL_ADDRESS_UNUSABLE",
        "router.local, EXTERNAL_ADDRESS_UNUSABLE"
    })
    void nothing_is_mapped_where_the_external_address_cannot_be_reached(String reported, FindingCode code)
            throws InterruptedException {
        gateway.external = ExternalAddress.reported(reported);
        Publication publication = publish(DOOR);
        assertThat(first(publication)).isEqualTo(code);
        assertThat(gateway.mapCalls).isZero();
        assertThat(publication.gateway()).isPresent();
    }

    @Test
    void a_router_without_mapping_protocol_and_no_router_at_all_are_told_apart() throws InterruptedException {
        gateway.present = false;
        assertThat(first(publish(DOOR))).isEqualTo(FindingCode.UPNP_OFF);
        try (Porthole alone = porthole()
                .network(() -> new LocalNetwork(List.of(), Optional.empty()))
                .build()) {
            assertThat(first(alone.publish(DOOR))).isEqualTo(FindingCode.NO_GATEWAY);
        }
    }

    @Test
    void what_was_wrong_with_an_answer_is_the_cause_where_no_gateway_could_be_used() throws InterruptedException {
        gateway.present = false;
        gateway.searchFindings = List.of(Finding.of(FindingCode.MALFORMED_REPLY, "x", "y"));
        assertThat(first(publish(DOOR))).isEqualTo(FindingCode.MALFORMED_REPLY);
    }

    @Test
    void the_router_itself_and_hosts_elsewhere_are_not_published() throws InterruptedException {
        try (Porthole strict = porthole().routedLans(false).build()) {
            assertThat(first(strict.publish(camera("router", 1)))).isEqualTo(FindingCode.TARGET_NOT_ON_LAN);
            assertThat(first(strict.publish(DOOR))).isEqualTo(FindingCode.TARGET_NOT_ON_LAN);
            assertThat(first(strict.publish(Camera.at("127.0.0.1").build()))).isEqualTo(FindingCode.TARGET_NOT_ON_LAN);
            assertThat(first(strict.publish(Camera.at("198.51.100.7").build()))).isEqualTo(FindingCode.NO_NAT_NEEDED);
        }
        assertThat(gateway.table).isEmpty();
    }

    @Test
    void an_interrupt_releases_what_was_mapped() {
        gateway.faults.put(2, (g, request) -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> publish(DOOR)).isInstanceOf(InterruptedException.class);
        assertThat(gateway.table).isEmpty();
        assertThat(gateway.closed).isTrue();
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void an_interrupt_releases_what_was_mapped_for_other_cameras_too() throws InterruptedException {
        publish(camera("before", 9));
        List<PortMapping> before = List.copyOf(gateway.table);
        gateway.faults.put(6, (g, request) -> {
            throw new InterruptedException();
        });
        assertThatThrownBy(() -> publish(camera("before", 9), DOOR, camera("yard", 11)))
                .isInstanceOf(InterruptedException.class);
        assertThat(gateway.table).containsExactlyInAnyOrderElementsOf(before);
    }

    @Test
    void an_interrupt_while_verifying_releases_what_was_mapped() {
        ReachabilityVerifier verifier = new ReachabilityVerifier() {
            @Override
            public boolean supports(Scheme scheme, Vantage vantage) {
                assertThat(gateway.closed).isFalse();
                return true;
            }

            @Override
            public Verdict verify(Target target, Vantage from, Deadline deadline) throws InterruptedException {
                new CountDownLatch(1).await();
                throw new AssertionError();
            }
        };
        PortholeListener interrupting = new PortholeListener() {
            @Override
            public void progress(String step) {
                if (step.startsWith("trying")) {
                    Thread.currentThread().interrupt();
                }
            }
        };
        try (Porthole porthole = porthole()
                .verify(true)
                .verifier(verifier)
                .listener(interrupting)
                .build()) {
            assertThatThrownBy(() -> porthole.publish(DOOR)).isInstanceOf(InterruptedException.class);
        }
        assertThat(events).containsExactly("mapped 80", "mapped 554", "released 554", "released 80");
        assertThat(gateway.closed).isTrue();
    }

    /** At every write, as on a full disk: nothing stays mapped of which nobody would know. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4})
    void a_ledger_that_cannot_be_written_leaves_nothing_of_the_camera(int write) throws InterruptedException {
        int[] writes = new int[1];
        Ledger full = new Ledger() {
            @Override
            public List<LedgerEntry> entries(String gatewayId) {
                return List.of();
            }

            @Override
            public void intend(LedgerEntry entry) {
                if (++writes[0] == write) {
                    throw new NatTraversalException(FindingCode.LEDGER_UNUSABLE, "the disk is full");
                }
            }

            @Override
            public void done(LedgerEntry entry) {
                intend(entry);
            }

            @Override
            public void forget(LedgerEntry entry) {}
        };
        try (Porthole porthole = porthole().ledger(full).build()) {
            assertThat(first(porthole.publish(DOOR))).isEqualTo(FindingCode.LEDGER_UNUSABLE);
        }
        assertThat(gateway.table).isEmpty();
    }

    @Test
    void mappings_are_listed_also_where_the_external_address_is_not_told() throws InterruptedException {
        publish(DOOR);
        gateway.external = null;
        try (Porthole porthole = porthole().build()) {
            GatewayReport.Entry entry = porthole.discover(true).gateways().get(0);
            assertThat(entry.mappings()).hasSize(2);
            assertThat(entry.findings()).extracting(Finding::code).containsExactly(FindingCode.TIMED_OUT);
        }
    }

    @Test
    void cancelling_the_future_releases_what_was_mapped() throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        gateway.faults.put(2, (g, request) -> {
            second.countDown();
            new CountDownLatch(1).await();
            throw new AssertionError();
        });
        ExecutorService executor = Executors.newSingleThreadExecutor();
        try (Porthole porthole = porthole().build()) {
            CompletableFuture<Publication> future = porthole.publishAsync(executor, DOOR);
            second.await();
            assertThat(future.cancel(true)).isTrue();
            executor.execute(done::countDown);
            done.await();
        } finally {
            executor.shutdownNow();
        }
        assertThat(gateway.table).isEmpty();
    }

    @Test
    void verdicts_decide_the_status() throws InterruptedException {
        for (Verdict.Status status : Verdict.Status.values()) {
            ReachabilityVerifier verifier = new ReachabilityVerifier() {
                @Override
                public boolean supports(Scheme scheme, Vantage vantage) {
                    return true;
                }

                @Override
                public Verdict verify(Target target, Vantage from, Deadline deadline) {
                    return new Verdict(status, Stage.CONNECT, from, Map.of(), Map.of(), List.of());
                }
            };
            try (Porthole porthole = porthole().verify(true).verifier(verifier).build()) {
                Publication publication = porthole.publish(DOOR);
                assertThat(publication.status().name()).isEqualTo(status.name());
                assertThat(publication.endpoints()).allMatch(e -> e.verdict().isPresent());
            }
        }
    }

    @Test
    void a_port_to_avoid_is_not_used() throws InterruptedException {
        publish(DOOR);
        int used = gateway.table.get(0).externalPort();
        gateway.table.clear();
        try (Porthole porthole = porthole()
                .ledger(new InMemoryLedger())
                .avoid(Set.of(PortRange.of(used)))
                .build()) {
            porthole.publish(DOOR);
        }
        assertThat(gateway.table).extracting(PortMapping::externalPort).doesNotContain(used);
    }

    @Test
    void releasing_a_camera_leaves_other_cameras_and_foreign_mappings() throws InterruptedException {
        gateway.foreign(8080, "Skype");
        publish(DOOR, camera("yard", 11));
        try (Porthole porthole = porthole().build()) {
            ReleaseReport report = porthole.release(DOOR.address());
            assertThat(report.released()).hasSize(2);
            assertThat(porthole.release(DOOR.address()).released()).isEmpty();
        }
        assertThat(gateway.table).hasSize(3);
    }

    @Test
    void a_changed_policy_moves_the_mapping_and_releases_the_old_one() throws InterruptedException {
        publish(DOOR);
        Camera moved = Camera.at("192.168.1.10")
                .name("door")
                .policy(Scheme.RTSP, PortPolicy.manual(9554))
                .build();
        assertThat(publish(moved).status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.table).hasSize(2);
        assertThat(gateway.table).extracting(PortMapping::externalPort).contains(9554);
        assertThat(ledger.entries("uuid:1")).hasSize(2);
    }

    @Test
    void a_mapping_that_was_replaced_is_on_record_until_that_is_applied() throws InterruptedException {
        publish(DOOR);
        List<LedgerEntry> before = ledger.entries("uuid:1");
        Camera moved = Camera.at("192.168.1.10")
                .name("door")
                .policy(Scheme.RTSP, PortPolicy.manual(9554))
                .build();
        gateway.committable = false;
        publish(moved);
        gateway.restart();
        assertThat(gateway.table).hasSize(2);
        assertThat(ledger.entries("uuid:1")).containsAll(before);

        gateway.committable = true;
        gateway.whenCommitting = () -> assertThat(ledger.entries("uuid:1")).containsAll(before);
        assertThat(publish(moved).status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(ledger.entries("uuid:1"))
                .extracting(LedgerEntry::externalPort)
                .containsExactlyInAnyOrder(before.get(0).externalPort(), 9554);
    }

    /** A camera that has moved, and a process that died before it forgot where the camera was. */
    @Test
    void a_port_that_the_ledger_holds_twice_for_a_service_is_its_own() throws InterruptedException {
        publish(camera("door", 12));
        publish(DOOR);
        List<PortMapping> before = List.copyOf(gateway.table);
        ledger.entries("uuid:1").forEach(entry -> {
            ledger.forget(entry);
            ledger.intend(new LedgerEntry(
                    entry.gatewayId(),
                    entry.tag(),
                    entry.protocol(),
                    entry.externalPort(),
                    new InternalEndpoint(
                            camera("door", 12).address(), entry.internal().port())));
            ledger.intend(entry);
        });
        gateway.table.clear();
        publish(DOOR);
        assertThat(gateway.table).isEqualTo(before);
        assertThat(ledger.entries("uuid:1")).hasSize(2);
    }

    @Test
    void the_port_of_a_mapping_that_was_replaced_is_free_for_the_next_camera() throws InterruptedException {
        publish(DOOR);
        int left = gateway.table.get(1).externalPort();
        Camera moved = Camera.at("192.168.1.10")
                .name("door")
                .policy(Scheme.RTSP, PortPolicy.manual(9554))
                .build();
        Camera next = Camera.at("192.168.1.11")
                .name("yard")
                .without(Scheme.HTTP)
                .policy(Scheme.RTSP, PortPolicy.manual(left))
                .build();
        assertThat(publish(moved, next).status()).isEqualTo(Publication.Status.MAPPED);
    }

    @Test
    void two_cameras_of_one_name_are_the_callers_mistake() {
        assertThatThrownBy(() -> publish(DOOR, camera("door", 11)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("door");
    }

    @Test
    void a_gateway_that_forgets_one_mapping_for_another_is_left_with_none() throws InterruptedException {
        gateway.faults.put(2, (g, request) -> {
            g.table.clear();
            return g.store(request, request.externalPort());
        });
        assertThat(first(publish(DOOR))).isEqualTo(FindingCode.NOT_STORED);
        assertThat(gateway.table).isEmpty();
    }

    @Test
    void mappings_of_a_gateway_that_does_not_list_are_released_by_the_ledger() throws InterruptedException {
        gateway.foreign(8080, "Skype");
        publish(DOOR);
        gateway.capabilities = Capabilities.builder().listing(false).build();
        try (Porthole porthole = porthole().build()) {
            assertThat(porthole.release(DOOR.address()).released()).hasSize(2);
            assertThat(porthole.release(DOOR.address()).complete()).isFalse();
        }
        assertThat(gateway.table).extracting(PortMapping::description).containsExactly("Skype");
    }

    @Test
    void an_external_address_that_is_not_told_is_said() throws InterruptedException {
        gateway.external = ExternalAddress.UNKNOWN;
        Publication publication = publish(DOOR);
        assertThat(publication.status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(first(publication)).isEqualTo(FindingCode.EXTERNAL_ADDRESS_UNUSABLE);
    }

    @Test
    void releasing_forgets_what_the_gateway_lost_and_minds_no_other_devices() throws InterruptedException {
        publish(DOOR);
        gateway.table.clear();
        gateway.searchFindings = List.of(Finding.of(FindingCode.MALFORMED_REPLY, "a television", "x"));
        try (Porthole porthole = porthole().build()) {
            assertThat(porthole.release(DOOR.address()).complete()).isTrue();
        }
        assertThat(ledger.entries("uuid:1")).isEmpty();
    }

    private static InMemoryGateway without(MappingProtocol protocol) {
        InMemoryGateway gateway = new InMemoryGateway();
        gateway.protocol = protocol;
        gateway.capabilities = Capabilities.builder().listing(false).build();
        return gateway;
    }

    @Test
    void where_upnp_maps_for_the_asking_host_only_the_next_rung_is_climbed_and_the_reason_told()
            throws InterruptedException {
        gateway.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.THIRD_PARTY));
        InMemoryGateway pcp = without(MappingProtocol.PCP);
        InMemoryGateway natPmp = without(MappingProtocol.NATPMP);
        pcp.answers = gateway.asked;
        natPmp.answers = new CountDownLatch(1);
        try (Porthole porthole = porthole().finder(natPmp).finder(pcp).build()) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.status()).isEqualTo(Publication.Status.MAPPED);
            assertThat(publication.gateway().orElseThrow().protocol()).isEqualTo(MappingProtocol.PCP);
            assertThat(publication.findings())
                    .filteredOn(f -> f.code() == FindingCode.SECURE_MODE)
                    .singleElement()
                    .satisfies(f -> {
                        assertThat(f.severity()).isEqualTo(Severity.INFO);
                        assertThat(f.message()).contains("(upnp)");
                    });
        }
        assertThat(pcp.table).hasSize(2);
        assertThat(gateway.table).isEmpty();
        assertThat(natPmp.mapCalls).isZero();
    }

    @Test
    void where_no_rung_holds_each_says_why_the_first_one_first() throws InterruptedException {
        gateway.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.THIRD_PARTY));
        InMemoryGateway pcp = without(MappingProtocol.PCP);
        pcp.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.NOT_AUTHORIZED));
        try (Porthole porthole = porthole().finder(pcp).build()) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
            assertThat(publication.findings())
                    .extracting(f -> f.code() + " " + f.message().contains("(pcp)"))
                    .containsExactly("SECURE_MODE false", "NOT_AUTHORIZED true");
        }
    }

    @Test
    void a_gateway_that_does_not_list_makes_no_release_incomplete_where_another_protocol_could_look()
            throws InterruptedException {
        publish(DOOR);
        try (Porthole porthole =
                porthole().finder(without(MappingProtocol.NATPMP)).build()) {
            assertThat(porthole.release(DOOR.address()).complete()).isTrue();
            assertThat(porthole.release(DOOR.address()).complete()).isTrue();
        }
        assertThat(gateway.table).isEmpty();
    }

    @Test
    void where_the_gateway_tells_no_address_the_reflexive_one_serves() throws InterruptedException {
        gateway.external = ExternalAddress.UNKNOWN;
        AddressObserver observer = new AddressObserver() {
            @Override
            public String name() {
                return "a friend";
            }

            @Override
            public InetAddress reflexiveAddress(Deadline deadline) {
                return IpLiteral.parse("198.51.100.9").orElseThrow();
            }
        };
        try (Porthole porthole = porthole().observer(observer).build()) {
            Publication publication = porthole.publish(DOOR);
            assertThat(publication.endpoints())
                    .allSatisfy(e -> assertThat(e.target().orElseThrow().host()).isEqualTo("198.51.100.9"));
            assertThat(publication.externalAddress()).isEqualTo(ExternalAddress.UNKNOWN);
            assertThat(publication.findings())
                    .extracting(Finding::code)
                    .doesNotContain(FindingCode.EXTERNAL_ADDRESS_UNUSABLE);
        }
    }

    @Test
    void changes_are_committed_once_for_all_cameras_and_once_when_released() throws InterruptedException {
        publish(DOOR, camera("yard", 11));
        assertThat(gateway.commits).isEqualTo(1);
        try (Porthole porthole = porthole().build()) {
            porthole.release(DOOR.address());
        }
        assertThat(gateway.commits).isEqualTo(2);
    }

    @Test
    void what_cannot_be_committed_is_taken_back() throws InterruptedException {
        gateway.committable = false;
        gateway.foreign(8080, "Skype");
        Publication publication = publish(DOOR, camera("yard", 11));
        assertThat(publication.endpoints()).isEmpty();
        assertThat(publication.unpublished()).hasSize(2);
        assertThat(first(publication)).isEqualTo(FindingCode.TIMED_OUT);
        assertThat(gateway.table).extracting(PortMapping::description).containsExactly("Skype");
        // Nor is the release applied: what the router makes of it after a restart is for release to find out.
        assertThat(publication.findings()).extracting(Finding::code).contains(FindingCode.ROLLBACK_PENDING);
        assertThat(ledger.entries("uuid:1")).hasSize(4);
    }

    @Test
    void a_release_that_is_not_applied_is_told_and_stays_on_record() throws InterruptedException {
        publish(DOOR);
        gateway.committable = false;
        try (Porthole porthole = porthole().build()) {
            ReleaseReport report = porthole.release(DOOR.address());
            assertThat(report.complete()).isFalse();
            assertThat(report.released()).isEmpty();
            assertThat(report.kept()).hasSize(2);
            assertThat(report.findings()).extracting(Finding::code).containsOnly(FindingCode.ROLLBACK_PENDING);
            gateway.restart();
            assertThat(gateway.table).hasSize(2);
            gateway.committable = true;
            assertThat(porthole.release(DOOR.address()).complete()).isTrue();
        }
        assertThat(ledger.entries("uuid:1")).isEmpty();
    }

    @Test
    void mappings_without_a_name_are_known_by_the_ledger() throws InterruptedException {
        publish(DOOR);
        gateway.forgetNames();
        List<PortMapping> before = List.copyOf(gateway.table);
        gateway.foreign(9000, "");
        publish(DOOR);
        assertThat(gateway.table)
                .extracting(PortMapping::externalPort)
                .containsAll(ports(before))
                .hasSize(3);
        gateway.forgetNames();
        try (Porthole porthole = porthole().build()) {
            porthole.release(DOOR.address());
        }
        assertThat(gateway.table).extracting(PortMapping::externalPort).containsExactly(9000);
    }

    private static List<Integer> ports(List<PortMapping> mappings) {
        return mappings.stream().map(PortMapping::externalPort).toList();
    }

    @Test
    void on_a_gateway_that_does_not_list_what_was_published_before_survives_a_later_failure_and_an_examination()
            throws InterruptedException {
        gateway.capabilities = Capabilities.builder().listing(false).build();
        publish(DOOR);
        try (Porthole porthole = porthole().build()) {
            porthole.diagnose(DOOR);
        }
        assertThat(gateway.table).hasSize(2);
        gateway.faults.put(gateway.mapCalls + 2, (g, request) -> InMemoryGateway.refused(Refusal.TABLE_FULL));
        assertThat(publish(DOOR).status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
        assertThat(gateway.table).hasSize(2);
    }
}
