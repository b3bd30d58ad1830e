package dev.porthole.routers.fakes;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Digest authentication as a FRITZ!Box does it: MD5, one realm, and a nonce count that must grow. */
final class DigestGuard {
    private static final Pattern PARAMETER = Pattern.compile("([a-z]+)=(?:\"([^\"]*)\"|([^\\s,]+))");
    private static final String REALM = "HTTPS Access";

    private final Map<String, Long> nonces = new HashMap<>();
    private long next = 0x30492F0B4025DFF7L;

    /** How an answer to a challenge looks. */
    enum Verdict {
        RIGHT,
        WRONG,
        TOO_OLD
    }

    Verdict verdict(Call call) {
        Map<String, String> sent = new HashMap<>();
        for (Matcher match = PARAMETER.matcher(call.header("Authorization")); match.find(); ) {
            sent.put(match.group(1), match.group(2) == null ? match.group(3) : match.group(2));
        }
        String secret = md5(FakeRouter.USER + ":" + REALM + ":" + FakeRouter.PASSWORD);
        String what = md5(call.method() + ":" + call.uri());
        String expected = md5(secret + ":" + sent.get("nonce") + ":" + sent.get("nc") + ":" + sent.get("cnonce") + ":"
                + sent.get("qop") + ":" + what);
        boolean right = expected.equals(sent.get("response"))
                && REALM.equals(sent.get("realm"))
                && call.uri().toString().equals(sent.get("uri"));
        if (!right) {
            return Verdict.WRONG;
        }
        long count = Long.parseLong(sent.get("nc"), 16);
        if (!nonces.containsKey(sent.get("nonce")) || count <= nonces.get(sent.get("nonce"))) {
            return Verdict.TOO_OLD;
        }
        nonces.put(sent.get("nonce"), count);
        return Verdict.RIGHT;
    }

    /** The parameters run together, and one is quoted that others do not quote. */
    String challenge(boolean stale) {
        String nonce = String.format("%016X", next += 0x9E3779B97F4A7C15L);
        nonces.put(nonce, 0L);
        return "Digest realm=\"" + REALM + "\",nonce=\"" + nonce + "\",algorithm=MD5,qop=\"auth\""
                + (stale ? ",stale=true" : "");
    }

    void forget() {
        nonces.clear();
    }

    private static String md5(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has MD5", e);
        }
    }
}
