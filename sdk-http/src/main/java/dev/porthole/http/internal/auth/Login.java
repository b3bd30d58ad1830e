package dev.porthole.http.internal.auth;

import dev.porthole.Credentials;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Logging in at one device during one attempt. A password is sent once: cameras lock accounts after a few refusals.
 * Digest is preferred, the stronger algorithm first; Basic is used under the rules of {@link Policy}. Not thread-safe.
 */
public final class Login {
    /** Eight random bytes make a client nonce that no recording can answer. */
    private static final int CLIENT_NONCE_BYTES = 8;

    private static final SecureRandom RANDOM = new SecureRandom();

    /**
     * When a password may be sent in a form that can be read back.
     *
     * @param basicAllowed whether the caller allows Basic at all
     * @param encrypted whether the connection is
     * @param digestSeen whether this device has offered Digest before, so that Basic now would be a downgrade
     */
    public record Policy(boolean basicAllowed, boolean encrypted, boolean digestSeen) {}

    /** What to do about a challenge. */
    public sealed interface Step {
        /** Repeat the request with this {@code Authorization} header. */
        record Answer(String authorization) implements Step {
            /** Says nothing of the header: Basic holds the password. */
            @Override
            public String toString() {
                return "Answer[***]";
            }
        }

        /** Do not log in. */
        record Stop(Reason reason) implements Step {}
    }

    /** Why not to log in. */
    public enum Reason {
        /** No account was given. */
        NO_CREDENTIALS,
        /** The account was refused. */
        REFUSED,
        /** The device offers nothing that is known here. */
        UNSUPPORTED,
        /** Only Basic is offered, and the caller forbids it. */
        BASIC_FORBIDDEN,
        /** Only Basic is offered, by a device that offered Digest before. */
        DOWNGRADE
    }

    private final Optional<Credentials> credentials;
    private final Policy policy;
    private @Nullable DigestAnswer digest;
    private @Nullable String basic;
    private boolean staleRetried;
    private boolean accepted;

    /** Starts without having sent anything. */
    public Login(Optional<Credentials> credentials, Policy policy) {
        this.credentials = credentials;
        this.policy = policy;
    }

    /** Decides on a reply that asks for a login. */
    public Step onChallenge(List<Challenge> challenges, String method, String uri) {
        if (credentials.isEmpty()) {
            return new Step.Stop(Reason.NO_CREDENTIALS);
        }
        Optional<Challenge> best = strongest(challenges);
        if (basic != null || digest != null) {
            boolean tooOld = best.filter(challenge -> accepted || !staleRetried && challenge.stale())
                    .isPresent();
            if (digest == null || !tooOld) {
                return new Step.Stop(Reason.REFUSED);
            }
            staleRetried = true;
            accepted = false;
        }
        if (best.isPresent()) {
            digest = new DigestAnswer(best.get(), best.get().algorithm().orElseThrow(), clientNonce(), 0);
            return new Step.Answer(authorization(method, uri).orElseThrow());
        }
        return basic(challenges);
    }

    /** The device let the account in: where it asks again, its nonces are short-lived, and the account is right. */
    public void accepted() {
        accepted = digest != null;
    }

    /** The header for a further request to a device at which the login was begun; empty where it was not. */
    public Optional<String> authorization(String method, String uri) {
        if (digest != null) {
            digest = new DigestAnswer(digest.challenge(), digest.algorithm(), digest.clientNonce(), digest.count() + 1);
            return Optional.of(digest.header(credentials.orElseThrow(), method, uri));
        }
        return Optional.ofNullable(basic);
    }

    /** How the login was made, for evidence: {@code digest SHA-256}, {@code basic}; empty where none was. */
    public Optional<String> scheme() {
        return digest != null
                ? Optional.of("digest " + digest.algorithm().id())
                : Optional.ofNullable(basic).map(sent -> "basic");
    }

    /** Whether the password went out in a form that a listener can read. */
    public boolean passwordExposed() {
        return basic != null && !policy.encrypted();
    }

    /** The strongest digest challenge that can be answered. */
    public static Optional<Challenge> strongest(List<Challenge> challenges) {
        return challenges.stream()
                .filter(challenge -> challenge.algorithm().isPresent())
                .max(Comparator.comparing(challenge -> challenge.algorithm().orElseThrow()));
    }

    private Step basic(List<Challenge> challenges) {
        boolean digestOffered = challenges.stream().anyMatch(c -> c.scheme().equals("digest"));
        boolean basicOffered = challenges.stream().anyMatch(c -> c.scheme().equals("basic"));
        if (!basicOffered || (digestOffered && !policy.encrypted())) {
            return new Step.Stop(Reason.UNSUPPORTED);
        }
        if (!policy.basicAllowed()) {
            return new Step.Stop(Reason.BASIC_FORBIDDEN);
        }
        if (policy.digestSeen() && !policy.encrypted()) {
            return new Step.Stop(Reason.DOWNGRADE);
        }
        basic = "Basic " + basicToken(credentials.orElseThrow());
        return new Step.Answer(basic);
    }

    private static String basicToken(Credentials credentials) {
        return credentials.password().use(password -> {
            char[] pair = (credentials.user() + ":" + " ".repeat(password.length)).toCharArray();
            System.arraycopy(password, 0, pair, pair.length - password.length, password.length);
            byte[] bytes = PasswordBytes.utf8(pair);
            String token = Base64.getEncoder().encodeToString(bytes);
            Arrays.fill(pair, '\0');
            Arrays.fill(bytes, (byte) 0);
            return token;
        });
    }

    private static String clientNonce() {
        byte[] bytes = new byte[CLIENT_NONCE_BYTES];
        RANDOM.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
