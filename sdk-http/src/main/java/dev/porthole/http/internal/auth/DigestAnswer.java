package dev.porthole.http.internal.auth;

import dev.porthole.Credentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;

/**
 * The answer to a digest challenge: RFC 7616, RFC 2617, and without {@code qop} the form of RFC 2069.
 *
 * @param challenge answerable, that is with an {@link Challenge#algorithm()}
 * @param algorithm the challenge's
 * @param clientNonce fresh for each challenge
 * @param count how often this nonce has been used, from 1
 */
record DigestAnswer(Challenge challenge, DigestAlgorithm algorithm, String clientNonce, int count) {

    /** The value of the {@code Authorization} header for one request. */
    String header(Credentials credentials, String method, String uri) {
        String realm = parameter("realm");
        String nonce = parameter("nonce");
        boolean withQop = !challenge.qop().isEmpty();
        String uses = String.format(Locale.ROOT, "%08x", count);
        String secret = secret(credentials, realm, nonce);
        String request = hash(method + ":" + uri);
        String response = withQop
                ? hash(secret + ":" + nonce + ":" + uses + ":" + clientNonce + ":auth:" + request)
                : hash(secret + ":" + nonce + ":" + request);

        boolean hashedUser = "true".equalsIgnoreCase(challenge.parameters().getOrDefault("userhash", ""));
        StringBuilder header = new StringBuilder("Digest username=")
                .append(quoted(hashedUser ? hash(credentials.user() + ":" + realm) : credentials.user()));
        header.append(", realm=").append(quoted(realm));
        header.append(", nonce=").append(quoted(nonce));
        header.append(", uri=").append(quoted(uri));
        header.append(", response=\"").append(response).append('"');
        if (challenge.parameters().containsKey("algorithm")) {
            header.append(", algorithm=").append(algorithm.id());
        }
        if (withQop) {
            header.append(", qop=auth, nc=").append(uses).append(", cnonce=").append(quoted(clientNonce));
        } else if (algorithm.session()) {
            header.append(", cnonce=").append(quoted(clientNonce));
        }
        if (challenge.parameters().containsKey("opaque")) {
            header.append(", opaque=").append(quoted(parameter("opaque")));
        }
        if (hashedUser) {
            header.append(", userhash=true");
        }
        return header.toString();
    }

    private String secret(Credentials credentials, String realm, String nonce) {
        MessageDigest digest = algorithm.digest();
        digest.update((credentials.user() + ":" + realm + ":").getBytes(StandardCharsets.UTF_8));
        byte[] secret = credentials.password().use(password -> {
            byte[] bytes = PasswordBytes.utf8(password);
            digest.update(bytes);
            Arrays.fill(bytes, (byte) 0);
            return digest.digest();
        });
        String hex = HexFormat.of().formatHex(secret);
        return algorithm.session() ? hash(hex + ":" + nonce + ":" + clientNonce) : hex;
    }

    private String parameter(String name) {
        return challenge.parameters().getOrDefault(name, "");
    }

    private String hash(String text) {
        return HexFormat.of().formatHex(algorithm.digest().digest(text.getBytes(StandardCharsets.UTF_8)));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
