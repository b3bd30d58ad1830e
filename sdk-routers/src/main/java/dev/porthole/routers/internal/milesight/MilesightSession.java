package dev.porthole.routers.internal.milesight;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.Capabilities.SourceRestriction;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.routers.internal.RouterRow;
import dev.porthole.routers.internal.RouterSession;
import dev.porthole.routers.internal.SessionEndedException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session with a Milesight router: its page Network &gt; Firewall &gt; Port Mapping. */
final class MilesightSession implements RouterSession {
    /** What to do where the field names are not known. */
    static final String SUPPLY =
            "Supply them (MilesightFields: source IP, source port, destination IP, destination port,"
                    + " protocol, and the description where there is one; the browser's network log shows them in the POST to /cgi"
                    + " when a rule is saved), or add one rule by hand under Network > Firewall > Port Mapping: it is read as the"
                    + " pattern.";

    private static final Logger LOG = LoggerFactory.getLogger(MilesightSession.class);
    private static final String TABLE = "yruo_firewall_port_mapping";
    private static final String SECURITY = "yruo_firewall_security";
    private static final int MOST_PAGES = 50;
    private static final int MOST_RULES = 5000;
    private static final int MOST_FIELDS = 100;
    private static final String INDEX_CHARACTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
    private static final int INDEX_LENGTH = 8;

    private final MilesightDialect dialect;
    private final Cgi cgi;
    private final String router;
    private final Consumer<String> deletes;
    private final List<String> deleteFunctions;
    private final SecureRandom random = new SecureRandom();
    private final Map<String, Object> indexes = new HashMap<>();
    private Optional<FieldNames> names;
    private boolean named;
    /** What was listed to see whether a rule is gone, and need not be listed again at once. */
    private Optional<List<Object>> justListed = Optional.empty();

    private Optional<ExternalAddress> external = Optional.empty();

    /**
     * A session.
     *
     * @param deletes is told which function deleted a rule
     * @param deleteFunctions what may delete a rule, in the order to try
     */
    MilesightSession(
            MilesightDialect dialect, Cgi cgi, String router, Consumer<String> deletes, List<String> deleteFunctions) {
        this.dialect = dialect;
        this.cgi = cgi;
        this.router = router;
        this.deletes = deletes;
        this.deleteFunctions = deleteFunctions;
        this.names = dialect.names();
        this.named = names.flatMap(FieldNames::description).isPresent();
    }

    @Override
    public Capabilities capabilities() {
        boolean sources = names.map(n -> n.sourceAddress().isPresent()).orElse(true);
        return Capabilities.builder()
                .leases(false)
                .sourceRestriction(sources ? SourceRestriction.CIDR : SourceRestriction.NONE)
                .build();
    }

    @Override
    public boolean named() {
        return named;
    }

    @Override
    public List<RouterRow> rows(Deadline deadline) throws SessionEndedException, InterruptedException {
        List<Object> entries = justListed.isPresent() ? justListed.get() : entries(deadline);
        justListed = Optional.empty();
        List<Map<String, Object>> values = new ArrayList<>();
        for (Object entry : entries) {
            Map<String, Object> value = CgiReply.map(CgiReply.map(entry).get("value"));
            if (value.isEmpty() || value.size() > MOST_FIELDS) {
                throw new NatTraversalException(
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        router + " lists a port mapping of " + value.size()
                                + " fields. Its firmware is not one that is known here.");
            }
            values.add(value);
        }
        if (!values.isEmpty() && dialect.names().isEmpty()) {
            names = Optional.of(Echo.infer(values));
        }
        named = names.flatMap(FieldNames::description)
                .filter(field -> values.isEmpty() || values.stream().anyMatch(v -> v.containsKey(field)))
                .isPresent();
        return rows(entries, values);
    }

    private List<RouterRow> rows(List<Object> entries, List<Map<String, Object>> values) {
        indexes.clear();
        List<RouterRow> rows = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            RuleForm form = new RuleForm(names.orElseThrow());
            List<PortMapping> mappings = form.read(values.get(i));
            if (mappings.isEmpty()) {
                LOG.warn("{}: its rule {} cannot be read and is left alone", router, i + 1);
            }
            String place = Integer.toString(i);
            Object index = CgiReply.map(entries.get(i)).get("index");
            indexes.put(place, index == null ? place : index);
            for (PortMapping mapping : mappings) {
                rows.add(new RouterRow(mapping, place, content(values.get(i))));
            }
        }
        return rows;
    }

    /** Everything but the index, which the router changes when rules before it go. */
    private static String content(Map<String, Object> value) {
        Map<String, Object> rest = new TreeMap<>(value);
        rest.remove("index");
        return Cgi.text(rest);
    }

    /** All of a long list, which some pages give in parts. */
    private List<Object> entries(Deadline deadline) throws SessionEndedException, InterruptedException {
        List<Object> all = new ArrayList<>();
        int limit = dialect.pageSize();
        for (int page = 0; page < MOST_PAGES; page++) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("base", TABLE);
            if (limit > 0) {
                values.put("limit", limit);
                values.put("start", all.size());
            }
            CgiReply reply = cgi.done(TABLE, "get", List.of(values), deadline);
            List<Object> part = reply.entries().orElseThrow(() -> notAList());
            all.addAll(part);
            long count = count(reply);
            if (all.size() > MOST_RULES) {
                break;
            }
            boolean more = count >= 0 ? all.size() < count : limit > 0 && part.size() == limit;
            if (!more || part.isEmpty()) {
                if (all.size() < count) {
                    break;
                }
                return all;
            }
            limit = limit > 0 ? limit : part.size();
        }
        throw new NatTraversalException(
                FindingCode.PAGE_NOT_UNDERSTOOD,
                router + " did not list all of its port mappings (" + all.size()
                        + " came). Without all of them none is changed.");
    }

    private static long count(CgiReply reply) {
        OptionalLong count = reply.number("count");
        return (count.isPresent() ? count : reply.number("total")).orElse(-1);
    }

    private NatTraversalException notAList() {
        return new NatTraversalException(
                FindingCode.PAGE_NOT_UNDERSTOOD,
                router + " gave no list of port mappings. The account may not be an administrator's, or the firmware is"
                        + " another than those known here.");
    }

    @Override
    public void add(MappingRequest request, Deadline deadline) throws SessionEndedException, InterruptedException {
        Map<String, @Nullable Object> row = new LinkedHashMap<>();
        row.put("base", TABLE);
        // A number here, or one inside, is answered with status 0 and stores nothing.
        row.put("index", TABLE + randomCharacters());
        row.put("value", new RuleForm(fieldNames()).write(request));
        cgi.done(TABLE, "add", List.of(row), deadline);
    }

    private FieldNames fieldNames() {
        if (names.isEmpty() && dialect.unverifiedNames()) {
            LOG.info("{}: the table is empty; the field names that are built in are not verified", router);
            names = Optional.of(FieldNames.unverified());
            named = true;
        }
        return names.orElseThrow(() -> new NatTraversalException(
                FindingCode.SCHEMA_UNKNOWN,
                "How " + router
                        + " names the fields of a port mapping is not public, and its table is empty, so that no rule"
                        + " shows it. " + SUPPLY));
    }

    private String randomCharacters() {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < INDEX_LENGTH; i++) {
            text.append(INDEX_CHARACTERS.charAt(random.nextInt(INDEX_CHARACTERS.length())));
        }
        return text.toString();
    }

    @Override
    public void remove(RouterRow row, Deadline deadline) throws SessionEndedException, InterruptedException {
        Object index = indexes.get(row.place());
        if (index == null) {
            throw new IllegalStateException("the table was read again since this rule was");
        }
        for (String function : deleteFunctions) {
            Map<String, Object> values = new LinkedHashMap<>();
            values.put("base", TABLE);
            values.put("index", index);
            boolean accepted =
                    cgi.call(TABLE, function, List.of(values), deadline).ok();
            if (deleteFunctions.size() == 1) {
                return;
            }
            if (accepted && gone(deadline)) {
                deletes.accept(function);
                return;
            }
        }
        throw new NatTraversalException(
                FindingCode.ROUTER_ERROR,
                router + " did not delete a port mapping by " + String.join(" or ", deleteFunctions)
                        + ". Delete it under Network > Firewall > Port Mapping, and supply the name of the function"
                        + " (deleteFunctions).");
    }

    /** Whether there is one rule less, so that the function is the right one. */
    private boolean gone(Deadline deadline) throws SessionEndedException, InterruptedException {
        List<Object> entries = entries(deadline);
        boolean fewer = entries.size() < indexes.size();
        justListed = fewer ? Optional.of(entries) : Optional.empty();
        return fewer;
    }

    @Override
    public void commit(Deadline deadline) throws SessionEndedException, InterruptedException {
        CgiReply reply = cgi.done("yruo_apply", "apply", List.of(), deadline);
        Object reboot = reply.result().get("reboot");
        if (Boolean.TRUE.equals(reboot) || CgiReply.number(reboot).orElse(0) > 0) {
            LOG.warn("{}: it says that it must be restarted before the new port mappings work", router);
        }
    }

    /** The address that the status page shows, where it is one of the Internet; any other may be that of a LAN. */
    @Override
    public ExternalAddress externalAddress(Deadline deadline) throws SessionEndedException, InterruptedException {
        if (external.isEmpty()) {
            CgiReply reply = cgi.call("yruo_status", "get", List.of(Map.of("base", "yruo_status_network")), deadline);
            external = Optional.of(reply.entries().orElse(List.of()).stream()
                    .map(entry -> CgiReply.map(CgiReply.map(entry).get("value")).get("ip"))
                    .filter(ip -> ip instanceof String)
                    .map(ip -> ExternalAddress.reported((String) ip))
                    .filter(address -> address.kind() == ExternalAddress.Kind.PUBLIC)
                    .findFirst()
                    .orElse(ExternalAddress.UNKNOWN));
        }
        return external.get();
    }

    @Override
    public Set<ReservedPort> reservedPorts(Deadline deadline) throws SessionEndedException, InterruptedException {
        CgiReply reply = cgi.call(SECURITY, "get", List.of(Map.of("base", SECURITY)), deadline);
        Set<ReservedPort> ports =
                reply.ok() ? SecurityPage.ports(reply.entries().orElse(List.of())) : Set.of();
        if (ports.isEmpty()) {
            LOG.info(
                    "{}: its own service ports cannot be told from its page Network > Firewall > Security; a source port"
                            + " that it uses itself is noticed only when the rule is not stored",
                    router);
        }
        return ports;
    }

    @Override
    public void logout(Deadline deadline) throws InterruptedException {
        cgi.logout(deadline);
    }
}
