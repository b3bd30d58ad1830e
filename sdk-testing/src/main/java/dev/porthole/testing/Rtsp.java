package dev.porthole.testing;

import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;

/** RTSP/1.0 replies (RFC 2326). */
final class Rtsp {
    private Rtsp() {}

    /** A reply without a body. */
    static HttpReply status(int status, String reason) {
        return HttpReply.of(status, reason, new byte[0])
                .withStatusLine("RTSP/1.0 " + status + " " + reason)
                .withContentLength(Optional.empty());
    }

    static HttpReply ok() {
        return status(200, "OK");
    }

    static Function<RecordedRequest, Optional<HttpReply>> when(Predicate<RecordedRequest> fits, HttpReply reply) {
        return request -> fits.test(request) ? Optional.of(reply) : Optional.empty();
    }

    static BiFunction<RecordedRequest, CameraBehaviour.StreamAddress, Optional<HttpReply>> when(
            Predicate<RecordedRequest> fits, Function<CameraBehaviour.StreamAddress, HttpReply> reply) {
        return (request, address) -> fits.test(request) ? Optional.of(reply.apply(address)) : Optional.empty();
    }

    /** The path with its query, of an RTSP URL or a path; empty for {@code *} and for a URL without a path. */
    static String path(String target) {
        String rest = target.replaceFirst("(?i)^rtsps?://[^/]*", "");
        return rest.equals("*") ? "" : rest;
    }

    /** A packet as it travels in an RTSP connection (RFC 2326, section 10.12). */
    static byte[] interleaved(int channel, byte[] packet) {
        return ByteBuffer.allocate(4 + packet.length)
                .put((byte) '$')
                .put((byte) channel)
                .putShort((short) packet.length)
                .put(packet)
                .array();
    }

    /** An RTCP sender report of nothing (RFC 3550, section 6.4.1). */
    static byte[] senderReport() {
        return ByteBuffer.allocate(28)
                .put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) 6)
                .array();
    }
}
