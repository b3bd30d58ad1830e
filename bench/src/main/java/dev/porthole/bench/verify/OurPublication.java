package dev.porthole.bench.verify;

import dev.porthole.Camera;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.ReleaseReport;
import dev.porthole.Secret;
import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.Outcome;
import dev.porthole.reach.Target;
import dev.porthole.verify.AgentVerifier;
import dev.porthole.verify.CameraVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Publishes the camera's web page and stream, has the agent outside try both, and looks at what is behind the login on the
 * LAN; then releases both, which is not timed.
 */
final class OurPublication {
    private final Porthole porthole;
    private final Camera camera;
    private String timings = "";

    OurPublication(Home home) throws IOException {
        Path token = Path.of(Home.variable("PORTHOLE_LAB_AGENT_TOKEN_FILE"));
        AgentVerifier agent = AgentVerifier.builder(
                        URI.create(Home.variable("PORTHOLE_LAB_AGENT")),
                        Secret.of(Files.readString(token).strip()))
                .build();
        porthole = Porthole.builder()
                .vantage(agent.vantage())
                .observer(agent)
                .verifier(agent)
                .verifier(CameraVerifier.builder()
                        .mediaTime(StreamWorker.MEDIA_TIME)
                        .build())
                .build();
        camera = Camera.at(home.camera())
                .name("bench")
                .service(Target.Scheme.HTTP, 80)
                .service(Target.Scheme.RTSP, 554)
                .path(Target.Scheme.RTSP, StreamWorker.PATH)
                .credentials(home.credentials())
                .build();
    }

    Outcome turn() throws InterruptedException {
        long start = System.nanoTime();
        Publication publication = porthole.publish(camera);
        long nanos = System.nanoTime() - start;
        ReleaseReport released = porthole.release(publication);
        if (publication.status() != Publication.Status.REACHABLE
                || publication.endpoints().size() != 2) {
            return new Outcome.Failed(publication.status() + " " + publication.findings());
        }
        if (!released.complete()) {
            return new Outcome.Failed("not released: " + released.kept());
        }
        Publication.Timings took = publication.timings();
        timings = String.format(
                Locale.ROOT,
                "%d ms for finding and observing the gateway, %d for mapping and reading back, %d for verifying",
                took.discover().toMillis(),
                took.map().toMillis(),
                took.verify().toMillis());
        return new Outcome.Took(nanos);
    }

    /** What the last turn told of its time. */
    String timings() {
        return timings;
    }
}
