package dev.porthole.verify.internal.rtsp;

import dev.porthole.CameraBrand;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.LoginVerdicts;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Collectors;

/** What it means that a server answers and refuses (RFC 2326 section 11.3). */
final class Refusals {
    /** What servers answer where a path leads to nothing; 400 and 454 are those of simple cameras. */
    private static final Set<Integer> NO_SUCH_PATH = Set.of(400, 404, 410, 454);

    private Refusals() {}

    /** The verdict on a web server that opens no tunnel. */
    static Verdict ofTunnel(Attempt attempt, TunnelException refused) {
        attempt.begin(Stage.PROTOCOL);
        attempt.passed(Stage.PROTOCOL);
        String status = refused.reply().statusLine();
        attempt.saw("status", status);
        if (refused.stopped().isPresent()) {
            return LoginVerdicts.stopped(attempt, refused.stopped().get(), refused.passwordExposed());
        }
        return attempt.failed(
                FindingCode.STREAM_NOT_FOUND,
                "The web server at " + attempt.target().uri() + " opens no tunnel for RTSP over HTTP: it says \""
                        + attempt.clean(status) + "\".",
                "Check that the camera offers RTSP over HTTP and that the port is that of its web server, and set the"
                        + " path of its stream; else map its RTSP port.");
    }

    /** The verdict on a refused DESCRIBE. */
    static Verdict ofDescribe(Attempt attempt, RtspAddress address, RtspReply reply) {
        String said = "The camera's RTSP server answers, but to DESCRIBE of " + attempt.clean(address.path())
                + " it says \"" + attempt.clean(reply.statusLine()) + "\".";
        if (NO_SUCH_PATH.contains(reply.status())) {
            return attempt.failed(
                    FindingCode.STREAM_NOT_FOUND,
                    said,
                    "Set the path of the camera's stream. Main streams by brand: " + mainStreams() + ".");
        }
        return attempt.failed(
                FindingCode.NOT_REACHABLE,
                said,
                "Check on the LAN that the stream plays; the camera may be out of viewers or bandwidth, or restarting.");
    }

    private static String mainStreams() {
        return Arrays.stream(CameraBrand.values())
                .filter(brand -> brand != CameraBrand.GENERIC)
                .map(brand -> brand.id() + " " + brand.mainStreamPath())
                .collect(Collectors.joining(", "));
    }

    /** The verdict on a refused SETUP or PLAY, at the stage under way. */
    static Verdict ofPlaying(Attempt attempt, RtspReply reply) {
        attempt.saw("status", reply.statusLine());
        String said = "The camera at " + attempt.target().uri() + " describes its stream, but refuses "
                + attempt.stage() + " with \"" + attempt.clean(reply.statusLine()) + "\": " + words(reply.status())
                + ".";
        FindingCode code = reply.status() == 401 || reply.status() == 403
                ? FindingCode.AUTH_FAILED
                : FindingCode.MEDIA_NOT_FLOWING;
        return attempt.failed(code, said, remedy(reply.status()));
    }

    private static String words(int status) {
        return switch (status) {
            case 401, 403 -> "the account may not play it";
            case 404, 454 -> "it does not know the stream or session that it has just named";
            case 453 -> "it has no bandwidth or no viewer left";
            case 455 -> "it thinks that this cannot be asked for now";
            case 459, 460 -> "it wants the whole stream controlled in another way than it described";
            case 461 -> "it does not send over the RTSP connection (TCP), and nothing else passes through the mapping";
            case 503 -> "it is busy or restarting";
            default -> "it does not say more";
        };
    }

    private static String remedy(int status) {
        return switch (status) {
            case 401, 403 -> "Give the account the right to view live video.";
            case 453, 503 ->
                "Close other viewers or raise the camera's limit of connections, or wait a minute: sessions of viewers"
                        + " that went away are kept for a while.";
            case 461 -> "Switch the camera's stream to unicast over TCP (\"RTP over RTSP\", \"interleaved\").";
            default ->
                "Check on the LAN that the stream plays over TCP; if it does, look for something on the way that alters"
                        + " RTSP (\"RTSP ALG\" on the router); if not, update the camera's firmware.";
        };
    }
}
