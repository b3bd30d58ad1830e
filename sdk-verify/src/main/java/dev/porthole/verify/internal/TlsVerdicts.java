package dev.porthole.verify.internal;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import java.io.IOException;
import java.util.Optional;

/** Whether a device's TLS key is the one it showed on first use, and what it means where TLS fails. */
public final class TlsVerdicts {
    /** Another key than before; thrown before anything was sent. */
    public static final class KeyChangedException extends IOException {
        private static final long serialVersionUID = 1L;

        /** A new exception. */
        public KeyChangedException() {
            super("the device shows another key than on first use");
        }
    }

    private TlsVerdicts() {}

    /** Whether a key is the device's known one; the first is kept. */
    public static boolean trusted(Settings settings, Target target, String key) {
        String device = target.internal().map(Object::toString).orElse(target.host() + ":" + target.port());
        Optional<String> known = settings.pins().pin(device);
        if (known.isEmpty()) {
            settings.pins().keep(device, key);
        }
        return known.isEmpty() || known.get().equals(key);
    }

    /** The verdict on another key. */
    public static Verdict changed(Attempt attempt) {
        attempt.begin(Stage.TLS);
        return attempt.failed(
                FindingCode.CERTIFICATE_CHANGED,
                "What answers at " + attempt.target().uri()
                        + " shows another TLS key than the camera did on first use.",
                "If the camera was replaced or reset, remove its kept key; if not, something else answers: check where"
                        + " the mapping leads.");
    }

    /** The verdict where TLS could not be agreed on. */
    public static Verdict notAgreed(Attempt attempt) {
        attempt.begin(Stage.TLS);
        return attempt.failed(
                FindingCode.NOT_REACHABLE,
                "Connected to " + attempt.target().uri() + ", but TLS could not be agreed on.",
                "Check that the mapping's internal port is the camera's encrypted port (HTTPS usually 443, RTSPS 322),"
                        + " and update the camera's firmware where it is so old that it offers only withdrawn TLS"
                        + " versions.");
    }
}
