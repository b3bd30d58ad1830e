package dev.porthole.routers.internal.profile;

import dev.porthole.http.internal.HeaderFields;
import dev.porthole.mapping.Capabilities.SourceRestriction;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.identify.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;

/** Reads a profile strictly: whatever is not known, missing, of the wrong kind or never used is a problem, told with its place. */
public final class ProfileReader {
    private static final List<String> PROFILE = List.of(
            "id",
            "name",
            "verified",
            "match",
            "ports",
            "auth",
            "headers",
            "session",
            "list",
            "write",
            "limits",
            "externalAddress",
            "reservedPorts");
    private static final List<String> MATCH =
            List.of("get", "post", "body", "type", "send", "status", "headers", "contains");
    private static final List<String> LIMITS =
            List.of("maxRules", "minInterval", "portTranslation", "protocols", "source", "address", "network", "name");
    /** No router is as slow. */
    private static final Duration MOST_PACE = Duration.ofSeconds(10);

    private static final Map<String, Verification.Level> LEVELS = Map.of(
            "real", Verification.Level.REAL,
            "fixtures", Verification.Level.FIXTURES,
            "unverified", Verification.Level.UNVERIFIED);
    private static final Map<String, SourceRestriction> SOURCES = Map.of(
            "none", SourceRestriction.NONE,
            "single", SourceRestriction.SINGLE_ADDRESS,
            "cidr", SourceRestriction.CIDR);
    private static final Map<String, TransportProtocol> PROTOCOLS =
            Map.of("TCP", TransportProtocol.TCP, "UDP", TransportProtocol.UDP);

    private final Problems problems;
    private final StepReader steps;

    private ProfileReader(Problems problems) {
        this.problems = problems;
        this.steps = new StepReader(problems);
    }

    /**
     * Reads a profile.
     *
     * @param file its name, for messages
     * @param text its YAML
     * @return the profile
     * @throws ProfileProblems where it cannot be used
     */
    public static Profile read(String file, String text) throws ProfileProblems {
        Problems problems = new Problems(file);
        Optional<Node> root = Yaml.parse(text, problems);
        Optional<Profile> profile = root.map(node -> new ProfileReader(problems).profile(node));
        problems.throwAny();
        return profile.orElseThrow();
    }

    private Profile profile(Node node) {
        Section section = Section.of(node, "the profile", problems, PROFILE);
        String id = section.requireText("id");
        if (section.has("id") && !id.matches("[a-z][a-z0-9-]{1,39}")) {
            section.problem("id", "an id is of lower-case letters, digits and hyphens");
        }
        Scope scope = Scope.start();
        List<Step.Header> headers = steps.headers(section.find("headers"), scope);
        Auth auth = section.require("auth")
                .map(n -> new AuthReader(problems, steps).read(n, scope))
                .orElseGet(ProfileReader::noAuth);
        Profile.Session session = session(section, scope);
        Scope listed = scope.copy();
        ListReader.Read list = section.require("list")
                .map(n -> new ListReader(problems, steps).read(n, listed))
                .orElse(new ListReader.Read(
                        List.of(),
                        Optional.empty(),
                        new JsonRows("", false, Map.of(), Set.of()),
                        Optional.empty(),
                        Map.of(),
                        Map.of()));
        Limited limited = limits(section, list, listed);
        RuleForm form = new RuleForm(list.fields(), limited.name(), limited.network());
        Profile.Writing writing = section.require("write")
                .map(n -> new WriteReader(problems, steps).read(n, list, listed))
                .orElseGet(WriteReader::nothing);
        return new Profile(
                id,
                section.requireText("name"),
                section.require("verified")
                        .map(this::verification)
                        .orElse(new Verification(Verification.Level.UNVERIFIED, List.of(), "")),
                match(section),
                ports(section),
                auth,
                headers,
                session,
                new Profile.Listing(list.requests(), list.paging(), list.rows(), list.master(), form, list.keys()),
                writing,
                limited.limits(),
                section.find("externalAddress").flatMap(n -> lookup(n, scope.copy())),
                section.find("reservedPorts").map(n -> reserved(n, scope.copy())));
    }

    private static Auth noAuth() {
        return new Auth(
                Auth.Type.NONE,
                "",
                Map.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Duration.ofSeconds(1));
    }

    private Verification verification(Node node) {
        Section section = Section.of(node, "verified", problems, List.of("by", "firmware", "source"));
        section.require("by");
        Verification.Level level = section.choice("by", LEVELS).orElse(Verification.Level.UNVERIFIED);
        List<String> firmware = section.texts("firmware");
        if (level == Verification.Level.REAL && firmware.isEmpty()) {
            section.problem("by", "a profile that was tried on a real router names its firmware");
        }
        return new Verification(level, firmware, section.requireText("source"));
    }

    private List<Fingerprint> match(Section profile) {
        List<Fingerprint> match = new ArrayList<>();
        profile.require("match")
                .ifPresent(node -> Section.items(node).forEach(item -> {
                    Section section = Section.of(item, "match", problems, MATCH);
                    if (section.has("get") == section.has("post") && item instanceof MappingNode) {
                        problems.at(item, "match has one of get and post with its path");
                    }
                    if (section.has("get") && (section.has("body") || section.has("type"))) {
                        section.problem(section.has("body") ? "body" : "type", "a get has no body");
                    }
                    Set<Integer> statuses = steps.answers().statuses(section);
                    List<HeaderFields.Field> headers = steps.answers().headers(section);
                    List<String> words = section.texts("contains");
                    if (statuses.isEmpty() && headers.isEmpty() && words.isEmpty()) {
                        problems.at(item, "match recognises nothing; give a status, headers or words");
                        return;
                    }
                    match.add(new Fingerprint(question(section), statuses, headers, words));
                }));
        return match;
    }

    private Map<String, Integer> ports(Section profile) {
        Map<String, Integer> ports = new LinkedHashMap<>();
        profile.find("ports").ifPresent(node -> {
            Section section = Section.of(node, "ports", problems, List.of("http", "https"));
            for (String scheme : List.of("http", "https")) {
                section.number(scheme, 1, 65_535).ifPresent(port -> ports.put(scheme, port));
            }
        });
        return Map.copyOf(ports);
    }

    private RouterRequest question(Section section) {
        String path = section.text("get").or(() -> section.text("post")).orElse("/");
        if (!path.startsWith("/") || path.startsWith("//")) {
            section.problem(section.has("get") ? "get" : "post", "a path starts with one slash, such as /index.html");
        }
        String type = section.text("type").orElse("application/x-www-form-urlencoded");
        if (type.chars().anyMatch(c -> c < ' ' || c > '~')) {
            section.problem("type", "here must be a media type such as application/json");
        }
        RouterRequest request = section.has("get")
                ? RouterRequest.get(path)
                : RouterRequest.post(path, type, section.text("body").orElse("").getBytes(StandardCharsets.UTF_8));
        for (HeaderFields.Field field : steps.answers().headers(section, "send")) {
            request = request.with(field.name(), field.value());
        }
        return request;
    }

    private Profile.Session session(Section profile, Scope scope) {
        Optional<Node> node = profile.find("session");
        if (node.isEmpty()) {
            return new Profile.Session(List.of(), List.of(), Map.of(), List.of());
        }
        Section section =
                Section.of(node.get(), "session", problems, List.of("headers", "expiredWhen", "extract", "logout"));
        Map<String, Extraction> extract = steps.answers().extractions(section.find("extract"), scope);
        return new Profile.Session(
                steps.headers(section.find("headers"), scope),
                steps.answers().conditions(section.find("expiredWhen"), "expiredWhen"),
                extract,
                steps.steps(section.find("logout"), "session.logout", scope.copy()));
    }

    private record Limited(Profile.Limits limits, Optional<NameRule> name, Optional<String> network) {}

    private Limited limits(Section profile, ListReader.Read list, Scope scope) {
        Node node = profile.find("limits").orElse(profile.node());
        Section section = profile.has("limits")
                ? Section.of(node, "limits", problems, LIMITS)
                : Section.of(node, "the profile", problems, PROFILE);
        if (!profile.has("limits")) {
            return new Limited(
                    limits(section, list.fields(), false), nameRule(section, list.fields(), false), Optional.empty());
        }
        return new Limited(
                limits(section, list.fields(), true), nameRule(section, list.fields(), true), network(section, scope));
    }

    private Profile.Limits limits(Section section, Map<String, RuleField> fields, boolean given) {
        boolean translation = !given || section.bool("portTranslation", true);
        if (translation != fields.containsKey(RuleForm.INTERNAL) && !fields.isEmpty()) {
            section.problem(
                    "portTranslation",
                    translation
                            ? "a rule without the field internalPort cannot translate; set limits.portTranslation to false"
                            : "there is a field internalPort, so that ports can be translated; leave portTranslation out");
        }
        SourceRestriction source =
                given ? section.choice("source", SOURCES).orElse(SourceRestriction.NONE) : SourceRestriction.NONE;
        if ((source != SourceRestriction.NONE) && !fields.containsKey(RuleForm.SOURCE)) {
            section.problem("source", "rules without the field source cannot be restricted; set source to none");
        }
        return new Profile.Limits(
                given ? section.number("maxRules", 1, 5000) : java.util.OptionalInt.empty(),
                given ? section.duration("minInterval", MOST_PACE).orElse(Duration.ZERO) : Duration.ZERO,
                translation,
                protocols(section, fields, given),
                source);
    }

    private Set<TransportProtocol> protocols(Section section, Map<String, RuleField> fields, boolean given) {
        Set<TransportProtocol> protocols = new LinkedHashSet<>();
        for (String name : given ? section.texts("protocols") : List.<String>of()) {
            TransportProtocol protocol = PROTOCOLS.get(name);
            if (protocol == null) {
                section.problem("protocols", "protocols are TCP and UDP, and " + Problems.quoted(name) + " is none");
            } else {
                protocols.add(protocol);
            }
        }
        if (protocols.isEmpty()) {
            protocols.addAll(PROTOCOLS.values());
        }
        RuleField field = fields.get(RuleForm.PROTOCOL);
        if (field != null) {
            protocols.stream()
                    .filter(protocol -> !field.values().containsKey(protocol.name()))
                    .forEach(protocol -> section.problem(
                            "protocols",
                            "the map of protocol does not say how " + protocol
                                    + " is written; add it, or leave it out of limits.protocols"));
        }
        return protocols;
    }

    private Optional<NameRule> nameRule(Section limits, Map<String, RuleField> fields, boolean given) {
        Optional<Node> node = given ? limits.find("name") : Optional.empty();
        if (!fields.containsKey(RuleForm.NAME)) {
            node.ifPresent(n -> problems.at(n, "limits.name is never used: rules have no field name"));
            return Optional.empty();
        }
        if (node.isEmpty()) {
            return Optional.of(new NameRule(64, "", Map.of()));
        }
        Section section = Section.of(node.get(), "limits.name", problems, List.of("length", "forbidden", "replace"));
        Map<Character, Character> replaced = new LinkedHashMap<>();
        section.find("replace")
                .ifPresent(n -> Section.pairs(n, problems).forEach(e -> {
                    String from = Section.text(e.getKey());
                    String to = Section.text(e.getValue());
                    if (from.length() != 1 || to.length() != 1) {
                        problems.at(e.getKey(), "one character is replaced by one other");
                    } else {
                        replaced.put(from.charAt(0), to.charAt(0));
                    }
                }));
        return Optional.of(new NameRule(
                section.number("length", 1, 256).orElse(64),
                section.text("forbidden").orElse(""),
                replaced));
    }

    private Optional<String> network(Section section, Scope scope) {
        boolean last = section.choice("address", Map.of("full", false, "last-octet", true))
                .orElse(false);
        Optional<String> name = section.text("network");
        if (last && name.isEmpty()) {
            section.problem(
                    "address", "with last-octet, 'network' names the variable that holds an address of the LAN");
        } else if (!last && name.isPresent()) {
            section.problem("network", "'network' is never used unless address is last-octet");
        }
        if (name.isPresent() && !scope.knows(name.get())) {
            section.problem(
                    "network",
                    "the variable " + Problems.quoted(name.get()) + " is not known here; "
                            + Problems.meant(name.get(), scope.names()));
        }
        return last ? name : Optional.empty();
    }

    private Optional<Profile.Lookup> lookup(Node node, Scope scope) {
        Section section = Section.of(node, "externalAddress", problems, List.of("request", "requests", "address"));
        List<Step> requests = requests(section, scope);
        return section.require("address")
                .map(n -> new Profile.Lookup(requests, steps.answers().extraction(n, "'address'")));
    }

    private List<Step> requests(Section section, Scope scope) {
        if (section.has("request") == section.has("requests") && section.node() instanceof MappingNode) {
            problems.at(section.node(), "here must be one of 'request' and 'requests'");
        }
        return steps.steps(section.find("requests").or(() -> section.find("request")), "it", scope);
    }

    private Profile.Reserved reserved(Node node, Scope scope) {
        Section section = Section.of(node, "reservedPorts", problems, List.of("request", "requests", "ports"));
        List<Step> requests = requests(section, scope);
        List<Profile.ReservedField> ports = new ArrayList<>();
        section.require("ports")
                .ifPresent(list -> Section.items(list).forEach(item -> {
                    Section port = Section.of(item, "a port", problems, List.of("port", "holder", "protocols"));
                    Set<TransportProtocol> protocols = new LinkedHashSet<>();
                    port.find("protocols").ifPresent(n -> {
                        for (Node each : Section.items(n)) {
                            if (each instanceof ScalarNode && PROTOCOLS.containsKey(Section.text(each))) {
                                protocols.add(PROTOCOLS.get(Section.text(each)));
                            } else {
                                problems.at(each, "protocols are TCP and UDP");
                            }
                        }
                    });
                    String holder = port.requireText("holder");
                    port.require("port")
                            .ifPresent(n -> ports.add(new Profile.ReservedField(
                                    steps.answers().extraction(n, "'port'"),
                                    holder,
                                    protocols.isEmpty() ? Set.of(TransportProtocol.TCP) : protocols)));
                }));
        return new Profile.Reserved(requests, ports);
    }

    /** What a write may be refused for, by the names that profiles use. */
    static final Map<String, Refusal> REFUSALS = Map.of(
            "other-host", Refusal.THIRD_PARTY,
            "conflict", Refusal.CONFLICT,
            "full", Refusal.TABLE_FULL,
            "own-port", Refusal.ROUTER_SERVICE,
            "not-allowed", Refusal.NOT_AUTHORIZED,
            "policy", Refusal.POLICY,
            "same-port", Refusal.SAME_PORT_REQUIRED,
            "other", Refusal.OTHER);
}
