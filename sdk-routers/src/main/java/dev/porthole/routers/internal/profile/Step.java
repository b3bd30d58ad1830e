package dev.porthole.routers.internal.profile;

import java.util.List;
import java.util.Map;

/**
 * One request, what its answer must be like, and what is taken from it. Immutable.
 *
 * @param method of HTTP
 * @param path starts with a slash
 * @param query goes on the request line
 * @param headers besides those that all requests have
 * @param expect what the answer must be like
 * @param extract which variables it gives
 * @param follows whether redirects are followed
 */
record Step(
        String method,
        Template path,
        List<Body.Field> query,
        Body body,
        List<Header> headers,
        Condition expect,
        Map<String, Extraction> extract,
        boolean follows) {
    /** A header field. */
    record Header(String name, Template value) {}

    Step {
        query = List.copyOf(query);
        headers = List.copyOf(headers);
    }

    /** Whether a variable is put in somewhere. */
    boolean refersTo(String name) {
        return path.refersTo(name)
                || query.stream().anyMatch(field -> field.value().refersTo(name))
                || headers.stream().anyMatch(header -> header.value().refersTo(name))
                || body.refersTo(name);
    }
}
