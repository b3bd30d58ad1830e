package dev.porthole.bench.routers;

import dev.porthole.Camera;
import dev.porthole.Credentials;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.Secret;
import dev.porthole.routers.Milesight;
import dev.porthole.routers.WebRouter;
import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.SimulatedMilesight;
import java.io.IOException;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Publishes the web pages and streams of sixteen cameras, and counts the calls. */
final class SixteenCameras {
    private static final int CAMERAS = 16;
    private static final Duration PACE = Duration.ofMillis(500);

    void run(PrintStream out) throws IOException, InterruptedException {
        System.err.println("bench: sixteen cameras on a simulated Milesight");
        try (SimulatedMilesight router = SimulatedMilesight.options(MilesightFlavour.UR_3_0_14)
                .pace(PACE)
                .start()
                .addRule(9001, "192.168.69.200", 80, "nvr")) {
            long start = System.nanoTime();
            publish(router);
            double millis = (System.nanoTime() - start) / 1e6;
            Map<String, Integer> counts = new TreeMap<>(router.counts());
            int calls = counts.values().stream().mapToInt(Integer::intValue).sum();
            double pace = (calls - 1) * (double) PACE.toMillis();
            out.printf(Locale.ROOT, "| calls | how many |%n|---|---:|%n");
            counts.forEach((kind, count) -> out.printf("| %s | %d |%n", kind, count));
            out.printf(
                    Locale.ROOT,
                    "| **all** | **%d** |%n%nAll of it took %,.0f ms, of which the pace is %,.0f ms: %.2f.%n",
                    calls,
                    millis,
                    pace,
                    millis / pace);
        }
    }

    private static void publish(SimulatedMilesight router) throws InterruptedException {
        WebRouter web = WebRouter.builder(router.uri(), Milesight.router())
                .credentials(new Credentials("admin", Secret.of("password")))
                .build();
        List<Camera> cameras = new ArrayList<>();
        for (int i = 0; i < CAMERAS; i++) {
            cameras.add(Camera.at("192.168.69." + (10 + i)).name("camera-" + i).build());
        }
        try (Porthole porthole = Porthole.builder()
                .finder(web)
                .verify(false)
                .routedLans(true)
                .timeout(Duration.ofMinutes(2))
                .build()) {
            Publication publication = porthole.publish(cameras.toArray(Camera[]::new));
            if (publication.endpoints().size() != 2 * CAMERAS) {
                throw new IllegalStateException(publication.findings().toString());
            }
        }
    }
}
