package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.ConnectFailure;
import dev.porthole.verify.internal.TlsVerdicts;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.util.Locale;

/** What it means that an RTSP attempt ended without a reply that can be used. */
final class RtspFailure {
    private final ConnectFailure connectFailure;

    RtspFailure(ConnectFailure connectFailure) {
        this.connectFailure = connectFailure;
    }

    /** The verdict on a failure at the stage under way. */
    Verdict verdict(Attempt attempt, IOException failure, Deadline deadline) throws IOException {
        if (attempt.stage() == Stage.CONNECT) {
            return connectFailure.verdict(attempt, failure, deadline);
        }
        if (attempt.stage() == Stage.TLS) {
            return failure instanceof TlsVerdicts.KeyChangedException
                    ? TlsVerdicts.changed(attempt)
                    : TlsVerdicts.notAgreed(attempt);
        }
        if (failure instanceof RtspException broken) {
            return broken(attempt, broken, deadline);
        }
        if (failure instanceof SocketTimeoutException) {
            return attempt.failed(
                    FindingCode.TIMED_OUT,
                    "Connected to " + attempt.target().uri() + ", but no answer came at stage " + attempt.stage()
                            + " in time.",
                    "Check that the mapping leads to the camera's RTSP port and that the camera is not overloaded;"
                            + " many cameras serve only a few viewers at once.");
        }
        return connectFailure.verdict(attempt, failure, deadline);
    }

    private Verdict broken(Attempt attempt, RtspException broken, Deadline deadline) throws IOException {
        attempt.saw("received", broken.excerpt());
        boolean first = attempt.stage() == Stage.PROTOCOL;
        return switch (broken.kind()) {
            case NOT_RTSP ->
                !first
                        ? malformed(attempt, "something came that is not RTSP")
                        : attempt.failed(
                                FindingCode.WRONG_DEVICE,
                                "At " + attempt.target().uri() + " something answers that is not an RTSP server: "
                                        + kind(broken.excerpt()) + ".",
                                "Check that the mapping's internal port is the camera's RTSP port (usually 554), not its web port,"
                                        + " and that its internal address is the camera's.");
            case CLOSED ->
                first ? connectFailure.verdict(attempt, broken, deadline) : malformed(attempt, broken.words());
            case CUT, MALFORMED -> malformed(attempt, broken.words());
        };
    }

    private static Verdict malformed(Attempt attempt, String what) {
        return attempt.failed(
                FindingCode.MALFORMED_REPLY,
                "At " + attempt.target().uri() + ", " + what + " (stage " + attempt.stage() + ").",
                "Try again; if it stays so, check that nothing between the router and the camera alters RTSP (an"
                        + " application-level gateway, \"RTSP ALG\"), and update the camera's firmware.");
    }

    private static String kind(String excerpt) {
        String start = excerpt.toLowerCase(Locale.ROOT);
        if (start.startsWith("http/") || start.startsWith("<")) {
            return "a web server";
        } else if (start.startsWith("ssh-")) {
            return "an SSH server";
        }
        return "it begins with other bytes";
    }
}
