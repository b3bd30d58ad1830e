package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.RememberedGateway;
import dev.porthole.mapping.SearchScope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A gateway that was used before is taken up again without a search, and searched for where it is not as it was. */
@Timeout(20)
class WarmStartTest {
    private static final Camera DOOR = Camera.at("192.168.1.10").name("door").build();

    private final InMemoryGateway gateway = new InMemoryGateway();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private Supplier<LocalNetwork> network = RaceTest::network;
    private final Porthole porthole = Porthole.builder()
            .verify(false)
            .ledger(ledger)
            .network(() -> network.get())
            .finder(gateway)
            .build();

    WarmStartTest() {
        gateway.memento = Optional.of("here");
    }

    private List<PortMapping> publishedOnce() throws InterruptedException {
        porthole.publish(DOOR);
        assertThat(gateway.searches).isOne();
        return List.copyOf(gateway.table);
    }

    @Test
    void what_is_mapped_is_found_again_without_a_search_and_without_a_list() throws Exception {
        List<PortMapping> before = publishedOnce();
        gateway.listable = false;
        Publication again = porthole.publish(DOOR);
        assertThat(again.status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(again.externalAddress()).isEqualTo(gateway.external);
        assertThat(again.rungs()).extracting(Rung::outcome).containsExactly(Rung.Outcome.MAPPED);
        assertThat(gateway.table).isEqualTo(before);
        assertThat(gateway.searches).isOne();
        assertThat(gateway.closings).isEqualTo(2);
    }

    @Test
    void what_the_router_lost_is_made_again_on_the_same_ports_without_a_search() throws Exception {
        List<PortMapping> before = publishedOnce();
        gateway.table.clear();
        assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.table).isEqualTo(before);
        assertThat(gateway.searches).isOne();
    }

    @Test
    void a_gateway_that_does_not_answer_where_it_was_is_searched_for_and_not_asked_there_again() throws Exception {
        publishedOnce();
        gateway.recallable = false;
        assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.searches).isEqualTo(2);
    }

    @Test
    void a_gateway_that_has_lost_its_uplink_is_searched_for() throws Exception {
        publishedOnce();
        gateway.external = ExternalAddress.reported("10.0.0.2");
        assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
        assertThat(gateway.searches).isEqualTo(2);
    }

    @Test
    void a_refusal_where_it_was_leads_to_a_search_and_is_told_once() throws Exception {
        publishedOnce();
        gateway.mapCalls = 0;
        for (int call = 1; call <= 2; call++) {
            gateway.faults.put(call, (g, request) -> InMemoryGateway.refused(Refusal.POLICY));
        }
        Publication refused = porthole.publish(DOOR);
        assertThat(refused.status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
        assertThat(refused.findings()).hasSize(1);
        assertThat(gateway.searches).isEqualTo(2);
    }

    /** A router that has restarted, and maps no second time. */
    @Test
    void what_was_made_again_is_taken_back_where_the_rest_of_the_camera_is_refused() throws Exception {
        publishedOnce();
        gateway.table.clear();
        gateway.mapCalls = 0;
        for (int call : new int[] {2, 4}) {
            gateway.faults.put(call, (g, request) -> InMemoryGateway.refused(Refusal.TABLE_FULL));
        }
        assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.NOT_PUBLISHED);
        assertThat(gateway.searches).isEqualTo(2);
        assertThat(gateway.table).isEmpty();
        assertThat(ledger.entries("uuid:1")).isEmpty();
    }

    @Test
    void a_port_that_somebody_else_took_meanwhile_is_left_to_him() throws Exception {
        int port = publishedOnce().get(0).externalPort();
        gateway.table.clear();
        gateway.foreign(port, "Skype");
        assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.table)
                .filteredOn(m -> m.externalPort() == port)
                .extracting(PortMapping::description)
                .containsExactly("Skype");
        assertThat(gateway.table).hasSize(3);
    }

    @Test
    void a_camera_that_is_new_or_has_moved_is_searched_for() throws Exception {
        publishedOnce();
        porthole.publish(DOOR, Camera.at("192.168.1.11").name("yard").build());
        assertThat(gateway.searches).isEqualTo(2);
        porthole.publish(Camera.at("192.168.1.12").name("door").build());
        assertThat(gateway.searches).isEqualTo(3);
        assertThat(gateway.recalls).isPositive();
    }

    @Test
    void another_default_route_or_another_address_of_this_host_is_searched_from() throws Exception {
        publishedOnce();
        LocalNetwork here = RaceTest.network();
        network = () -> new LocalNetwork(here.attachments(), IpLiteral.parse("192.168.1.2"));
        porthole.publish(DOOR);
        network = () -> new LocalNetwork(
                List.of(new LocalNetwork.Attachment(
                        here.attachments().get(0).networkInterface(), RaceTest.ip("192.168.1.77"), 24)),
                here.defaultGateway());
        porthole.publish(DOOR);
        assertThat(gateway.searches).isEqualTo(3);
        assertThat(gateway.recalls).isZero();
    }

    @Test
    void an_interrupt_during_the_first_question_ends_the_call_and_forgets_nothing() throws Exception {
        List<PortMapping> before = publishedOnce();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        PortMappingProvider silent = RaceTest.withAddress(gateway, deadline -> {
            asked.countDown();
            never.await();
            return gateway.external;
        });
        GatewayFinder finder = new GatewayFinder() {
            @Override
            public MappingProtocol protocol() {
                return gateway.protocol();
            }

            @Override
            public Found find(SearchScope scope, Deadline deadline) throws InterruptedException {
                return gateway.find(scope, deadline);
            }

            @Override
            public Optional<PortMappingProvider> recall(RememberedGateway known, SearchScope scope) {
                return Optional.of(silent);
            }
        };
        Thread caller = Thread.currentThread();
        CompletableFuture<Void> interruption = CompletableFuture.runAsync(() -> {
            try {
                asked.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            caller.interrupt();
        });
        int closings = gateway.closings;
        try (Porthole again = Porthole.builder()
                .verify(false)
                .ledger(ledger)
                .network(() -> network.get())
                .finder(finder)
                .build()) {
            assertThatThrownBy(() -> again.publish(DOOR)).isInstanceOf(InterruptedException.class);
        }
        interruption.get();
        assertThat(gateway.closings).isEqualTo(closings + 1);
        assertThat(gateway.table).isEqualTo(before);
        gateway.listable = false;
        assertThat(porthole.publish(DOOR).status()).isEqualTo(Publication.Status.MAPPED);
        assertThat(gateway.table).isEqualTo(before);
    }
}
