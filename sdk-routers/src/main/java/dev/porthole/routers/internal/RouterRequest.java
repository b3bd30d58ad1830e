package dev.porthole.routers.internal;

import dev.porthole.http.internal.HeaderFields;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A request to a router. Immutable: each {@code with} gives a changed copy.
 *
 * @param method {@code GET}, {@code POST} or another
 * @param target where to: a path, or a URL on the router, resolved against where the router's administration is
 * @param headers fields besides {@code Host}, {@code Cookie}, {@code Connection} and {@code Content-Length}
 * @param body what to send; empty for nothing
 * @param follows whether redirects are followed
 */
@SuppressWarnings("ArrayRecordComponent") // Bodies are compared by nobody.
public record RouterRequest(
        String method, String target, List<HeaderFields.Field> headers, Optional<byte[]> body, boolean follows) {
    /** Copies the list. */
    public RouterRequest {
        headers = List.copyOf(headers);
    }

    /**
     * A GET.
     *
     * @param target where to
     * @return the request, which follows redirects
     */
    public static RouterRequest get(String target) {
        return new RouterRequest("GET", target, List.of(), Optional.empty(), true);
    }

    /**
     * A POST.
     *
     * @param target where to
     * @param contentType the body's type
     * @param body the body; not copied
     * @return the request, which follows redirects
     */
    public static RouterRequest post(String target, String contentType, byte[] body) {
        return new RouterRequest("POST", target, List.of(), Optional.of(body), true).with("Content-Type", contentType);
    }

    /**
     * Adds a header field.
     *
     * @param name the name
     * @param value the value
     * @return the changed request
     */
    public RouterRequest with(String name, String value) {
        List<HeaderFields.Field> more = new ArrayList<>(headers);
        more.add(new HeaderFields.Field(name, value));
        return new RouterRequest(method, target, more, body, follows);
    }

    /**
     * Takes a redirect as the answer.
     *
     * @return the changed request
     */
    public RouterRequest notFollowing() {
        return new RouterRequest(method, target, headers, body, false);
    }

    /** The method and the path; the query, header fields and body may hold secrets. */
    @Override
    public String toString() {
        int question = target.indexOf('?');
        return method + " " + (question < 0 ? target : target.substring(0, question));
    }
}
