package dev.porthole.examples.tasks;

import dev.porthole.Camera;
import dev.porthole.Diagnosis;
import dev.porthole.ExaminedService;
import dev.porthole.Porthole;
import dev.porthole.Secret;
import dev.porthole.verify.AgentVerifier;
import dev.porthole.verify.CameraVerifier;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** Finds out why a camera cannot be reached: {@code DiagnoseCamera HOST AGENT-URL TOKEN-FILE}. */
public final class DiagnoseCamera {
    private DiagnoseCamera() {}

    /**
     * Runs the example.
     *
     * @param args the camera's address, the URL of a probe agent outside, and the file with the agent's token
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Secret token = Secret.of(Files.readAllLines(Path.of(args[2])).get(0));
        AgentVerifier agent = AgentVerifier.builder(URI.create(args[1]), token).build();
        // The agent sees the outside, this host the LAN; the agent also tells by which address it sees us.
        try (Porthole porthole = Porthole.builder()
                .verifier(agent)
                .verifier(new CameraVerifier())
                .vantage(agent.vantage())
                .observer(agent)
                .build()) {
            run(porthole, Camera.at(args[0]).name("front-door").build());
        }
    }

    static void run(Porthole porthole, Camera camera) throws InterruptedException {
        Diagnosis diagnosis = porthole.diagnose(camera);
        for (ExaminedService service : diagnosis.services()) {
            String way = service.reachable()
                    ? "reachable"
                    : "broken at "
                            + service.brokenAt().map(Enum::name).orElse("an unknown place")
                            + service.cause().map(cause -> ", " + cause).orElse("");
            System.out.println(service.service().name() + " " + way);
        }
        diagnosis.findings().forEach(System.out::println);
    }
}
