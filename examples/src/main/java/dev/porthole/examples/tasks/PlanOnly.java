package dev.porthole.examples.tasks;

import dev.porthole.Camera;
import dev.porthole.Porthole;
import dev.porthole.PublicationPlan;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Target.Scheme;

/** Asks which external ports two cameras would get, and why; nothing is changed: {@code PlanOnly HOST HOST}. */
public final class PlanOnly {
    private PlanOnly() {}

    /**
     * Runs the example.
     *
     * @param args the addresses of two cameras
     */
    public static void main(String[] args) throws InterruptedException {
        Camera frontDoor = Camera.at(args[0]).name("front-door").build();
        Camera yard = Camera.at(args[1])
                .name("yard")
                .policy(Scheme.HTTP, PortPolicy.unofficial80xx())
                .policy(Scheme.RTSP, PortPolicy.manual(8889))
                .build();
        try (Porthole porthole = Porthole.builder().build()) {
            run(porthole, frontDoor, yard);
        }
    }

    static void run(Porthole porthole, Camera... cameras) throws InterruptedException {
        PublicationPlan plan = porthole.plan(cameras);
        plan.ports().assignments().forEach(System.out::println);
        plan.findings().forEach(System.out::println);
    }
}
