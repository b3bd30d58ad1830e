package dev.porthole.verify.internal.rtsp;

import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * Looks into the payloads of video for what a decoder starts from. A payload may be cut, empty or hostile: it is taken
 * for what it gives. Without state.
 */
@FunctionalInterface
interface VideoPayload {
    /** Looks at a payload, from 0 to its limit. */
    void look(ByteBuffer payload, DecoderStart start);

    static VideoPayload of(VideoCodec codec) {
        return switch (codec) {
            case H264 -> VideoPayload::h264;
            case H265 -> VideoPayload::h265;
            case MPEG4 -> VideoPayload::mpeg4;
            case JPEG -> VideoPayload::jpeg;
            case OTHER -> (payload, start) -> start.notLookedInto();
        };
    }

    /** RFC 6184 section 5.4: single NAL units, STAP-A and STAP-B, FU-A and FU-B. */
    private static void h264(ByteBuffer payload, DecoderStart start) {
        if (!payload.hasRemaining()) {
            return;
        }
        int type = payload.get(0) & 0x1F;
        switch (type) {
            case 24 -> units(payload, 1, unit -> h264Unit(unit, start));
            case 25 -> units(payload, 3, unit -> h264Unit(unit, start));
            case 28, 29 -> {
                if (payload.remaining() > 2 && (payload.get(1) & 0x80) != 0) {
                    byte[] unit = bytes(payload, 1);
                    unit[0] = (byte) (payload.get(0) & 0xE0 | payload.get(1) & 0x1F);
                    h264Unit(ByteBuffer.wrap(unit), start);
                }
            }
            default -> h264Unit(payload, start);
        }
    }

    /** ITU-T H.264 table 7-1. */
    private static void h264Unit(ByteBuffer unit, DecoderStart start) {
        switch (unit.get(0) & 0x1F) {
            case 5 -> start.keyFrame();
            case 7 -> start.parameterSet(VideoFormat.h264(bytes(unit, 0)));
            case 8 -> start.parameterSet();
            default -> {
                // Slices between key frames, and what goes with them.
            }
        }
    }

    /** RFC 7798 section 4.4: single NAL units, aggregation packets, fragmentation units. */
    private static void h265(ByteBuffer payload, DecoderStart start) {
        if (payload.remaining() < 2) {
            return;
        }
        int type = payload.get(0) >> 1 & 0x3F;
        switch (type) {
            case 48 -> units(payload, 2, unit -> h265Unit(unit, start));
            case 49 -> {
                if (payload.remaining() > 3 && (payload.get(2) & 0x80) != 0) {
                    byte[] unit = bytes(payload, 1);
                    unit[0] = (byte) (payload.get(0) & 0x81 | (payload.get(2) & 0x3F) << 1);
                    unit[1] = payload.get(1);
                    h265Unit(ByteBuffer.wrap(unit), start);
                }
            }
            default -> h265Unit(payload, start);
        }
    }

    /** ITU-T H.265 table 7-1. */
    private static void h265Unit(ByteBuffer unit, DecoderStart start) {
        int type = unit.get(0) >> 1 & 0x3F;
        if (type >= 16 && type <= 21) {
            start.keyFrame();
        } else if (type == 33) {
            start.parameterSet(VideoFormat.h265(bytes(unit, 0)));
        } else if (type == 32 || type == 34) {
            start.parameterSet();
        }
    }

    /** ISO/IEC 14496-2 table 6-3; RFC 6416 section 5: headers stand at the start of a payload. */
    private static void mpeg4(ByteBuffer payload, DecoderStart start) {
        if (payload.remaining() < 5 || (payload.getInt(0) & 0xFFFFFF00) != 0x100) {
            return;
        }
        int code = payload.get(3) & 0xFF;
        if (code == 0xB0 || code >= 0x20 && code <= 0x2F) {
            start.parameterSet();
        } else if (code == 0xB6 && (payload.get(4) & 0xC0) == 0) {
            start.keyFrame();
        }
    }

    /** RFC 2435 section 3.1: every picture stands for itself; its size is in units of eight pixels. */
    private static void jpeg(ByteBuffer payload, DecoderStart start) {
        boolean first = payload.remaining() >= 8 && (payload.getInt(0) & 0xFFFFFF) == 0;
        if (first) {
            start.keyFrame();
            int width = (payload.get(6) & 0xFF) * 8;
            int height = (payload.get(7) & 0xFF) * 8;
            if (width > 0 && height > 0) {
                start.size(new PictureSize(width, height));
            }
        }
    }

    /** The units of an aggregation packet, each behind its length of 16 bits. */
    private static void units(ByteBuffer payload, int offset, Consumer<ByteBuffer> each) {
        int at = offset;
        while (at + 2 < payload.remaining()) {
            int length = Math.min(payload.getShort(at) & 0xFFFF, payload.remaining() - at - 2);
            if (length > 0) {
                each.accept(payload.slice(at + 2, length));
            }
            at += 2 + length;
        }
    }

    private static byte[] bytes(ByteBuffer from, int at) {
        byte[] bytes = new byte[from.remaining() - at];
        from.get(at, bytes);
        return bytes;
    }
}
