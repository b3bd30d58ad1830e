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
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Remembers which accounts a router did not let in, and until when it lets nobody in: such a login is never repeated,
 * because routers lock accounts after a few (Milesight: five tries, ten minutes). It counts as not let in whatever came of
 * a password that was answered, but a session that works. Accounts are kept as salted digests. Used under the router's
 * lock.
 */
final class LoginGate {
    /** More wrong accounts than this nobody tries; the oldest is forgotten. */
    private static final int MOST = 16;
    /** Where a router does not say how long it locks: the most common time, which is Milesight's too. */
    private static final Duration UNTOLD_LOCK = Duration.ofMinutes(10);

    private static final String BECAUSE = "because routers lock accounts";

    private final byte[] salt = new byte[16];
    private final Map<String, Kept> kept = new LinkedHashMap<>();
    private final Set<String> letIn = new HashSet<>();
    private boolean lockTold;
    private Optional<Deadline> lockedUntil = Optional.empty();

    /** Why an account is not tried again. */
    private record Kept(FindingCode code, String message) {}

    LoginGate() {
        new SecureRandom().nextBytes(salt);
    }

    /** Throws where a login would be, or may be, refused again. */
    void check(String router, Credentials credentials) {
        if (lockedUntil.filter(until -> !until.expired()).isPresent()) {
            throw locked(router, lockedUntil.map(Deadline::remaining).filter(rest -> lockTold));
        }
        Kept before = kept.get(mark(credentials));
        if (before != null) {
            throw new NatTraversalException(before.code(), before.message());
        }
    }

    /** Keeps a refusal and says it. */
    NatTraversalException refused(String router, Credentials credentials, LoginRefusedException refusal) {
        return switch (refusal.kind()) {
            case LOCKED -> {
                lockTold = refusal.lockedFor().isPresent();
                lockedUntil = Optional.of(Deadline.after(refusal.lockedFor().orElse(UNTOLD_LOCK)));
                yield locked(router, refusal.lockedFor());
            }
            case BUSY ->
                new NatTraversalException(
                        FindingCode.ROUTER_ERROR,
                        router
                                + " says that somebody else is logged in. Log them out, or wait until their session"
                                + " ends.");
            case REFUSED -> {
                String user = router + " refused user '" + credentials.user() + "' with ";
                keep(
                        mark(credentials),
                        FindingCode.LOGIN_REFUSED,
                        user + "this password before; it is not tried again, " + BECAUSE
                                + ". Check user and password.");
                String left = refusal.triesLeft().isPresent()
                        ? " It allows " + refusal.triesLeft().getAsInt() + " more tries before it locks the account."
                        : "";
                yield new NatTraversalException(
                        FindingCode.LOGIN_REFUSED,
                        user + "the password given." + left + " It is not tried again. Check user and password.");
            }
        };
    }

    /**
     * Keeps that a password was answered otherwise than by letting in or refusing, and says it. An account that worked
     * before may be right still, and has one more try.
     */
    NatTraversalException notLetIn(Credentials credentials, NatTraversalException why) {
        String mark = mark(credentials);
        if (letIn.remove(mark)) {
            return why;
        }
        String message = why.getMessage() + " The password was sent, and whether it is right is not known; it is not"
                + " sent again, " + BECAUSE + ". Find out why, then give another password, or start this program anew.";
        keep(mark, why.code(), message);
        return new NatTraversalException(why.code(), message, why);
    }

    /** Remembers that an account works. */
    void works(Credentials credentials) {
        if (letIn.size() < MOST) {
            letIn.add(mark(credentials));
        }
    }

    private void keep(String mark, FindingCode code, String message) {
        letIn.remove(mark);
        if (kept.size() == MOST) {
            kept.remove(kept.keySet().iterator().next());
        }
        kept.put(mark, new Kept(code, message));
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
