package dev.porthole.verify.internal.web;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.ConnectFailure;
import dev.porthole.verify.internal.TlsVerdicts;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;

/** What it means that no web page came. */
final class HttpFailure {
    private final ConnectFailure connectFailure;

    HttpFailure(ConnectFailure connectFailure) {
        this.connectFailure = connectFailure;
    }

    /** The verdict on a failure of the first request. */
    Verdict verdict(Attempt attempt, DeviceHttpException failure, Deadline deadline) throws IOException {
        if (!failure.sent()) {
            attempt.begin(Stage.CONNECT);
            return connectFailure.verdict(attempt, connecting(failure), deadline);
        }
        attempt.begin(Stage.PROTOCOL);
        return switch (failure.kind()) {
            case TLS -> TlsVerdicts.notAgreed(attempt);
            case TIMED_OUT ->
                attempt.failed(
                        FindingCode.TIMED_OUT,
                        "Connected to " + attempt.target().uri() + ", but no page came in time.",
                        "Check that the mapping leads to the camera's web port, and that the camera is not overloaded.");
            case CLOSED -> connectFailure.verdict(attempt, new SocketException("ended without an answer"), deadline);
            default ->
                attempt.failed(
                        FindingCode.MALFORMED_REPLY,
                        "What answers at " + attempt.target().uri() + " does not speak HTTP, or breaks its rules.",
                        "Check that the mapping's internal port is the camera's web port (usually 80), not its RTSP port.");
        };
    }

    private static IOException connecting(DeviceHttpException failure) {
        return switch (failure.kind()) {
            case TIMED_OUT -> new SocketTimeoutException("no answer in time");
            case CONNECT_REFUSED -> new ConnectException("connection refused");
            case UNREACHABLE -> new NoRouteToHostException("no route to the host");
            default -> new SocketException("not connected");
        };
    }
}
