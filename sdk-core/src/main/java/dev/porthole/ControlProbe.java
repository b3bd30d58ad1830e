package dev.porthole;

import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.plan.Assignment;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The counter-test: maps a port to this host itself, and has the vantage try it. What arrives here has come through the
 * provider and the router, so what does not come back from a camera beside this host is the camera's fault. Used by one
 * thread.
 */
final class ControlProbe {
    private static final Logger LOG = LoggerFactory.getLogger(Porthole.class);

    /** The shortest lease that routers take; the mapping is released long before. */
    private static final Duration LEASE = Duration.ofMinutes(2);

    private static final byte[] ANSWER =
            "HTTP/1.0 204 No Content\r\nConnection: close\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    private final Settings settings;
    private final List<MadeMapping> made;
    private final Deadline deadline;

    /** What came of it. */
    enum Result {
        /** A connection from the vantage came to this host. */
        ARRIVED,
        /** None came, though the router maps the port. */
        LOST,
        /** It could not be tried. */
        UNKNOWN
    }

    ControlProbe(Settings settings, List<MadeMapping> made, Deadline deadline) {
        this.settings = settings;
        this.made = made;
        this.deadline = deadline;
    }

    /** Tries it through one gateway. */
    Result through(ObservedGateway observed) throws InterruptedException {
        try (ServerSocket listener = new ServerSocket()) {
            listener.bind(new InetSocketAddress(
                    LocalNetwork.addressTowards(observed.provider().gateway().lanAddress()), 0));
            AtomicBoolean arrived = new AtomicBoolean();
            Thread thread = new Thread(() -> answer(listener, arrived), "porthole-control");
            thread.setDaemon(true);
            thread.start();
            return tried(observed, listener, arrived);
        } catch (IOException | NatTraversalException e) {
            LOG.debug("the counter-test could not be made: {}", e.getMessage());
            return Result.UNKNOWN;
        }
    }

    private static void answer(ServerSocket listener, AtomicBoolean arrived) {
        while (!listener.isClosed()) {
            try (Socket socket = listener.accept()) {
                arrived.set(true);
                socket.getOutputStream().write(ANSWER);
            } catch (IOException e) {
                LOG.debug("counter-test: {}", e.getMessage());
            }
        }
    }

    private Result tried(ObservedGateway observed, ServerSocket listener, AtomicBoolean arrived)
            throws InterruptedException {
        Camera self = Camera.at(listener.getInetAddress())
                .name("counter-test")
                .service(Target.Scheme.HTTP, listener.getLocalPort())
                .without(Target.Scheme.RTSP)
                .build();
        CameraService service = self.services().get(0);
        Optional<Assignment> port = observed.plan(List.of(self)).assignment(self.planItem(service));
        if (port.isEmpty()) {
            return Result.UNKNOWN;
        }
        MappingRequest request = MappingRequest.to(
                        self.endpoint(service), port.get().externalPort())
                .description(port.get().item().tag())
                .lease(LEASE)
                .build();
        if (!(new MappingStep(observed, settings, made).run(self, service, request, false, deadline)
                instanceof Mapped)) {
            return Result.UNKNOWN;
        }
        MadeMapping mapping = made.get(made.size() - 1);
        try {
            observed.provider().commit(deadline);
            Optional<Verdict.Status> status = tried(mapping);
            if (arrived.get()) {
                return Result.ARRIVED;
            }
            return status.filter(s -> s == Verdict.Status.UNREACHABLE).isPresent() ? Result.LOST : Result.UNKNOWN;
        } finally {
            MadeMapping.takeBack(List.of(mapping), settings, deadline).forEach(settings.events()::found);
            made.remove(mapping);
        }
    }

    private Optional<Verdict.Status> tried(MadeMapping mapping) throws InterruptedException {
        Optional<Target> target = mapping.endpoint()
                .target()
                .map(whole ->
                        Target.at(whole.scheme(), whole.address(), whole.port()).build());
        if (target.isEmpty()) {
            return Optional.empty();
        }
        Verification.Trial trial =
                new Verification.Trial(target.get(), settings.vantage().orElse(Vantage.HERE));
        return new Verification(settings).run(List.of(trial), deadline).get(0).map(Verdict::status);
    }
}
