package dev.porthole.upnp.internal;

import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttpException;
import org.jspecify.annotations.Nullable;

/** An action got no usable answer. */
final class NoAnswerException extends NatTraversalException {
    private static final long serialVersionUID = 1L;

    private final boolean maybeDone;

    NoAnswerException(FindingCode code, boolean maybeDone, String message, @Nullable Throwable cause) {
        super(code, message, cause);
        this.maybeDone = maybeDone;
    }

    /** Whether the connection was closed without a byte, as by a daemon that drops a request under load. */
    boolean closed() {
        return getCause() instanceof DeviceHttpException e && e.kind() == DeviceHttpException.Kind.CLOSED;
    }

    /** Whether the gateway may have done what it was asked. */
    boolean maybeDone() {
        return maybeDone;
    }
}
