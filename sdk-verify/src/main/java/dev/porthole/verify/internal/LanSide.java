package dev.porthole.verify.internal;

import dev.porthole.Deadline;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.reach.Target;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** The camera as it is seen on the LAN, where this host is on it. */
public final class LanSide {
    /** One hop away: a healthy camera answers a SYN within milliseconds; this allows for one lost SYN. */
    public static final Duration CHECK = Duration.ofMillis(1_200);

    private final UnaryOperator<InetSocketAddress> route;

    /** Takes the way addresses are mapped before dialling. */
    public LanSide(UnaryOperator<InetSocketAddress> route) {
        this.route = route;
    }

    /** The endpoint to dial for an address on the LAN; empty where this host is not on its network. */
    public Optional<InetSocketAddress> near(InetAddress address, int port) {
        InetSocketAddress asked = new InetSocketAddress(address, port);
        InetSocketAddress dialled = route.apply(asked);
        // Who maps an address knows the way to it.
        return !dialled.equals(asked) || LocalNetwork.current().attachedTo(address)
                ? Optional.of(dialled)
                : Optional.empty();
    }

    /** Whether a target is itself on a network of this host. */
    public boolean holds(Target target) {
        return target.address().isLoopbackAddress()
                || near(target.address(), target.port()).isPresent();
    }

    /** When to give up trying a target, so that time is left for looking at the camera on the LAN. */
    public Deadline leavingTime(Target target, Deadline deadline) {
        boolean looking = target.internal()
                .flatMap(camera -> near(camera.address(), camera.port()))
                .isPresent();
        Duration quarter = deadline.remaining().dividedBy(4);
        return looking ? deadline.minus(quarter.compareTo(CHECK) < 0 ? quarter : CHECK) : deadline;
    }

    /**
     * Why the camera does not accept connections on the LAN.
     *
     * @return empty where it does
     * @throws IOException where the thread was interrupted
     */
    public Optional<String> silence(InternalEndpoint camera, InetSocketAddress dialled, Deadline deadline)
            throws IOException {
        try {
            Wire.connect(dialled, deadline.within(CHECK)).close();
            return Optional.empty();
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return Optional.of("on the LAN, the camera at " + camera + " does not accept connections ("
                    + ConnectFailure.words(e) + ")");
        }
    }
}
