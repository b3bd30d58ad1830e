package dev.porthole.examples.tasks;

import dev.porthole.Camera;
import dev.porthole.CameraBrand;
import dev.porthole.Credentials;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.PublishedEndpoint;
import dev.porthole.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Makes a camera reachable, tries it, and says what is true: {@code PublishCamera HOST USER PASSWORD-FILE}. */
public final class PublishCamera {
    private PublishCamera() {}

    /**
     * Runs the example.
     *
     * @param args the camera's address, its user, and the file with the password
     */
    public static void main(String[] args) throws IOException, InterruptedException {
        Secret password = Secret.of(Files.readAllLines(Path.of(args[2])).get(0));
        Camera camera = Camera.at(args[0])
                .name("front-door")
                .brand(CameraBrand.MILESIGHT)
                .credentials(new Credentials(args[1], password))
                .build();
        try (Porthole porthole = Porthole.builder().build()) {
            run(porthole, camera);
        }
    }

    static void run(Porthole porthole, Camera camera) throws InterruptedException {
        Publication publication = porthole.publish(camera);
        for (PublishedEndpoint endpoint : publication.endpoints()) {
            String uri = endpoint.target().map(Object::toString).orElse("address not told");
            String status =
                    endpoint.verdict().map(verdict -> verdict.status().name()).orElse("not tried");
            System.out.println(uri + " " + status);
        }
        publication.findings().forEach(System.out::println);
    }
}
