package dev.porthole.testing;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Accounts and sessions of a {@link SimulatedMilesight}. Used under its lock. */
final class MilesightLogin {
    private static final int TRIES = 5;
    private static final Duration LOCK = Duration.ofMinutes(10);

    private final MilesightOptions options;
    private final Set<String> sessions = new LinkedHashSet<>();
    private int wrong;
    private long lockedUntil;
    private boolean locked;
    private int tries;
    private int number;

    MilesightLogin(MilesightOptions options) {
        this.options = options;
    }

    int tries() {
        return tries;
    }

    int sessions() {
        return sessions.size();
    }

    void end() {
        sessions.clear();
    }

    void lock(Duration time) {
        locked = true;
        lockedUntil = System.nanoTime() + time.toNanos();
    }

    /** A new session, or the body of the refusal. */
    Object tried(Map<String, Object> values) {
        tries++;
        if (locked && lockedUntil - System.nanoTime() > 0) {
            return refusal(0);
        }
        locked = false;
        boolean right = options.user.equals(values.get("username"))
                && Optional.of(options.password).equals(decrypted(String.valueOf(values.get("password"))))
                && (options.flavour.loginBase.isEmpty() || options.flavour.loginBase.equals(values.get("base")));
        if (right) {
            wrong = 0;
            Session session = new Session("td" + ++number + "x" + Long.toString(System.nanoTime(), 36));
            sessions.add(session.td());
            return session;
        }
        if (++wrong >= TRIES) {
            wrong = 0;
            lock(LOCK);
            return refusal(0);
        }
        return refusal(TRIES - wrong);
    }

    /** A session that was opened. */
    record Session(String td) {}

    private String refusal(int chance) {
        long rest = locked ? Math.max(0, lockedUntil - System.nanoTime()) / 1_000_000_000L + 1 : 0;
        return "\"status\":-2,\"result\":[{\"chance\":" + chance + ",\"locktime\":" + Math.min(rest, 600) + "}]";
    }

    private Optional<String> decrypted(String text) {
        try {
            Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
            cipher.init(
                    Cipher.DECRYPT_MODE,
                    new SecretKeySpec(options.flavour.key.getBytes(StandardCharsets.US_ASCII), "AES"),
                    new IvParameterSpec(options.flavour.iv.getBytes(StandardCharsets.US_ASCII)));
            return Optional.of(new String(cipher.doFinal(Base64.getDecoder().decode(text)), StandardCharsets.UTF_8));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Whether a request shows a session that is open. */
    boolean open(RecordedRequest request) {
        return shown(request).filter(sessions::contains).isPresent();
    }

    void leave(RecordedRequest request) {
        shown(request).ifPresent(sessions::remove);
    }

    private Optional<String> shown(RecordedRequest request) {
        if (options.flavour.bearer) {
            String prefix = "Bearer login=" + options.user + ";";
            return request.header("Authorization")
                    .filter(value -> value.startsWith(prefix))
                    .map(value -> value.substring(prefix.length()));
        }
        for (String part : request.header("Cookie").orElse("").split(";", -1)) {
            if (part.strip().startsWith("td=")) {
                return Optional.of(part.strip().substring(3));
            }
        }
        return Optional.empty();
    }
}
