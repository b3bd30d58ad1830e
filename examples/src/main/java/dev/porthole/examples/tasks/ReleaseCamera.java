package dev.porthole.examples.tasks;

import dev.porthole.Porthole;
import dev.porthole.ReleaseReport;
import java.net.InetAddress;
import java.net.UnknownHostException;

/** Releases what Porthole has mapped for a camera, and nothing else: {@code ReleaseCamera HOST}. */
public final class ReleaseCamera {
    private ReleaseCamera() {}

    /**
     * Runs the example.
     *
     * @param args the camera's address
     */
    public static void main(String[] args) throws UnknownHostException, InterruptedException {
        try (Porthole porthole = Porthole.builder().build()) {
            run(porthole, InetAddress.getByName(args[0]));
        }
    }

    static void run(Porthole porthole, InetAddress camera) throws InterruptedException {
        ReleaseReport report = porthole.release(camera);
        report.released().forEach(mapping -> System.out.println("released " + mapping.external()));
        report.findings().forEach(System.out::println);
        System.out.println(report.complete() ? "nothing is left" : "try again later");
    }
}
