package dev.porthole.routers;

import dev.porthole.Camera;
import dev.porthole.SourcePolicy;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.reach.Target.Scheme;
import dev.porthole.routers.RouterInstructions.Field;
import dev.porthole.routers.RouterInstructions.Section;
import dev.porthole.routers.RouterInstructions.Step;
import dev.porthole.routers.internal.guide.CommonWords;
import dev.porthole.routers.internal.guide.Guide;
import dev.porthole.routers.internal.guide.Part;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Fills in a guide. Used once. */
final class InstructionsWriter {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([a-z]+)}");
    /** With the service behind it 24 characters at most: what the tables known here take, with room for a number. */
    private static final int MOST_OF_A_NAME = 18;

    private final Guide guide;
    private final CommonWords words;
    private final List<ForwardedPort> ports;
    private final Map<Camera, String> ruleNames = new LinkedHashMap<>();
    private final List<String> sources;
    private final Map<String, String> shared = new LinkedHashMap<>();
    private final boolean anyone;
    private final boolean planned;
    private final boolean externalKnown;
    private final List<Section> sections = new ArrayList<>();

    InstructionsWriter(
            RouterGuide guide,
            List<ForwardedPort> ports,
            Optional<URI> router,
            Optional<InetAddress> gateway,
            Optional<InetAddress> externalAddress,
            SourcePolicy source,
            boolean planned) {
        this.guide = guide.guide();
        this.words = guide.words();
        this.ports = ports;
        this.anyone = source.isAnyone();
        this.planned = planned;
        this.externalKnown = externalAddress.isPresent();
        shared.put("brand", guide.name());
        shared.put("firmware", guide.firmware());
        shared.put("router", router.map(URI::toString).orElseGet(() -> words.get("router-unknown")));
        shared.put("gateway", gateway.map(InstructionsWriter::literal).orElseGet(() -> words.get("gateway-unknown")));
        shared.put(
                "host",
                externalAddress.map(InstructionsWriter::bracketed).orElseGet(() -> words.get("external-unknown")));
        sources = anyone
                ? List.of("0.0.0.0/0")
                : source.blocks().stream().map(Object::toString).toList();
        shared.put("source", String.join(", ", sources));
        for (ForwardedPort port : ports) {
            ruleNames.computeIfAbsent(port.camera(), this::ruleName);
        }
        shared.put(
                "cameras",
                ports.stream()
                        .map(port -> plain(port.camera().name()))
                        .distinct()
                        .collect(Collectors.joining(", ")));
    }

    RouterInstructions write() {
        onTheCameras();
        onTheRouter();
        whereAPortIsTaken();
        check();
        notes();
        return new RouterInstructions(
                filled(words.get("title"), shared),
                filled(words.get(guide.vendor() ? "status-vendor" : "status-public"), shared),
                sections);
    }

    private void onTheCameras() {
        List<Step> steps = new ArrayList<>();
        Camera last = null;
        for (ForwardedPort port : ports) {
            if (!port.camera().equals(last)) {
                last = port.camera();
                for (String key : List.of("camera-address", "camera-gateway", "camera-password", "camera-upnp")) {
                    steps.add(step(words.get(key), values(port)));
                }
            }
            boolean differs = port.externalPort() != port.service().port();
            if (differs && !guide.translates()) {
                steps.add(step(words.get("camera-port"), values(port)));
            } else if (differs && guide.id().equals(RouterGuides.ANY)) {
                steps.add(step(words.get("camera-port-if"), values(port)));
            }
        }
        section("camera", steps);
    }

    private void onTheRouter() {
        List<Step> steps = new ArrayList<>();
        steps.add(step(words.get("open"), shared));
        guide.steps("before").forEach(one -> steps.add(step(one.text(), shared)));
        for (ForwardedPort port : ports) {
            rules(port).forEach(values -> guide.steps("rule").forEach(one -> steps.add(rule(one, values))));
        }
        guide.steps("after").forEach(one -> steps.add(step(one.text(), shared)));
        section("router", steps);
    }

    /** What the rules for a port are filled in with: a table takes one source with each rule. */
    private List<Map<String, String>> rules(ForwardedPort port) {
        if (!guide.restricts()) {
            return List.of(values(port));
        }
        List<Map<String, String>> rules = new ArrayList<>();
        for (String source : sources) {
            Map<String, String> values = values(port);
            values.put("source", source);
            if (!rules.isEmpty()) {
                values.merge("rule", "-" + (rules.size() + 1), String::concat);
            }
            rules.add(values);
        }
        return rules;
    }

    private Step rule(Guide.Step one, Map<String, String> values) {
        List<Field> fields = new ArrayList<>();
        List<String> commands = new ArrayList<>();
        for (Part part : one.parts()) {
            if (!part.shown(!anyone)) {
                continue;
            }
            String value = filled(part.value(), values);
            part.label().ifPresentOrElse(label -> fields.add(new Field(label, value)), () -> commands.add(value));
        }
        return new Step(filled(one.text(), values), fields, commands);
    }

    private void whereAPortIsTaken() {
        List<Step> steps = new ArrayList<>();
        guide.steps("taken").forEach(one -> steps.add(step(one.text(), shared)));
        String external = ports.stream()
                .map(port -> Integer.toString(port.externalPort()))
                .collect(Collectors.joining(", "));
        Map<String, String> values = new LinkedHashMap<>(shared);
        values.put("external", external);
        steps.add(step(words.get("taken-other"), values));
        section("taken", steps);
    }

    private void check() {
        List<Step> steps = new ArrayList<>();
        guide.steps("check").forEach(one -> steps.add(step(one.text(), shared)));
        for (ForwardedPort port : ports) {
            Map<String, String> values = values(port);
            boolean stream = isStream(port);
            String path = stream ? port.service().path() : "/";
            values.put(
                    "uri",
                    port.service().scheme().id() + "://" + shared.get("host") + ":" + port.externalPort() + path);
            steps.add(step(words.get(stream ? "check-stream" : "check-web"), values));
        }
        if (!externalKnown) {
            steps.add(step(words.get("external-how"), shared));
        }
        section("check", steps);
    }

    private void notes() {
        List<Step> steps = new ArrayList<>();
        guide.steps("note").forEach(one -> steps.add(step(one.text(), shared)));
        if (!planned) {
            steps.add(step(words.get("ports-planned"), shared));
        }
        if (!anyone && !guide.restricts()) {
            steps.add(step(words.get("source-unsupported"), shared));
        } else if (anyone) {
            steps.add(step(words.get("source-anyone"), shared));
        }
        for (ForwardedPort port : ports) {
            if (isStream(port)) {
                if (port.externalPort() != port.service().port()) {
                    steps.add(step(words.get("rtsp-same"), values(port)));
                }
                steps.add(step(words.get("rtsp-blocked"), values(port)));
            }
        }
        section("notes", steps);
    }

    private static boolean isStream(ForwardedPort port) {
        return port.service().scheme() == Scheme.RTSP || port.service().scheme() == Scheme.RTSPS;
    }

    private void section(String heading, List<Step> steps) {
        if (!steps.isEmpty()) {
            sections.add(new Section(words.get(heading), steps));
        }
    }

    private Map<String, String> values(ForwardedPort port) {
        Map<String, String> values = new LinkedHashMap<>(shared);
        String service = port.service().name();
        int internal = guide.translates() ? port.service().port() : port.externalPort();
        values.put("camera", plain(port.camera().name()));
        values.put("service", service);
        values.put("rule", ruleNames.get(port.camera()) + "-" + service);
        values.put("address", literal(port.camera().address()));
        values.put("internal", Integer.toString(internal));
        values.put("external", Integer.toString(port.externalPort()));
        values.put("protocol", TransportProtocol.TCP.name());
        String upnp = "upnp-" + port.camera().brand().id();
        values.put("upnp", words.has(upnp) ? words.get(upnp) : words.get("upnp-other"));
        return values;
    }

    /** Letters, digits and hyphens, what any table takes; other than the names before it. */
    private String ruleName(Camera camera) {
        String plain = camera.name().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        String name = plain.isEmpty() ? "camera-" + lastOf(camera.address()) : plain;
        String cut = name.substring(0, Math.min(name.length(), MOST_OF_A_NAME));
        for (int i = 2; ruleNames.containsValue(cut); i++) {
            String number = "-" + i;
            cut = name.substring(0, Math.min(name.length(), MOST_OF_A_NAME - number.length())) + number;
        }
        return cut;
    }

    private static String lastOf(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet6Address
                ? HexFormat.of().formatHex(bytes, bytes.length - 4, bytes.length)
                : Integer.toString(bytes[bytes.length - 1] & 0xFF);
    }

    private static String literal(InetAddress address) {
        String literal = address.getHostAddress();
        int zone = literal.indexOf('%');
        return zone < 0 ? literal : literal.substring(0, zone);
    }

    private static String bracketed(InetAddress address) {
        return address instanceof Inet6Address ? "[" + literal(address) + "]" : literal(address);
    }

    private static String plain(String name) {
        return name.replaceAll("[\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]+", " ").strip();
    }

    private static Step step(String text, Map<String, String> values) {
        return new Step(filled(text, values), List.of(), List.of());
    }

    /** Fills in once: a value that looks like a placeholder stays what it is. */
    private static String filled(String text, Map<String, String> values) {
        Matcher matcher = PLACEHOLDER.matcher(text);
        StringBuilder out = new StringBuilder();
        while (matcher.find()) {
            String value = values.get(matcher.group(1));
            if (value == null) {
                throw new IllegalArgumentException(
                        "'" + matcher.group() + "' cannot be filled in here: " + text + " (see format.txt)");
            }
            matcher.appendReplacement(out, Matcher.quoteReplacement(value));
        }
        return matcher.appendTail(out).toString();
    }
}
