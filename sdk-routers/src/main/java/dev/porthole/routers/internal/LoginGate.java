package dev.porthole.routers.internal;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers which accounts a router refused, and until when it lets nobody in: a refused login is never repeated, because
 * routers lock accounts after a few (Milesight: five tries, ten minutes). Accounts are kept as salted digests. Used under
 * the router's lock.
 */
final class LoginGate {
    /** More wrong accounts than this nobody tries; the oldest is forgotten. */
    private static final int MOST = 16;

    private final byte[] salt = new byte[16];
    private final Set<String> refused = new LinkedHashSet<>();
    private Optional<Deadline> lockedUntil = Optional.empty();

    LoginGate() {
        new SecureRandom().nextBytes(salt);
    }

    /** Throws where a login would be, or may be, refused again. */
    void check(String router, Credentials credentials) {
        if (lockedUntil.filter(until -> !until.expired()).isPresent()) {
            throw locked(router, lockedUntil.map(Deadline::remaining));
        }
        if (refused.contains(mark(credentials))) {
            throw new NatTraversalException(
                    FindingCode.LOGIN_REFUSED,
                    router + " refused user '" + credentials.user()
                            + "' with this password before; it is not tried again, because routers lock accounts. Check"
                            + " user and password.");
        }
    }

    /** Keeps a refusal and says it. */
    NatTraversalException refused(String router, Credentials credentials, LoginRefusedException refusal) {
        if (refusal.isLocked()) {
            lockedUntil = refusal.lockedFor().map(Deadline::after);
            return locked(router, refusal.lockedFor());
        }
        if (refused.size() == MOST) {
            refused.remove(refused.iterator().next());
        }
        refused.add(mark(credentials));
        String left = refusal.triesLeft().isPresent()
                ? " It allows " + refusal.triesLeft().getAsInt() + " more tries before it locks the account."
                : "";
        return new NatTraversalException(
                FindingCode.LOGIN_REFUSED,
                router + " refused user '" + credentials.user() + "' with the password given." + left
                        + " It is not tried again. Check user and password.");
    }

    private static NatTraversalException locked(String router, Optional<Duration> time) {
        String until = time.map(t -> "for another " + words(t)).orElse("for a while (it does not say how long)");
        return new NatTraversalException(
                FindingCode.LOGIN_LOCKED,
                router + " lets nobody log in " + until
                        + ", after too many wrong passwords. Wait, then try with the right password.");
    }

    private static String words(Duration time) {
        long seconds = Math.max(1, time.plusMillis(999).toSeconds());
        return seconds < 120 ? seconds + " s" : (seconds + 59) / 60 + " minutes";
    }

    private String mark(Credentials credentials) {
        return credentials.password().use(chars -> {
            ByteBuffer password = StandardCharsets.UTF_8.encode(CharBuffer.wrap(chars));
            try {
                MessageDigest digest = MessageDigest.getInstance("SHA-256");
                digest.update(salt);
                digest.update(credentials.user().getBytes(StandardCharsets.UTF_8));
                digest.update((byte) 0);
                digest.update(password);
                return HexFormat.of().formatHex(digest.digest());
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every Java platform has SHA-256", e);
            } finally {
                Arrays.fill(password.array(), (byte) 0);
            }
        });
    }
}
