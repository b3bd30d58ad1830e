package dev.porthole.routers.internal;

import dev.porthole.Deadline;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The least time between two requests to a router. Used under the router's lock. */
final class Pace {
    private final Duration least;
    private long lastEnded;
    private boolean any;

    Pace(Duration least) {
        this.least = least;
    }

    /** Waits until the next request may go out, or until the deadline. */
    void await(Deadline deadline) throws InterruptedException {
        if (any) {
            Duration rest = least.minusNanos(System.nanoTime() - lastEnded);
            Duration wait = rest.compareTo(deadline.remaining()) < 0 ? rest : deadline.remaining();
            if (!wait.isNegative()) {
                TimeUnit.NANOSECONDS.sleep(wait.toNanos());
            }
        }
    }

    void ended() {
        lastEnded = System.nanoTime();
        any = true;
    }
}
