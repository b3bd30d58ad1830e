package dev.porthole.verify.internal.rtsp;

import dev.porthole.http.internal.auth.Login;
import java.io.IOException;
import java.util.Optional;

/** The web server did not open a tunnel for RTSP. */
final class TunnelException extends IOException {
    private static final long serialVersionUID = 1L;

    private final transient RtspReply reply;
    private final transient Optional<Login.Reason> stopped;
    private final boolean passwordExposed;

    TunnelException(RtspReply reply, Optional<Login.Reason> stopped, boolean passwordExposed) {
        super("no tunnel was opened");
        this.reply = reply;
        this.stopped = stopped;
        this.passwordExposed = passwordExposed;
    }

    /** What it answered. */
    RtspReply reply() {
        return reply;
    }

    /** Why no login was made; empty where none was asked for. */
    Optional<Login.Reason> stopped() {
        return stopped;
    }

    boolean passwordExposed() {
        return passwordExposed;
    }
}
