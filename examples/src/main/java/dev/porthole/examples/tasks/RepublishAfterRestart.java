package dev.porthole.examples.tasks;

import dev.porthole.Camera;
import dev.porthole.Deadline;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.pcp.PcpAnnouncements;
import dev.porthole.pcp.PcpGatewayFinder;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * Publishes a camera by PCP, and again whenever the router has lost its mappings: {@code RepublishAfterRestart HOST NAME}.
 * A router that restarts announces it to all hosts; where that gets lost, its next answer shows it.
 */
public final class RepublishAfterRestart {
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

    private RepublishAfterRestart() {}

    /**
     * Runs the example, until it is stopped.
     *
     * @param args the camera's address and name
     */
    public static void main(String[] args) throws InterruptedException {
        Camera camera = Camera.at(args[0]).name(args[1]).build();
        PcpGatewayFinder finder = new PcpGatewayFinder();
        PcpAnnouncements heard = PcpAnnouncements.listen(finder);
        try (Porthole porthole = Porthole.builder().finder(finder).verify(false).build()) {
            while (!Thread.currentThread().isInterrupted()) {
                untilLost(porthole, finder, SearchScope.builder().build(), camera, LOOK_EVERY);
            }
        } finally {
            heard.close();
        }
    }

    /** Publishes, and returns when the router has lost it. */
    static void untilLost(Porthole porthole, GatewayFinder finder, SearchScope scope, Camera camera, Duration lookEvery)
            throws InterruptedException {
        BlockingQueue<String> losses = new LinkedBlockingQueue<>();
        // Before anything is mapped, so that no restart is missed.
        for (PortMappingProvider provider : finder.find(scope, soon()).providers()) {
            provider.onStateLost((gateway, why) -> losses.add(gateway + ": " + why));
        }
        Publication publication = porthole.publish(camera);
        publication
                .endpoints()
                .forEach(endpoint -> System.out.println(
                        endpoint.service().name() + " at " + endpoint.mapping().externalPort()));
        publication.findings().forEach(System.out::println);
        String lost = losses.poll(lookEvery.toMillis(), TimeUnit.MILLISECONDS);
        while (lost == null) {
            finder.find(scope, soon()).providers().forEach(PortMappingProvider::close);
            lost = losses.poll(lookEvery.toMillis(), TimeUnit.MILLISECONDS);
        }
        System.out.println("lost by " + lost);
    }

    private static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(3));
    }
}
