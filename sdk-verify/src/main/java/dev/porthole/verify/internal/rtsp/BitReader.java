package dev.porthole.verify.internal.rtsp;

/** Reads the bit fields and Exp-Golomb codes of H.264 and H.265 parameter sets. Not thread-safe. */
final class BitReader {
    /** The data ended within a field, or a code is longer than the standards allow. */
    static final class EndException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        EndException() {
            super("the parameter set is cut or broken", null, false, false);
        }
    }

    private final byte[] data;
    private int bit;
    private int end;

    /** Takes a NAL unit and leaves out its emulation prevention bytes (00 00 03). */
    BitReader(byte[] unit, int headerBytes) {
        data = new byte[unit.length];
        int length = 0;
        int zeros = 0;
        for (int i = headerBytes; i < unit.length; i++) {
            if (zeros >= 2 && unit[i] == 3) {
                zeros = 0;
                continue;
            }
            zeros = unit[i] == 0 ? zeros + 1 : 0;
            data[length++] = unit[i];
        }
        end = length * 8;
    }

    int bits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            if (bit >= end) {
                throw new EndException();
            }
            value = (value << 1) | ((data[bit / 8] >> (7 - bit % 8)) & 1);
            bit++;
        }
        return value;
    }

    /** An unsigned number of 32 bits. */
    long word() {
        return Integer.toUnsignedLong(bits(32));
    }

    boolean flag() {
        return bits(1) == 1;
    }

    void skip(int count) {
        if (count > end - bit) {
            throw new EndException();
        }
        bit += count;
    }

    /** An unsigned Exp-Golomb code, ue(v). */
    int unsigned() {
        int zeros = 0;
        while (!flag()) {
            if (++zeros > 30) {
                throw new EndException();
            }
        }
        return (1 << zeros) - 1 + bits(zeros);
    }

    /** A signed Exp-Golomb code, se(v). */
    int signed() {
        int code = unsigned();
        return (code & 1) == 1 ? (code + 1) / 2 : -(code / 2);
    }
}
