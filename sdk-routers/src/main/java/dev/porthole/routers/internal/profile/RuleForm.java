package dev.porthole.routers.internal.profile;

import dev.porthole.SourcePolicy;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.RuleRefusedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads and writes rules by the fields that a profile describes.
 *
 * @param fields by {@link #FIELDS their names}
 * @param name what a rule's name may be; empty where rules have none
 * @param lanVariable the variable that holds an address of the router's network, where rules hold the last part of an
 *     address only
 */
record RuleForm(Map<String, RuleField> fields, Optional<NameRule> name, Optional<String> lanVariable) {
    static final String NAME = "name";
    static final String EXTERNAL = "externalPort";
    static final String EXTERNAL_END = "externalEnd";
    static final String INTERNAL = "internalPort";
    static final String INTERNAL_IP = "internalIp";
    static final String PROTOCOL = "protocol";
    static final String ENABLED = "enabled";
    static final String SOURCE = "source";

    /** The fields that a rule may have. */
    static final List<String> FIELDS =
            List.of(NAME, EXTERNAL, EXTERNAL_END, INTERNAL, INTERNAL_IP, PROTOCOL, ENABLED, SOURCE);

    RuleForm {
        fields = Map.copyOf(fields);
    }

    /**
     * What a row says: one mapping, two where it holds for both transports, more where it names a list of ports, none where
     * it cannot be read.
     */
    List<PortMapping> read(RawRow row, Values values) {
        List<PortMapping> mappings = new ArrayList<>();
        for (String part : text(row, EXTERNAL).split(",", -1)) {
            Optional<PortRange> external = external(part.strip(), row);
            if (external.isEmpty()) {
                return List.of();
            }
            for (TransportProtocol protocol : transports(row)) {
                mappings.add(mapping(protocol, external.get(), row, values));
            }
        }
        return mappings;
    }

    private PortMapping mapping(TransportProtocol protocol, PortRange external, RawRow row, Values values) {
        return new PortMapping(
                protocol,
                external,
                client(text(row, INTERNAL_IP), values),
                internal(row, external),
                source(row),
                text(row, NAME),
                Optional.empty(),
                isOn(row));
    }

    private String text(RawRow row, String field) {
        RuleField known = fields.get(field);
        return known == null ? "" : known.in(row).orElse("");
    }

    private Optional<PortRange> external(String text, RawRow row) {
        Optional<PortRange> first = ports(text);
        Optional<PortRange> last = ports(text(row, EXTERNAL_END));
        boolean range = first.isPresent()
                && last.isPresent()
                && last.get().last() > first.get().first();
        return range ? Optional.of(new PortRange(first.get().first(), last.get().last())) : first;
    }

    private int internal(RawRow row, PortRange external) {
        return ports(text(row, INTERNAL)).map(PortRange::first).orElse(external.first());
    }

    /** A port or a range, with a hyphen or a colon. */
    static Optional<PortRange> ports(String text) {
        if (!text.matches("[0-9]{1,5}( ?[-:] ?[0-9]{1,5})?")) {
            return Optional.empty();
        }
        try {
            return Optional.of(PortRange.parse(text.replace(':', '-')));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<TransportProtocol> transports(RawRow row) {
        RuleField field = fields.get(PROTOCOL);
        String meaning = field == null ? "BOTH" : field.meaning(row).orElse("BOTH");
        // An unknown transport may be any: its port is taken.
        return meaning.equals("BOTH")
                ? List.of(TransportProtocol.TCP, TransportProtocol.UDP)
                : List.of(TransportProtocol.valueOf(meaning));
    }

    private boolean isOn(RawRow row) {
        RuleField field = fields.get(ENABLED);
        return field == null || !field.meaning(row).filter("false"::equals).isPresent();
    }

    private String source(RawRow row) {
        RuleField field = fields.get(SOURCE);
        return field == null || field.meaning(row).isPresent()
                ? ""
                : field.in(row).orElse("");
    }

    private String client(String text, Values values) {
        if (lanVariable.isEmpty() || !text.matches("[0-9]{1,3}")) {
            return text;
        }
        return network(values).map(network -> network + text).orElse(text);
    }

    /** The first three parts of an IPv4 address in the router's network, with the dot. */
    private Optional<String> network(Values values) {
        return lanVariable.map(values::text).map(String::strip).flatMap(text -> {
            String[] parts = text.split("\\.", -1);
            if (parts.length < 3) {
                return Optional.empty();
            }
            String network = parts[0] + "." + parts[1] + "." + parts[2] + ".";
            return IpLiteral.parse(network + "1").map(address -> network);
        });
    }

    /** What a new rule's fields are, for the variables {@code rule.…}. */
    Map<String, Object> written(MappingRequest request, Values values) {
        Map<String, Object> rule = new LinkedHashMap<>();
        put(rule, NAME, name.map(n -> n.fitted(request.description())).orElse(""));
        put(rule, EXTERNAL, Integer.toString(request.externalPort()));
        put(rule, EXTERNAL_END, Integer.toString(request.externalPort()));
        put(rule, INTERNAL, Integer.toString(request.internal().port()));
        put(rule, INTERNAL_IP, host(request.internal().address().getHostAddress(), values));
        put(rule, PROTOCOL, request.protocol().name());
        put(rule, ENABLED, "true");
        put(rule, SOURCE, source(request.source()));
        return rule;
    }

    private void put(Map<String, Object> rule, String field, String meaning) {
        RuleField known = fields.get(field);
        if (known != null) {
            rule.put("rule." + field, known.written(meaning));
        }
    }

    private String host(String address, Values values) {
        if (lanVariable.isEmpty()) {
            return address;
        }
        String network = network(values).orElse("");
        if (network.isEmpty() || !address.startsWith(network)) {
            throw new RuleRefusedException(
                    Refusal.OTHER, "its rules lead to hosts of its own network only, and " + address + " is not one.");
        }
        return address.substring(network.length());
    }

    private static String source(SourcePolicy policy) {
        if (policy.isAnyone()) {
            return "anyone";
        }
        return policy.singleAddress()
                .map(address -> address.getHostAddress())
                .orElseGet(() -> policy.blocks().get(0).toString());
    }
}
