package dev.porthole.verify.internal.rtsp;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;

/** What it means that a described stream is not set up or not played (RFC 2326 section 11.3). */
final class Refusals {
    private Refusals() {}

    /** The verdict on a refused SETUP or PLAY, at the stage under way. */
    static Verdict verdict(Attempt attempt, RtspReply reply) {
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
