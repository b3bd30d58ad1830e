package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceText;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.ExternalAddress.Kind;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A gateway's connection to the outside: its status and address. Thread-safe. */
final class Uplink {
    /** What the search was told this short a time ago is not asked for again: two requests less on a slow router. */
    private static final Duration FRESH = Duration.ofSeconds(2);

    /** Said without a usable uplink; other errors mean that the gateway does not tell. */
    private static final int ACTION_FAILED = 501;

    /** The status is good to know, the address is what counts. */
    private static final Duration MOST_FOR_STATUS = Duration.ofSeconds(2);

    private final WanConnection wan;
    private final boolean miniupnpd;
    private final AtomicReference<@Nullable State> fresh;

    /** Whether the gateway says that it is connected. */
    enum Status {
        CONNECTED,
        NOT_CONNECTED,
        /** It does not tell. */
        UNKNOWN
    }

    /**
     * What the gateway says of its uplink.
     *
     * @param askedAt when, by {@link System#nanoTime()}
     */
    record State(Status status, ExternalAddress address, long askedAt) {
        /** Of a gateway that says nothing. */
        static State unknown(Status status) {
            return new State(status, ExternalAddress.UNKNOWN, System.nanoTime());
        }

        /** Connected, as far as is known, with an address of the Internet. */
        boolean usable() {
            return status != Status.NOT_CONNECTED && address.kind() == Kind.PUBLIC;
        }

        /** The best first: connected and public, connected and private, connected, any. */
        int rank() {
            if (status == Status.NOT_CONNECTED) {
                return 3;
            }
            return switch (address.kind()) {
                case PUBLIC -> 0;
                case DOUBLE_NAT, CGNAT -> 1;
                case UNUSABLE, UNKNOWN -> status == Status.CONNECTED ? 2 : 3;
            };
        }
    }

    Uplink(WanConnection wan, boolean miniupnpd) {
        this(wan, miniupnpd, null);
    }

    /**
     * The uplink of a gateway that was just found.
     *
     * @param found what it said then; the first question is answered by it while it is fresh, and a usable uplink
     */
    Uplink(WanConnection wan, boolean miniupnpd, @Nullable State found) {
        this.wan = wan;
        this.miniupnpd = miniupnpd;
        this.fresh = new AtomicReference<>(found);
    }

    State ask(Deadline deadline) throws InterruptedException {
        State found = fresh.getAndSet(null);
        if (found != null && found.usable() && System.nanoTime() - found.askedAt() < FRESH.toNanos()) {
            return found;
        }
        Status status = status(deadline);
        return new State(status, address(status, deadline), System.nanoTime());
    }

    private Status status(Deadline deadline) throws InterruptedException {
        try {
            return switch (wan.statusInfo(deadline.within(MOST_FOR_STATUS)).toLowerCase(Locale.ROOT)) {
                case "connected", "up" -> Status.CONNECTED;
                case "" -> Status.UNKNOWN;
                default -> Status.NOT_CONNECTED;
            };
        } catch (UpnpFaultException e) {
            return Status.UNKNOWN;
        } catch (NoAnswerException e) {
            if (!e.maybeDone() || deadline.expired()) {
                throw e;
            }
            // Some answer an action that they lack with a page for people, or not at all; the address may still come.
            return Status.UNKNOWN;
        }
    }

    private ExternalAddress address(Status status, Deadline deadline) throws InterruptedException {
        String reported;
        try {
            reported = wan.externalIpAddress(deadline);
        } catch (UpnpFaultException e) {
            return e.code() == ACTION_FAILED
                    ? new ExternalAddress(Kind.UNUSABLE, Optional.empty(), e.words())
                    : ExternalAddress.UNKNOWN;
        }
        ExternalAddress address = ExternalAddress.reported(DeviceText.oneLine(reported, 64));
        return miniupnpd && reported.isEmpty() && status == Status.CONNECTED
                ? new ExternalAddress(Kind.DOUBLE_NAT, Optional.empty(), "")
                : address;
    }
}
