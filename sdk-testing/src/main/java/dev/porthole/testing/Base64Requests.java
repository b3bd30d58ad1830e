package dev.porthole.testing;

import java.io.IOException;
import java.io.InputStream;
import java.util.Base64;

/** Takes the base64 off requests as they come, each with padding of its own, without waiting for more than is there. */
final class Base64Requests extends InputStream {
    private final InputStream encoded;
    private byte[] decoded = new byte[0];
    private int at;

    Base64Requests(InputStream encoded) {
        this.encoded = encoded;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        if (at == decoded.length) {
            byte[] four = encoded.readNBytes(4);
            if (four.length < 4) {
                return -1;
            }
            try {
                decoded = Base64.getDecoder().decode(four);
            } catch (IllegalArgumentException e) {
                throw new IOException("not base64", e);
            }
            at = 0;
        }
        int count = Math.min(length, decoded.length - at);
        System.arraycopy(decoded, at, target, offset, count);
        at += count;
        return count;
    }
}
