package dev.porthole.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The port mappings of a {@link SimulatedMilesight}: as staged, and as they are in effect. Used under its lock. */
final class MilesightTable {
    static final String CORE = "yruo_firewall_port_mapping";

    private final List<String> fields;
    private List<Map<String, @Nullable Object>> staged = new ArrayList<>();
    private List<Map<String, @Nullable Object>> running = new ArrayList<>();

    MilesightTable(List<String> fields) {
        this.fields = fields;
    }

    void put(Map<String, Object> rule) {
        staged.add(new LinkedHashMap<>(rule));
        running.add(new LinkedHashMap<>(rule));
    }

    List<Map<String, @Nullable Object>> staged() {
        return copy(staged);
    }

    List<Map<String, @Nullable Object>> running() {
        return copy(running);
    }

    private static List<Map<String, @Nullable Object>> copy(List<Map<String, @Nullable Object>> rules) {
        List<Map<String, @Nullable Object>> copies = new ArrayList<>();
        rules.forEach(rule -> copies.add(new LinkedHashMap<>(rule)));
        return copies;
    }

    void commit() {
        running = copy(staged);
    }

    void reboot() {
        staged = copy(running);
    }

    /** The entries of a listing, each with its number as index. */
    List<Map<String, @Nullable Object>> entries() {
        List<Map<String, @Nullable Object>> entries = new ArrayList<>();
        for (int i = 0; i < staged.size(); i++) {
            Map<String, @Nullable Object> value = new LinkedHashMap<>(staged.get(i));
            value.put("index", i);
            Map<String, @Nullable Object> entry = new LinkedHashMap<>();
            entry.put("type", CORE);
            entry.put("index", i);
            entry.put("value", value);
            entries.add(entry);
        }
        return entries;
    }

    /** Stores a rule; what is not quite right is dropped in silence, as on the real one. */
    void add(Map<String, Object> values, Set<Integer> own) {
        boolean outer = values.get("index") instanceof String index
                && index.startsWith(CORE)
                && index.length() == CORE.length() + 8;
        if (!outer || !(values.get("value") instanceof Map<?, ?> value)) {
            return;
        }
        boolean inner = value.containsKey("index") && value.get("index") == null;
        Map<String, @Nullable Object> rule = new LinkedHashMap<>();
        value.forEach((name, each) -> rule.put(String.valueOf(name), each));
        rule.remove("index");
        boolean known = rule.keySet().equals(Set.copyOf(fields));
        boolean free =
                staged.stream().noneMatch(other -> same(other, rule, "source_port") && same(other, rule, "protocol"));
        if (inner && known && free && !own.contains(rule.get("source_port"))) {
            staged.add(rule);
        }
    }

    private static boolean same(Map<String, @Nullable Object> one, Map<String, @Nullable Object> other, String field) {
        return String.valueOf(one.get(field)).equals(String.valueOf(other.get(field)));
    }

    void delete(@Nullable Object index) {
        if (index instanceof Integer place && place >= 0 && place < staged.size()) {
            staged.remove((int) place);
        }
    }
}
