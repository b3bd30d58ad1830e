package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the order in which protocols answer, a router in the same state gives the same publication. */
class LadderProperties {
    private static final Camera DOOR = Camera.at("192.168.1.10").name("door").build();
    private static final List<MappingProtocol> PROTOCOLS =
            List.of(MappingProtocol.UPNP, MappingProtocol.PCP, MappingProtocol.NATPMP, MappingProtocol.WEB);

    /** What a router does by a protocol. */
    enum Does {
        MAPS,
        REFUSES_THIRD_PARTIES,
        DOES_NOT_ANSWER
    }

    /**
     * A router.
     *
     * @param does by each of the protocols
     * @param foreign how many of the ports that the camera prefers are somebody else's
     */
    record Router(List<Does> does, int foreign) {
        /** Whether it maps for cameras at all; NAT-PMP never does. */
        boolean maps() {
            return does.get(0) == Does.MAPS || does.get(1) == Does.MAPS || does.get(3) == Does.MAPS;
        }
    }

    /** One state of a router, asked by its protocols. */
    private static final class Life {
        final List<PortMapping> table = new ArrayList<>();
        final InMemoryLedger ledger = new InMemoryLedger();
        final List<InMemoryGateway> opened = new ArrayList<>();
        private final Router router;

        Life(Router router, Set<Integer> taken) {
            this.router = router;
            InMemoryGateway all = new InMemoryGateway(table);
            taken.forEach(port -> all.foreign(port, "Skype"));
        }

        /** Publishes; the protocols answer one after the other in an order. */
        Publication publish(List<Integer> order) throws InterruptedException {
            InMemoryGateway before = null;
            Porthole.Builder builder =
                    Porthole.builder().verify(false).ledger(ledger).network(RaceTest::network);
            for (int index : order) {
                InMemoryGateway gateway = gateway(index);
                if (before != null) {
                    gateway.answers = before.answered;
                }
                before = gateway;
                opened.add(gateway);
                builder.finder(gateway);
            }
            try (Porthole porthole = builder.build()) {
                return porthole.publish(DOOR);
            }
        }

        private InMemoryGateway gateway(int index) {
            InMemoryGateway gateway = new InMemoryGateway(table);
            gateway.protocol = PROTOCOLS.get(index);
            gateway.capabilities = Capabilities.builder()
                    .listing(index != 1 && index != 2)
                    .thirdParty(index != 2)
                    .build();
            gateway.present = router.does().get(index) != Does.DOES_NOT_ANSWER;
            if (index == 2 || router.does().get(index) == Does.REFUSES_THIRD_PARTIES) {
                gateway.faults.put(1, (g, request) -> InMemoryGateway.refused(Refusal.THIRD_PARTY));
            }
            return gateway;
        }

        Set<String> ours() {
            Set<String> ours = new TreeSet<>();
            table.stream()
                    .filter(m ->
                            m.internalAddress().filter(DOOR.address()::equals).isPresent())
                    .forEach(m -> assertThat(ours.add(m.internalPort() + "=" + m.externalPort()))
                            .isTrue());
            return ours;
        }
    }

    @Provide
    Arbitrary<Router> routers() {
        return Combinators.combine(
                        Arbitraries.of(Does.class).list().ofSize(PROTOCOLS.size()),
                        Arbitraries.integers().between(0, 3))
                .as(Router::new);
    }

    @Provide
    Arbitrary<List<Integer>> orders() {
        return Arbitraries.shuffle(0, 1, 2, 3);
    }

    /** The ports that the camera gets on a router where nothing is taken, and then those after them. */
    private static Set<Integer> preferred(int count) throws InterruptedException {
        Set<Integer> taken = new TreeSet<>();
        for (int i = 0; i < count; i++) {
            Life life = new Life(new Router(List.of(Does.MAPS, Does.MAPS, Does.MAPS, Does.MAPS), 0), taken);
            life.publish(List.of(0));
            life.table.stream().filter(PortMapping::ours).forEach(m -> taken.add(m.externalPort()));
        }
        return taken;
    }

    @Property(tries = 200)
    void the_order_of_answers_changes_neither_ports_nor_their_number(
            @ForAll("routers") Router router,
            @ForAll("orders") List<Integer> order,
            @ForAll("orders") List<Integer> otherOrder)
            throws InterruptedException {
        Set<Integer> taken = preferred(router.foreign());
        Life one = new Life(router, taken);
        Life other = new Life(router, taken);
        Publication first = one.publish(order);
        Publication second = other.publish(otherOrder);

        assertThat(first.status() == Publication.Status.MAPPED).isEqualTo(router.maps());
        assertThat(second.status()).isEqualTo(first.status());
        assertThat(one.ours()).isEqualTo(other.ours()).hasSize(router.maps() ? 2 : 0);
        assertThat(one.table).hasSize(taken.size() + (router.maps() ? 2 : 0));

        Set<String> before = one.ours();
        one.publish(otherOrder);
        assertThat(one.ours()).isEqualTo(before);

        for (Life life : List.of(one, other)) {
            assertThat(life.opened).allMatch(gateway -> gateway.closings <= 1);
            assertThat(life.opened)
                    .filteredOn(gateway -> gateway.mapCalls > 0)
                    .allMatch(gateway -> gateway.closings == 1);
        }
    }
}
