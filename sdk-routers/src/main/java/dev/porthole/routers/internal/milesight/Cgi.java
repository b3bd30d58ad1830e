package dev.porthole.routers.internal.milesight;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterTransport;
import dev.porthole.routers.internal.SessionEndedException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Posts calls to {@code /cgi}. Used by one thread at a time. */
final class Cgi {
    private static final JSON WITH_NULLS = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES);
    static final String JSON_TYPE = "application/json";
    /** A call that came too fast is not done; a second one after this is. */
    private static final long AFTER_TOO_FAST_MILLIS = 1000;

    private final RouterTransport transport;
    private Optional<String> authorization = Optional.empty();
    private int id;

    Cgi(RouterTransport transport) {
        this.transport = transport;
    }

    /** Shows the session by this field from now on. */
    void bearer(String value) {
        authorization = Optional.of(value);
    }

    /** A call in a session. */
    CgiReply call(String core, String function, List<?> values, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        CgiReply reply = answer(core, function, values, deadline);
        if (reply.sessionEnded()) {
            throw new SessionEndedException();
        }
        return reply;
    }

    /** A call whose status must be 0. */
    CgiReply done(String core, String function, List<?> values, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        CgiReply reply = call(core, function, values, deadline);
        if (!reply.ok()) {
            throw new NatTraversalException(
                    FindingCode.ROUTER_ERROR,
                    transport.place().base() + " refused " + function + " on " + core + " (status "
                            + (reply.status().isPresent() ? reply.status().getAsLong() : "missing")
                            + "). The account may not be an administrator's, or the firmware is another than those known"
                            + " here.");
        }
        return reply;
    }

    /** A login, whatever comes of it. */
    CgiReply login(List<?> values, Deadline deadline) throws InterruptedException {
        return read(sent(request("/cgi", body("user", "login", values)).withAccount(), deadline));
    }

    private CgiReply answer(String core, String function, List<?> values, Deadline deadline)
            throws InterruptedException {
        return read(post("/cgi", body(core, function, values), deadline));
    }

    private byte[] body(String core, String function, List<?> values) {
        Map<String, @Nullable Object> call = new LinkedHashMap<>();
        call.put("id", Integer.toString(++id));
        call.put("execute", 1);
        call.put("core", core);
        call.put("function", function);
        call.put("values", values);
        return bytes(call);
    }

    RouterReply post(String path, byte[] body, Deadline deadline) throws InterruptedException {
        return sent(request(path, body), deadline);
    }

    private RouterRequest request(String path, byte[] body) {
        RouterRequest bare = RouterRequest.post(path, JSON_TYPE, body).notFollowing();
        return authorization.map(value -> bare.with("Authorization", value)).orElse(bare);
    }

    /** Sends, and once more where the router was asked too fast, perhaps by another program. */
    private RouterReply sent(RouterRequest request, Deadline deadline) throws InterruptedException {
        RouterReply reply = transport.send(request, deadline);
        if (reply.status() != 503 || deadline.remainingMillis() <= AFTER_TOO_FAST_MILLIS) {
            return reply;
        }
        TimeUnit.MILLISECONDS.sleep(AFTER_TOO_FAST_MILLIS);
        return transport.send(request, deadline);
    }

    private CgiReply read(RouterReply reply) {
        if (reply.status() == 503) {
            throw new NatTraversalException(
                    FindingCode.ROUTER_ERROR,
                    reply.url().base()
                            + " answers that it is too busy (HTTP 503). Close its pages in other browsers, or try"
                            + " again later.");
        }
        return CgiReply.parse(reply)
                .orElseThrow(() -> new NatTraversalException(
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        reply.url() + " answered HTTP " + reply.status()
                                + " and no JSON, as a Milesight router would. Check the address and the brand."));
    }

    /** Ends the session on the router. */
    void logout(Deadline deadline) throws InterruptedException {
        post("/logout", new byte[0], deadline);
    }

    private static byte[] bytes(Map<String, @Nullable Object> call) {
        return text(call).getBytes(StandardCharsets.UTF_8);
    }

    /** Writes what was read as JSON, or is made of the same, with its nulls. */
    static String text(Map<String, ? extends @Nullable Object> map) {
        try {
            return WITH_NULLS.asString(map);
        } catch (IOException e) {
            throw new IllegalStateException("a map of text and numbers can be written", e);
        }
    }
}
