package dev.porthole.http.internal.auth;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads challenges from header values, several in one value or in many. Never fails: what is not a challenge is passed
 * over, a cut value gives what was there.
 */
public final class ChallengeParser {
    /** No device offers more ways to log in; a longer list is an attack on the reader. */
    private static final int MAX_CHALLENGES = 16;

    private final String text;
    private int at;

    private ChallengeParser(String text) {
        this.text = text;
    }

    /** The challenges of all header values, in order. */
    public static List<Challenge> parse(List<String> headerValues) {
        List<Challenge> challenges = new ArrayList<>();
        for (String value : headerValues) {
            new ChallengeParser(value).read(challenges);
        }
        return List.copyOf(challenges);
    }

    private void read(List<Challenge> challenges) {
        String scheme = null;
        Map<String, String> parameters = new LinkedHashMap<>();
        while (challenges.size() < MAX_CHALLENGES) {
            skip(", \t");
            String token = token();
            if (token.isEmpty()) {
                if (at >= text.length()) {
                    break;
                }
                at++; // a stray character
                continue;
            }
            skip(" \t");
            if (at < text.length() && text.charAt(at) == '=') {
                at++;
                skip(" \t");
                // The first of a repeated parameter counts, so that a second cannot replace what was checked.
                parameters.putIfAbsent(token.toLowerCase(Locale.ROOT), value());
            } else {
                add(challenges, scheme, parameters);
                scheme = token.toLowerCase(Locale.ROOT);
                parameters = new LinkedHashMap<>();
            }
        }
        add(challenges, scheme, parameters);
    }

    private static void add(List<Challenge> to, @Nullable String scheme, Map<String, String> parameters) {
        if (scheme != null && to.size() < MAX_CHALLENGES) {
            to.add(new Challenge(scheme, parameters));
        }
    }

    private void skip(String characters) {
        while (at < text.length() && characters.indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private String token() {
        int start = at;
        while (at < text.length() && ",=\" \t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String value() {
        if (at < text.length() && text.charAt(at) == '"') {
            return quoted();
        }
        int start = at;
        // An unquoted value may hold "=", as in a base64 nonce.
        while (at < text.length() && ", \t".indexOf(text.charAt(at)) < 0) {
            at++;
        }
        return text.substring(start, at);
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        for (at++; at < text.length() && text.charAt(at) != '"'; at++) {
            if (text.charAt(at) == '\\' && at + 1 < text.length()) {
                at++;
            }
            value.append(text.charAt(at));
        }
        at = Math.min(at + 1, text.length());
        return value.toString();
    }
}
