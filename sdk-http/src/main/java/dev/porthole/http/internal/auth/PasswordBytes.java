package dev.porthole.http.internal.auth;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A password as bytes, with no copy left behind but the one that is returned. */
final class PasswordBytes {
    /** UTF-8 needs at most three bytes for a char. */
    private static final int MOST_BYTES = 3;

    private PasswordBytes() {}

    /** UTF-8, as RFC 7616 section 4 and RFC 7617 section 2.1 have it; the caller overwrites it. */
    static byte[] utf8(char[] password) {
        ByteBuffer room = ByteBuffer.allocate(password.length * MOST_BYTES);
        StandardCharsets.UTF_8
                .newEncoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .encode(CharBuffer.wrap(password), room, true);
        byte[] bytes = Arrays.copyOf(room.array(), room.position());
        Arrays.fill(room.array(), (byte) 0);
        return bytes;
    }
}
