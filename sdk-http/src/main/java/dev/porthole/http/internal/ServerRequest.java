package dev.porthole.http.internal;

import java.net.InetAddress;

/**
 * A request that came to a {@link SmallServer}.
 *
 * @param method as sent
 * @param target the request target as sent: a path, or whatever stood there
 * @param headers the header fields
 * @param body the body, empty where there is none. Not copied: whoever holds the request owns the array
 * @param peer the other end of the connection
 * @param secured whether the connection is TLS
 */
@SuppressWarnings("ArrayRecordComponent") // Bodies are compared by nobody, and copying them would cost.
public record ServerRequest(
        String method, String target, HeaderFields headers, byte[] body, InetAddress peer, boolean secured) {}
