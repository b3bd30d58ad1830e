package dev.porthole.routers.internal;

import dev.porthole.http.internal.HeaderFields;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a router answered, whole.
 *
 * @param url where the answer is from, after redirects
 * @param status the status code
 * @param headers the header fields
 * @param body the body, at most {@link RouterTransport#MAX_BODY} bytes; not copied
 */
@SuppressWarnings("ArrayRecordComponent") // Bodies are compared by nobody, and copying them would cost.
public record RouterReply(RouterUrl url, int status, HeaderFields headers, byte[] body) {
    /** HTML names its charset within its first 1024 bytes. */
    private static final int PRESCAN = 1024;

    private static final Pattern DECLARED = Pattern.compile("charset\\s*=\\s*[\"']?([A-Za-z0-9._:-]{1,40})");

    /**
     * Whether the status is one of success.
     *
     * @return true for 200 to 299
     */
    public boolean success() {
        return status >= 200 && status < 300;
    }

    /**
     * The body as text, by the charset of the header, of a byte order mark or of the page itself; else UTF-8 where the
     * bytes are that, else windows-1252 as browsers do.
     *
     * @return the text; bytes that are none in the charset become replacement characters
     */
    public String text() {
        return new String(body, charset());
    }

    /**
     * The charset of the body, in which forms are sent back too.
     *
     * @return the charset
     */
    public Charset charset() {
        return headers.first("Content-Type")
                .flatMap(RouterReply::declared)
                .or(this::marked)
                .or(() -> declared(new String(body, 0, Math.min(body.length, PRESCAN), StandardCharsets.ISO_8859_1)))
                .orElseGet(this::guessed);
    }

    private static Optional<Charset> declared(String text) {
        Matcher matcher = DECLARED.matcher(text);
        try {
            return matcher.find() ? Optional.of(Charset.forName(matcher.group(1))) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Optional<Charset> marked() {
        boolean utf8 = body.length >= 3 && body[0] == (byte) 0xEF && body[1] == (byte) 0xBB && body[2] == (byte) 0xBF;
        return utf8 ? Optional.of(StandardCharsets.UTF_8) : Optional.empty();
    }

    private Charset guessed() {
        try {
            StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(body));
            return StandardCharsets.UTF_8;
        } catch (CharacterCodingException e) {
            return Charset.forName("windows-1252");
        }
    }

    /** Where it is from and its status; the body may hold secrets. */
    @Override
    public String toString() {
        return status + " from " + url;
    }
}
