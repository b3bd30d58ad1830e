package dev.porthole.http.internal;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** No usable HTTP reply came from a device. */
public final class DeviceHttpException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Why there is no reply. */
    public enum Kind {
        /** The deadline passed first. */
        TIMED_OUT,
        /** Nothing listens on the port. */
        CONNECT_REFUSED,
        /** No way to the host: no route, or this host may not send there. */
        UNREACHABLE,
        /** TLS could not be agreed on, or the certificate was not accepted. */
        TLS,
        /** The connection was closed or reset before the head of a reply had come. */
        CLOSED,
        /** What came is not an HTTP reply within the limits. */
        MALFORMED
    }

    private final Kind kind;
    private final boolean sent;

    DeviceHttpException(Kind kind, boolean sent, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.sent = sent;
    }

    /**
     * Why there is no reply.
     *
     * @return the kind of failure
     */
    public Kind kind() {
        return kind;
    }

    /**
     * Whether the device may have received the request, and so may have done what it asked for.
     *
     * @return false where the connection was never made
     */
    public boolean sent() {
        return sent;
    }
}
