package dev.porthole.routers.internal.profile;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;

/** Reads how one logs in. */
final class AuthReader {
    private static final Map<String, Auth.Type> TYPES = Map.of(
            "none", Auth.Type.NONE,
            "basic", Auth.Type.BASIC,
            "digest", Auth.Type.DIGEST,
            "steps", Auth.Type.STEPS,
            "challenge", Auth.Type.CHALLENGE);
    private static final Map<String, Duration> UNITS =
            Map.of("seconds", Duration.ofSeconds(1), "minutes", Duration.ofMinutes(1));
    private static final Duration MOST_LOCK = Duration.ofHours(24);
    private static final List<String> AUTH = List.of(
            "type",
            "plugin",
            "values",
            "steps",
            "headers",
            "cookies",
            "refusedWhen",
            "lockedWhen",
            "busyWhen",
            "triesLeft",
            "lockedFor");

    private final Problems problems;
    private final StepReader steps;

    AuthReader(Problems problems, StepReader steps) {
        this.problems = problems;
        this.steps = steps;
    }

    /** Reads it; what its steps extract, and what a plug-in gives, is left in the scope, the account is not. */
    Auth read(Node node, Scope scope) {
        Section section = Section.of(node, "auth", problems, AUTH);
        section.require("type");
        Auth.Type type = section.choice("type", TYPES).orElse(Auth.Type.STEPS);
        String plugin = plugin(section, type, scope);
        Scope login = scope.inLogin();
        Map<String, Template> values = values(section, login);
        List<Step> requests = steps.steps(section.find("steps"), "auth", login);
        requests.forEach(step -> step.extract().keySet().forEach(scope::add));
        combination(section, type, requests);
        Lock lock = lock(section);
        return new Auth(
                type,
                plugin,
                values,
                requests,
                steps.headers(section.find("headers"), login),
                steps.headers(section.find("cookies"), login),
                steps.answers().conditions(section.find("refusedWhen"), "refusedWhen"),
                steps.answers().conditions(section.find("lockedWhen"), "lockedWhen"),
                steps.answers().conditions(section.find("busyWhen"), "busyWhen"),
                section.find("triesLeft").map(n -> steps.answers().extraction(n, "triesLeft")),
                lock.always(),
                lock.text(),
                lock.unit());
    }

    private String plugin(Section section, Auth.Type type, Scope scope) {
        if (type == Auth.Type.CHALLENGE) {
            section.require("plugin");
        } else if (section.has("plugin")) {
            section.problem("plugin", "a plugin belongs to type challenge");
        }
        String name = section.text("plugin").orElse("");
        Optional<LoginPlugin> plugin = LoginPlugins.named(name);
        if (!name.isEmpty() && plugin.isEmpty()) {
            section.problem(
                    "plugin",
                    "there is no plugin " + Problems.quoted(name) + "; " + Problems.meant(name, LoginPlugins.names()));
        }
        plugin.ifPresent(known -> known.variables().forEach(scope::add));
        return name;
    }

    private Map<String, Template> values(Section section, Scope login) {
        Map<String, Template> values = new LinkedHashMap<>();
        section.find("values").ifPresent(node -> {
            if (!(node instanceof MappingNode)) {
                problems.at(node, "'values' must be a mapping of variables and what they are made of");
            }
            for (Map.Entry<Node, Node> entry : Section.pairs(node, problems)) {
                String name = Section.text(entry.getKey());
                if (!name.matches("[A-Za-z][A-Za-z0-9_-]{0,39}") || login.knows(name)) {
                    problems.at(
                            entry.getKey(), Problems.quoted(name) + " is no name for a variable, or is known already");
                }
                values.put(name, Template.parse(entry.getValue(), login, problems));
                login.add(name);
            }
        });
        return values;
    }

    private void combination(Section section, Auth.Type type, List<Step> requests) {
        if (type == Auth.Type.STEPS && requests.isEmpty()) {
            section.require("steps");
        }
        if (type == Auth.Type.NONE || type == Auth.Type.CHALLENGE) {
            for (String key : List.of(
                    "values", "steps", "headers", "cookies", "refusedWhen", "lockedWhen", "busyWhen", "triesLeft")) {
                if (section.has(key)) {
                    section.problem(key, "'" + key + "' is never used with this type of auth");
                }
            }
        }
        if (section.has("lockedFor") && !section.has("lockedWhen")) {
            section.problem("lockedFor", "'lockedFor' is never used without lockedWhen");
        }
    }

    private record Lock(Optional<Duration> always, Optional<Extraction> text, Duration unit) {}

    private Lock lock(Section section) {
        Optional<Node> node = section.find("lockedFor");
        Duration second = Duration.ofSeconds(1);
        if (node.isEmpty() || !(node.get() instanceof MappingNode)) {
            return new Lock(section.duration("lockedFor", MOST_LOCK), Optional.empty(), second);
        }
        Section lock = Section.of(node.get(), "lockedFor", problems, List.of("text", "unit"));
        return new Lock(
                Optional.empty(),
                lock.require("text").map(n -> steps.answers().extraction(n, "lockedFor")),
                lock.choice("unit", UNITS).orElse(second));
    }
}
