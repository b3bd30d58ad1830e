package dev.porthole.testing;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class MappingTableProperties {
    /** Add, remove or wait; a port is used by both protocols. */
    record Step(int what, String protocol, int port, int seconds) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        return Combinators.combine(
                        Arbitraries.integers().between(0, 4),
                        Arbitraries.of("TCP", "UDP"),
                        Arbitraries.integers().between(1, 6),
                        Arbitraries.integers().between(0, 100))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    @Property
    void theTableIsWhatASimpleModelSays(@ForAll("steps") List<Step> steps) {
        AtomicLong seconds = new AtomicLong();
        MappingTable table = new MappingTable(() -> seconds.get() * 1_000_000_000L);
        // Protocol and port to the second in which the mapping ends; 0 for never. In order of arrival.
        Map<String, Long> model = new LinkedHashMap<>();
        for (Step step : steps) {
            String key = step.protocol + step.port;
            switch (step.what) {
                case 0 -> {
                    assertThat(table.remove(step.protocol, step.port)).isEqualTo(model.containsKey(key));
                    model.remove(key);
                }
                case 1 -> seconds.addAndGet(step.seconds);
                default -> {
                    table.put(TableEntry.tcp(step.port, "192.168.69.110", 80, "x")
                            .withProtocol(step.protocol)
                            .withLease(Duration.ofSeconds(step.seconds)));
                    model.put(key, step.seconds == 0 ? 0 : seconds.get() + step.seconds);
                }
            }
            model.values().removeIf(end -> end != 0 && end <= seconds.get());
            assertThat(keys(table)).isEqualTo(newestFirst(model));
        }
    }

    private static List<String> keys(MappingTable table) {
        List<String> keys = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        for (TableEntry entry : table.entries()) {
            keys.add(entry.protocol() + entry.externalPort());
            assertThat(seen.add(keys.get(keys.size() - 1))).isTrue();
        }
        return keys;
    }

    private static List<String> newestFirst(Map<String, Long> model) {
        List<String> keys = new ArrayList<>(model.keySet());
        java.util.Collections.reverse(keys);
        return keys;
    }
}
