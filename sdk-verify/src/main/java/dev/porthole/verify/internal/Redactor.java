package dev.porthole.verify.internal;

import dev.porthole.Credentials;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Makes text of a peer fit for evidence and messages: one line, bounded, and without the account, which a hostile or
 * chatty device may send back to us (some cameras repeat {@code rtsp://user:password@…} in Content-Base).
 */
public final class Redactor {
    /** Enough for any title, server or realm of use; keeps reports readable. */
    static final int MAX_LENGTH = 200;

    /** Longer than any message of ours. */
    static final int MAX_MESSAGE = 800;

    /** Shorter passwords occur in any text; withholding them would garble it and tell that they are short. */
    private static final int SHORTEST_SECRET = 3;

    private static final Pattern USER_INFO = Pattern.compile("://[^/?#\\s\"'<>]*@");
    private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\s]+");

    /** Without case: hosts of URLs are made lower case before they are shown. */
    private final List<Pattern> secrets = new ArrayList<>();

    /** Takes what must not be shown. */
    public Redactor(Optional<Credentials> credentials) {
        credentials.ifPresent(this::withhold);
    }

    private void withhold(Credentials credentials) {
        String password = credentials.password().use(String::new);
        if (password.length() >= SHORTEST_SECRET) {
            String pair = credentials.user() + ":" + password;
            withhold(Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)));
            withhold(Base64.getEncoder().encodeToString(password.getBytes(StandardCharsets.UTF_8)));
            withhold(password);
        }
    }

    private void withhold(String secret) {
        secrets.add(Pattern.compile(Pattern.quote(secret), Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
    }

    /** The text on one line, without the account, cut to {@value #MAX_LENGTH} characters. */
    public String clean(String text) {
        return clean(text, MAX_LENGTH);
    }

    /** A message of somebody who speaks our own protocol: as {@link #clean}, cut to {@value #MAX_MESSAGE} characters. */
    public String message(String text) {
        return clean(text, MAX_MESSAGE);
    }

    private String clean(String text, int most) {
        // Bounded first, since the peer chooses the length; wide enough that no secret is cut into recognisable halves.
        String clean = text.length() > 4 * most ? text.substring(0, 4 * most) : text;
        for (Pattern secret : secrets) {
            clean = secret.matcher(clean).replaceAll("***");
        }
        clean = USER_INFO.matcher(clean).replaceAll("://");
        clean = UNPRINTABLE.matcher(clean).replaceAll(" ").strip();
        return clean.length() > most ? clean.substring(0, most) + "…" : clean;
    }
}
