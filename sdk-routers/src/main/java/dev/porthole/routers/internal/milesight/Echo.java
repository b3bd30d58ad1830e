package dev.porthole.routers.internal.milesight;

import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.PortRange;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Infers from the rules that a router shows how it names their fields: by the type of the values and by words in the
 * names, and only where there is one way to read them. The field names of Milesight's port mappings are not public.
 */
final class Echo {
    private static final Pattern SOURCE = word("src|source|remote|external|ext|wan|outer");
    private static final Pattern DESTINATION =
            word("dst|dest|destination|target|internal|int|lan|inner|local|server|host|to|map|mapped");
    private static final Pattern PORT = word("port|ports|sport|dport");
    private static final Pattern ADDRESS = word("ip|ipaddr|addr|address|host|net|network|subnet|server");
    private static final Pattern PROTOCOL = word("proto|protocol");
    private static final Pattern DESCRIPTION = word("desc|description|remark|comment|name|label|note");
    private static final Pattern ENABLED = word("enable|enabled|active|on|status|switch");
    private static final Set<String> TRANSPORTS = Set.of("tcp", "udp", "tcp/udp", "udp/tcp", "tcp+udp", "both", "all");

    private final List<Map<String, Object>> rules;
    private final Set<String> names = new LinkedHashSet<>();

    private Echo(List<Map<String, Object>> rules) {
        this.rules = rules;
        names.addAll(rules.get(0).keySet());
        rules.forEach(rule -> names.retainAll(rule.keySet()));
        names.remove("index");
    }

    /** A word within a name such as {@code source_ip}, {@code srcPort} or {@code dest-port}. */
    private static Pattern word(String words) {
        return Pattern.compile("(^|[_.\\-\\s])(" + words + ")([_.\\-\\s0-9]|$)");
    }

    /**
     * Infers the names.
     *
     * @param rules at least one rule, as the router lists it
     * @throws NatTraversalException SCHEMA_UNKNOWN where there is more than one way to read them, or none
     */
    static FieldNames infer(List<Map<String, Object>> rules) {
        return new Echo(rules).names();
    }

    private FieldNames names() {
        String protocol = one("protocol", name -> has(PROTOCOL, name) && each(name, Echo::isTransport));
        List<String> ports = all(name -> (has(PORT, name)) && each(name, Echo::isPort));
        String sourcePort = one("source port", among(ports, SOURCE, DESTINATION, "s"));
        String destinationPort = one("destination port", among(ports, DESTINATION, SOURCE, "d"));
        List<String> addresses = all(name -> has(ADDRESS, name) && each(name, Echo::isAddress));
        String destination = one("destination IP", among(addresses, DESTINATION, SOURCE, "d"));
        List<String> sources = all(among(addresses, SOURCE, DESTINATION, "s"));
        if (sources.size() > 1) {
            throw unknown("source IP", sources);
        }
        Optional<String> enabled = Optional.of(all(name -> has(ENABLED, name) && each(name, Echo::isSwitch)))
                .filter(found -> found.size() == 1)
                .map(found -> found.get(0));
        Set<String> known = new LinkedHashSet<>(List.of(protocol, sourcePort, destinationPort, destination));
        known.addAll(sources);
        enabled.ifPresent(known::add);
        Optional<String> description = description(known);
        description.ifPresent(known::add);
        return new FieldNames(
                sources.stream().findFirst(),
                sourcePort,
                destination,
                destinationPort,
                protocol,
                description,
                enabled,
                template(known));
    }

    private Optional<String> description(Set<String> known) {
        List<String> found = all(name -> !known.contains(name)
                && has(DESCRIPTION, name)
                && each(name, value -> value == null || value instanceof String));
        return found.size() == 1
                ? Optional.of(found.get(0))
                : found.stream().filter(n -> n.contains("desc")).findFirst();
    }

    /** The last rule as the pattern of a new one; what nobody can choose for it keeps us from making one. */
    private Map<String, Object> template(Set<String> known) {
        Map<String, Object> last = rules.get(rules.size() - 1);
        Map<String, Object> template = new LinkedHashMap<>();
        for (Map.Entry<String, Object> field : last.entrySet()) {
            String name = field.getKey();
            if (known.contains(name)) {
                template.put(name, field.getValue());
            } else if (!name.equals("index")) {
                boolean same = rules.stream()
                        .allMatch(rule -> rule.containsKey(name)
                                && String.valueOf(rule.get(name)).equals(String.valueOf(field.getValue())));
                if (!same) {
                    throw new NatTraversalException(
                            FindingCode.SCHEMA_UNKNOWN,
                            "The router's port mappings have a field '" + name + "' that differs from rule to rule, and"
                                    + " nobody has published what it means. Supply the value for new rules"
                                    + " (MilesightFields.builder()…extra(\"" + name + "\", VALUE)).");
                }
                template.put(name, field.getValue());
            }
        }
        return template;
    }

    private static String plain(String name) {
        return name.replaceAll("([a-z0-9])([A-Z])", "$1_$2").toLowerCase(Locale.ROOT);
    }

    private static boolean has(Pattern word, String name) {
        return word.matcher(plain(name)).find();
    }

    private static Predicate<String> among(List<String> names, Pattern wanted, Pattern other, String initial) {
        return name -> names.contains(name)
                && (has(wanted, name) && !has(other, name) || plain(name).startsWith(initial + "port"));
    }

    private boolean each(String name, Predicate<Object> fits) {
        return rules.stream().allMatch(rule -> fits.test(rule.get(name)));
    }

    private List<String> all(Predicate<String> fits) {
        return new ArrayList<>(names.stream().filter(fits).toList());
    }

    private String one(String what, Predicate<String> fits) {
        List<String> found = all(fits);
        if (found.size() != 1) {
            throw unknown(what, found);
        }
        return found.get(0);
    }

    private NatTraversalException unknown(String what, List<String> candidates) {
        String why = candidates.isEmpty()
                ? "none of its fields " + shown(names) + " is surely the " + what
                : "any of " + shown(candidates) + " may be the " + what;
        return new NatTraversalException(
                FindingCode.SCHEMA_UNKNOWN,
                "How the router names the fields of a port mapping cannot be told from its rules: " + why + ". "
                        + MilesightSession.SUPPLY);
    }

    private static String shown(java.util.Collection<String> names) {
        String all = String.join(", ", names).replaceAll("[^\\x20-\\x7E]", "?");
        return all.length() <= 200 ? all : all.substring(0, 200) + "...";
    }

    static boolean isTransport(@Nullable Object value) {
        return value instanceof String text && TRANSPORTS.contains(text.strip().toLowerCase(Locale.ROOT));
    }

    static boolean isPort(@Nullable Object value) {
        return ports(value).isPresent();
    }

    /** A port or a range of ports, as a number or as text. */
    static Optional<PortRange> ports(@Nullable Object value) {
        String text = value instanceof Integer || value instanceof String
                ? String.valueOf(value).strip()
                : "";
        if (!text.matches("[0-9]{1,5}([-:][0-9]{1,5})?")) {
            return Optional.empty();
        }
        try {
            return Optional.of(PortRange.parse(text.replace(':', '-')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isAddress(@Nullable Object value) {
        if (!(value instanceof String text)) {
            return false;
        }
        try {
            return text.isBlank()
                    || text.equals("0.0.0.0/0")
                    || !SourcePolicy.Cidr.parse(text.strip()).toString().isEmpty();
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static boolean isSwitch(@Nullable Object value) {
        return value instanceof Boolean || String.valueOf(value).matches("0|1|true|false|on|off");
    }
}
