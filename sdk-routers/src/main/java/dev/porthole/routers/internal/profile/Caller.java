package dev.porthole.routers.internal.profile;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.auth.ChallengeParser;
import dev.porthole.http.internal.auth.Login;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterTransport;
import dev.porthole.routers.internal.RouterUrl;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Makes requests of steps and sends them, with what shows the session. Used by one thread at a time. */
final class Caller {
    private static final String FORM = "application/x-www-form-urlencoded";

    private final Profile profile;
    private final RouterTransport transport;
    private final SafeXml xml = new SafeXml();
    private Optional<Login> http = Optional.empty();
    private Optional<LoginPlugin.Opened> plugin = Optional.empty();
    private Map<String, String> shown = Map.of();
    private boolean open;

    Caller(Profile profile, RouterTransport transport) {
        this.profile = profile;
        this.transport = transport;
    }

    /** Logs in by HTTP with each request from now on. */
    void by(Login login) {
        http = Optional.of(login);
    }

    void by(LoginPlugin.Opened opened) {
        plugin = Optional.of(opened);
    }

    /** Sends these header fields from now on. They may hold what is made of the password. */
    void shows(Map<String, String> headers) {
        shown = Map.copyOf(headers);
    }

    /** Sends the session's header fields from now on. */
    void opened() {
        open = true;
    }

    /** For messages. */
    String router() {
        return transport.place().base();
    }

    /** Names a step in messages, without what was put in. */
    String named(Step step) {
        return step.method() + " " + shown(step);
    }

    private static String shown(Step step) {
        String path = step.path().masked();
        int question = path.indexOf('?');
        return question < 0 ? path : path.substring(0, question);
    }

    Seen send(Step step, Values values, Deadline deadline) throws InterruptedException {
        return send(step, values, false, deadline);
    }

    /** Sends a request that may show the account. */
    Seen send(Step step, Values values, boolean account, Deadline deadline) throws InterruptedException {
        Charset charset = values.has("rows") && values.get("rows") instanceof FormRows rows
                ? rows.charset()
                : StandardCharsets.UTF_8;
        RouterRequest made = request(step, values, charset);
        RouterRequest request = account ? made.withAccount() : made;
        RouterReply reply = sent(plugin.map(p -> p.dressed(request)).orElse(request), deadline);
        plugin.ifPresent(p -> p.seen(reply));
        return new Seen(reply, xml);
    }

    private RouterRequest request(Step step, Values values, Charset charset) {
        Map<String, String> headers = new LinkedHashMap<>();
        Optional<byte[]> body = body(step, values, charset, headers);
        profile.headers()
                .forEach(field -> put(headers, field.name(), field.value().render(values)));
        if (open) {
            profile.session()
                    .headers()
                    .forEach(field -> put(headers, field.name(), field.value().render(values)));
        }
        shown.forEach((name, value) -> put(headers, name, value));
        step.headers().forEach(field -> put(headers, field.name(), field.value().render(values)));
        RouterRequest request =
                RouterRequest.of(step.method(), target(step, values), body).showing(shown(step));
        request = step.follows() ? request : request.notFollowing();
        for (Map.Entry<String, String> header : headers.entrySet()) {
            request = request.with(header.getKey(), checked(header.getKey(), header.getValue()));
        }
        return request;
    }

    /** A later field takes the place of an earlier one, in whatever case. */
    private static void put(Map<String, String> headers, String name, String value) {
        headers.keySet().removeIf(name::equalsIgnoreCase);
        headers.put(name, value);
    }

    private String checked(String name, String value) {
        if (value.chars().anyMatch(c -> c < ' ' || c > '~')) {
            throw new NatTraversalException(
                    FindingCode.PAGE_NOT_UNDERSTOOD,
                    router() + " gave a value that cannot go into the header " + name + " (profile " + profile.id()
                            + "). Its firmware may be another than the profile's.");
        }
        return value;
    }

    private String target(Step step, Values values) {
        String path = step.path().render(values, this::segment);
        String query = encoded(step.query(), values, List.of(), StandardCharsets.UTF_8);
        return query.isEmpty() ? path : path + (path.contains("?") ? "&" : "?") + query;
    }

    /** An empty part would make the path that of something else, such as of all rules instead of one. */
    private String segment(String value) {
        if (value.isEmpty()) {
            throw new NatTraversalException(
                    FindingCode.PAGE_NOT_UNDERSTOOD,
                    router() + " left a value empty that goes into a path (profile " + profile.id()
                            + "). Its firmware may be another than the profile's.");
        }
        return Escape.segment(value);
    }

    private static Optional<byte[]> body(Step step, Values values, Charset charset, Map<String, String> headers) {
        if (step.body() instanceof Body.Form form) {
            headers.put("Content-Type", FORM);
            List<Map.Entry<String, String>> rows =
                    form.withRows() ? ((FormRows) values.get("rows")).fields() : List.of();
            return Optional.of(encoded(form.fields(), values, rows, charset).getBytes(StandardCharsets.US_ASCII));
        }
        if (step.body() instanceof Body.Json json) {
            String text = JsonRows.text(json.tree().render(values));
            headers.put("Content-Type", json.urlEncoded() ? FORM : "application/json");
            return Optional.of((json.urlEncoded() ? Escape.segment(text) : text).getBytes(StandardCharsets.UTF_8));
        }
        if (step.body() instanceof Body.Xml text) {
            headers.put("Content-Type", "text/xml; charset=\"utf-8\"");
            return Optional.of(text.text().render(values, Escape::xml).getBytes(StandardCharsets.UTF_8));
        }
        return step.method().equals("GET") || step.method().equals("DELETE")
                ? Optional.empty()
                : Optional.of(new byte[0]);
    }

    /** Fields of a form; those of the profile take the place of the page's. */
    private static String encoded(
            List<Body.Field> fields, Values values, List<Map.Entry<String, String>> page, Charset charset) {
        List<Map.Entry<String, String>> rest = new ArrayList<>(page);
        StringBuilder text = new StringBuilder();
        for (Body.Field field : fields) {
            String value = field.value().render(values);
            String name = field.name().render(values);
            rest.removeIf(each -> each.getKey().equals(name));
            if (!field.optional() || !value.isEmpty()) {
                text.append('&').append(pair(name, value, charset));
            }
        }
        String before =
                rest.stream().map(e -> pair(e.getKey(), e.getValue(), charset)).collect(Collectors.joining("&"));
        String own = text.isEmpty() ? "" : text.substring(1);
        return before.isEmpty() || own.isEmpty() ? before + own : before + "&" + own;
    }

    private static String pair(String name, String value, Charset charset) {
        return Escape.form(name, charset) + "=" + Escape.form(value, charset);
    }

    private RouterReply sent(RouterRequest request, Deadline deadline) throws InterruptedException {
        if (http.isEmpty()) {
            return transport.send(request, deadline);
        }
        RouterReply reply = transport.send(authorized(request), deadline);
        if (reply.status() != 401) {
            http.get().accepted();
            return reply;
        }
        Optional<String> asked = transport.place().resolve(request.target()).map(RouterUrl::target);
        if (!asked.equals(Optional.of(reply.url().target()))) {
            // The transport sends no header field of ours to where it was redirected.
            return transport.send(
                    authorized(
                            RouterRequest.get(reply.url().base() + reply.url().target())
                                    .showing(request.shown().orElse("/..."))),
                    deadline);
        }
        Login.Step step = http.get()
                .onChallenge(
                        ChallengeParser.parse(reply.headers().all("WWW-Authenticate")),
                        request.method(),
                        reply.url().target());
        if (step instanceof Login.Step.Answer answer) {
            return transport.send(
                    request.with("Authorization", answer.authorization()).withAccount(), deadline);
        }
        if (step instanceof Login.Step.Stop stop && stop.reason() != Login.Reason.REFUSED) {
            throw new NatTraversalException(
                    FindingCode.PAGE_NOT_UNDERSTOOD,
                    router() + " asks for another login than the profile " + profile.id()
                            + " knows. No password was sent. Check the brand.");
        }
        return reply;
    }

    private RouterRequest authorized(RouterRequest request) {
        String target = transport
                .place()
                .resolve(request.target())
                .map(RouterUrl::target)
                .orElse(request.target());
        return http.flatMap(login -> login.authorization(request.method(), target))
                .map(value -> request.with("Authorization", value).withAccount())
                .orElse(request);
    }
}
