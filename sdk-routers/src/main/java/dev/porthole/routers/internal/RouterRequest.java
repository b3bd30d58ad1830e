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
 * @param account whether it shows the account: a password, or what is made of one
 * @param shown the path in logs and messages, where the real one holds a secret
 */
@SuppressWarnings("ArrayRecordComponent") // Bodies are compared by nobody.
public record RouterRequest(
        String method,
        String target,
        List<HeaderFields.Field> headers,
        Optional<byte[]> body,
        boolean follows,
        boolean account,
        Optional<String> shown) {
    /** Copies the list. */
    public RouterRequest {
        headers = List.copyOf(headers);
    }

    /**
     * A request that shows no account.
     *
     * @param method {@code GET}, {@code POST} or another
     * @param target where to
     * @param body what to send; not copied
     * @return the request, which follows redirects
     */
    public static RouterRequest of(String method, String target, Optional<byte[]> body) {
        return new RouterRequest(method, target, List.of(), body, true, false, Optional.empty());
    }

    /**
     * A GET.
     *
     * @param target where to
     * @return the request, which follows redirects
     */
    public static RouterRequest get(String target) {
        return of("GET", target, Optional.empty());
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
        return of("POST", target, Optional.of(body)).with("Content-Type", contentType);
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
        return new RouterRequest(method, target, more, body, follows, account, shown);
    }

    /**
     * Takes a redirect as the answer.
     *
     * @return the changed request
     */
    public RouterRequest notFollowing() {
        return new RouterRequest(method, target, headers, body, false, account, shown);
    }

    /**
     * Says that it shows the account.
     *
     * @return the changed request
     */
    public RouterRequest withAccount() {
        return new RouterRequest(method, target, headers, body, follows, true, shown);
    }

    /**
     * Shows another path in logs and messages, because its own holds a secret.
     *
     * @param path what is shown
     * @return the changed request
     */
    public RouterRequest showing(String path) {
        return new RouterRequest(method, target, headers, body, follows, account, Optional.of(path));
    }

    /** The method and the path; the query, header fields and body may hold secrets. */
    @Override
    public String toString() {
        int question = target.indexOf('?');
        String path = question < 0 ? target : target.substring(0, question);
        return method + " " + shown.orElse(path);
    }
}
