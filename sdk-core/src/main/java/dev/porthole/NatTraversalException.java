package dev.porthole;

import dev.porthole.diagnose.FindingCode;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The environment is broken: a gateway did not answer in time, or its answer is not the protocol's. What a gateway
 * properly refuses is no exception but a result.
 *
 * <p>The message says who, during what, and what to do next; it holds no secret and at most a short excerpt of what was
 * received.
 */
public class NatTraversalException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final FindingCode code;

    /**
     * A new exception.
     *
     * @param code what it is about, for example {@link FindingCode#TIMED_OUT}
     * @param message who, during what, and what to do next
     */
    public NatTraversalException(FindingCode code, String message) {
        this(code, message, null);
    }

    /**
     * A new exception with a cause.
     *
     * @param code what it is about
     * @param message who, during what, and what to do next
     * @param cause the cause, or null
     */
    public NatTraversalException(FindingCode code, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.code = Objects.requireNonNull(code, "code");
    }

    /**
     * What it is about.
     *
     * @return the code that a finding for this exception carries
     */
    public FindingCode code() {
        return code;
    }
}
