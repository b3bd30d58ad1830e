package dev.porthole.routers.internal.milesight;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.porthole.routers.internal.RouterReply;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An answer's envelope: {@code {id, model, pn, oem, rtver, status, result:[…]}}. All of it is untrusted.
 *
 * @param fields the envelope as it came
 */
record CgiReply(Map<String, Object> fields) {
    /** The protocol's code for a session that is not known any more. */
    private static final long NO_SESSION = -32_001;

    /** Reads an answer; empty where it is no JSON object. */
    static Optional<CgiReply> parse(RouterReply reply) {
        try {
            // The reader makes null of "null".
            return Optional.ofNullable(JSON.std.mapFrom(reply.body())).map(CgiReply::new);
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** 0 says that the request was understood, not that it was done. */
    OptionalLong status() {
        return number(fields.get("status"));
    }

    boolean ok() {
        return status().isPresent() && status().getAsLong() == 0;
    }

    /** UG65 says {@code status:-2, result:[-32001, …]}, EG71 {@code status:-32001}. */
    boolean sessionEnded() {
        boolean listed = results().stream().map(CgiReply::number).anyMatch(n -> n.equals(OptionalLong.of(NO_SESSION)));
        return listed || status().equals(OptionalLong.of(NO_SESSION));
    }

    String text(String name) {
        return fields.get(name) instanceof String text ? text.strip() : "";
    }

    private List<Object> results() {
        return fields.get("result") instanceof List<?> list ? new ArrayList<>(list) : List.of();
    }

    /** The first result, empty where there is none. */
    Map<String, Object> result() {
        List<Object> results = results();
        return results.isEmpty() ? Map.of() : map(results.get(0));
    }

    /** The entries that a {@code get} brings; empty where the answer has no such list. */
    Optional<List<Object>> entries() {
        return result().get("get") instanceof List<?> list ? Optional.of(new ArrayList<>(list)) : Optional.empty();
    }

    /** A number of the first result or of the envelope. */
    OptionalLong number(String name) {
        OptionalLong inside = number(result().get(name));
        return inside.isPresent() ? inside : number(fields.get(name));
    }

    /** A whole number, also one in digits; empty for anything else. */
    static OptionalLong number(@Nullable Object value) {
        if (value instanceof Integer || value instanceof Long) {
            return OptionalLong.of(((Number) value).longValue());
        }
        if (value instanceof String text && text.strip().matches("-?[0-9]{1,15}")) {
            return OptionalLong.of(Long.parseLong(text.strip()));
        }
        return OptionalLong.empty();
    }

    /** An object with text keys; empty for anything else. */
    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        // What the JSON reader makes of an object has text keys.
        return value instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
    }
}
