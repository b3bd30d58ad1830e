package dev.porthole.testing;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Asks for an account and checks the answers strictly: nonce, nonce count, URI and digest. Thread-safe. */
final class LoginGuard {
    private static final Pattern PARAMETER = Pattern.compile("([a-zA-Z]+)\\s*=\\s*(?:\"([^\"]*)\"|([^\\s,]+))");

    private final String realm;
    private final String user;
    private final String password;
    private final List<LoginScheme> schemes;
    private final boolean firstNonceStale;
    private final Map<String, Long> nonces = new HashMap<>();
    private final String opaque = UUID.randomUUID().toString().replace("-", "");
    private boolean staleGiven;

    /**
     * A guard.
     *
     * @param schemes in the order in which they are offered; none lets everyone in
     * @param firstNonceStale whether the first answer to a challenge is refused with {@code stale=true}
     */
    LoginGuard(String realm, String user, String password, List<LoginScheme> schemes, boolean firstNonceStale) {
        this.realm = realm;
        this.user = user;
        this.password = password;
        this.schemes = List.copyOf(schemes);
        this.firstNonceStale = firstNonceStale;
    }

    /** What a check of a request led to. */
    record Outcome(boolean admitted, boolean stale) {
        static final Outcome ADMITTED = new Outcome(true, false);
        static final Outcome REFUSED = new Outcome(false, false);
        static final Outcome STALE = new Outcome(false, true);
    }

    synchronized Outcome check(RecordedRequest request) {
        if (schemes.isEmpty()) {
            return Outcome.ADMITTED;
        }
        String answer = request.header("Authorization").orElse("");
        if (answer.regionMatches(true, 0, "Basic ", 0, 6)) {
            return basic(answer.substring(6).strip()) ? Outcome.ADMITTED : Outcome.REFUSED;
        }
        if (answer.regionMatches(true, 0, "Digest ", 0, 7)) {
            return digest(request, parameters(answer.substring(7)));
        }
        return Outcome.REFUSED;
    }

    private boolean basic(String encoded) {
        if (!schemes.contains(LoginScheme.BASIC)) {
            return false;
        }
        String expected = Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
        return expected.equals(encoded);
    }

    private Outcome digest(RecordedRequest request, Map<String, String> answer) {
        String algorithm = answer.getOrDefault("algorithm", "MD5");
        Optional<LoginScheme> scheme = schemes.stream()
                .filter(each -> each.algorithm().equalsIgnoreCase(algorithm))
                .filter(each -> each.qop() == answer.containsKey("qop"))
                .findFirst();
        String nonce = answer.getOrDefault("nonce", "");
        boolean fits = scheme.isPresent()
                && answer.getOrDefault("username", "").equals(user)
                && answer.getOrDefault("realm", "").equals(realm)
                && answer.getOrDefault("uri", "").equals(request.target())
                && answer.getOrDefault("opaque", "").equals(opaque)
                && response(scheme.get(), request.method(), answer).equals(answer.get("response"));
        if (!fits || !nonces.containsKey(nonce)) {
            return Outcome.REFUSED;
        }
        if (firstNonceStale && !staleGiven) {
            staleGiven = true;
            nonces.remove(nonce);
            return Outcome.STALE;
        }
        return scheme.get().qop() ? counted(nonce, answer) : Outcome.ADMITTED;
    }

    /** A nonce count that does not grow is a replay. */
    private Outcome counted(String nonce, Map<String, String> answer) {
        String text = answer.getOrDefault("nc", "");
        if (!text.matches("[0-9a-fA-F]{8}") || Long.parseLong(text, 16) <= nonces.getOrDefault(nonce, 0L)) {
            return Outcome.REFUSED;
        }
        nonces.put(nonce, Long.parseLong(text, 16));
        return Outcome.ADMITTED;
    }

    private String response(LoginScheme scheme, String method, Map<String, String> answer) {
        String secret = hash(scheme, user + ":" + realm + ":" + password);
        String what = hash(scheme, method + ":" + answer.get("uri"));
        String middle = scheme.qop()
                ? answer.get("nonce") + ":" + answer.get("nc") + ":" + answer.get("cnonce") + ":" + answer.get("qop")
                : answer.get("nonce");
        return hash(scheme, secret + ":" + middle + ":" + what);
    }

    private static String hash(LoginScheme scheme, String text) {
        try {
            byte[] hash = MessageDigest.getInstance(scheme.algorithm()).digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + scheme.algorithm(), e);
        }
    }

    private static Map<String, String> parameters(String text) {
        Map<String, String> parameters = new HashMap<>();
        for (Matcher match = PARAMETER.matcher(text); match.find(); ) {
            String value = match.group(2) == null ? match.group(3) : match.group(2);
            parameters.put(match.group(1).toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    /** Adds the challenges to a reply, all with one new nonce. */
    synchronized HttpReply challenge(HttpReply reply, boolean stale) {
        String nonce = UUID.randomUUID().toString().replace("-", "");
        nonces.put(nonce, 0L);
        HttpReply challenging = reply;
        for (LoginScheme scheme : schemes) {
            challenging = challenging.withAlso(
                    "WWW-Authenticate",
                    scheme == LoginScheme.BASIC
                            ? "Basic realm=\"" + realm + "\""
                            : "Digest realm=\"" + realm + "\", nonce=\"" + nonce + "\", opaque=\"" + opaque + "\""
                                    + (scheme.algorithm().equals("MD5") && !scheme.qop()
                                            ? ""
                                            : ", algorithm=" + scheme.algorithm())
                                    + (scheme.qop() ? ", qop=\"auth\"" : "")
                                    + (stale ? ", stale=true" : ""));
        }
        return challenging;
    }
}
