package dev.porthole.relay;

import dev.porthole.mapping.InternalEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listener and the log; what a stranger can cause at will is told once a minute. Used by one thread. */
final class Announcer {
    private static final Logger LOG = LoggerFactory.getLogger(Relay.class);
    private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(1);

    private final RelayListener listener;
    private final LongSupplier clock;
    private final Map<Object, Repeated> repeated = new HashMap<>();

    /** Something that happens again and again. */
    private static final class Repeated {
        private long count;
        private long quietUntil;
    }

    Announcer(RelayListener listener, LongSupplier clock) {
        this.listener = listener;
        this.clock = clock;
    }

    void opened(InternalEndpoint target, InetSocketAddress source) {
        LOG.debug("{}: {} connected", target, source);
        tell(l -> l.opened(target, source));
        if (repeated.remove(target) != null) {
            LOG.info("{}: can be reached again", target);
            tell(l -> l.reachableAgain(target));
        }
    }

    void closed(InternalEndpoint target, InetSocketAddress source, RelayEnding ending, long to, long from) {
        LOG.debug("{}: {} is over, {}; {} bytes to the camera, {} from it", target, source, ending, to, from);
        tell(l -> l.closed(target, source, ending, to, from));
    }

    void refused(RelayRefusal reason, InetAddress source) {
        long count = due(reason);
        if (count > 0) {
            LOG.info("{} refused: {}, last {}", count, reason, source.getHostAddress());
            tell(l -> l.refused(reason, source, count));
        }
    }

    void unreachable(InternalEndpoint target, String why) {
        long count = due(target);
        if (count > 0) {
            LOG.warn("{}: cannot be reached ({}): {} connections were ended", target, why, count);
            tell(l -> l.unreachable(target, why, count));
        }
    }

    /** How often it happened since it was told last; 0 where that is not to be told now. */
    private long due(Object what) {
        long now = clock.getAsLong();
        Repeated one = repeated.get(what);
        if (one == null) {
            one = new Repeated();
            repeated.put(what, one);
        } else if (now - one.quietUntil < 0) {
            one.count++;
            return 0;
        }
        long count = one.count + 1;
        one.count = 0;
        one.quietUntil = now + QUIET_NANOS;
        return count;
    }

    private void tell(Consumer<RelayListener> event) {
        try {
            event.accept(listener);
        } catch (RuntimeException e) {
            LOG.warn("a listener failed; the relay goes on: {}", listener, e);
        }
    }
}
