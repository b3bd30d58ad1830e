package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import dev.porthole.verify.internal.Settings;
import java.time.Duration;

/** How long an attempt may take for what. Not thread-safe. */
final class Pace {
    /** The verdict is waited for: a camera that answers at all answers a TEARDOWN within this time. */
    private static final Duration FAREWELL = Duration.ofSeconds(1);

    /** Where the time is up or the thread was interrupted: one round trip, within the tolerance of deadlines. */
    private static final Duration HURRIED_FAREWELL = Duration.ofMillis(150);

    private final Settings settings;
    private Deadline whole;

    Pace(Settings settings, Deadline whole) {
        this.settings = settings;
        this.whole = whole;
    }

    /** When a connection must have been made. */
    Deadline connect() {
        return whole.within(settings.connectTimeout());
    }

    /** When an answer must have come. */
    Deadline answer() {
        return whole.within(settings.answerTimeout());
    }

    /** When the attempt must have ended. */
    Deadline whole() {
        return whole;
    }

    /** From now on there is only time for a last request, where the time is up a little more than there was. */
    void farewell(boolean hurried) {
        Duration left = hurried ? Duration.ZERO : whole.remaining();
        Duration time = left.compareTo(HURRIED_FAREWELL) < 0
                ? HURRIED_FAREWELL
                : left.compareTo(FAREWELL) < 0 ? left : FAREWELL;
        whole = Deadline.after(time);
    }
}
