package dev.porthole.verify.internal.rtsp;

import java.io.IOException;

/** The peer did not answer as an RTSP server does. */
final class RtspException extends IOException {
    private static final long serialVersionUID = 1L;

    /** What was wrong. */
    enum Kind {
        /** The connection ended before a reply began. */
        CLOSED,
        /** The connection ended within a reply. */
        CUT,
        /** What came is not RTSP. */
        NOT_RTSP,
        /** More than any camera sends, or values that contradict each other. */
        MALFORMED
    }

    private final Kind kind;
    private final String words;
    private final transient String excerpt;

    RtspException(Kind kind, String message, String excerpt) {
        super(message);
        this.kind = kind;
        this.words = message;
        this.excerpt = excerpt;
    }

    Kind kind() {
        return kind;
    }

    /** What was wrong, in words that hold nothing of the peer's text. */
    String words() {
        return words;
    }

    /** The start of what came, as it came. */
    String excerpt() {
        return excerpt;
    }
}
