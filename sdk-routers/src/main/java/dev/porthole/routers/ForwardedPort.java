package dev.porthole.routers;

import dev.porthole.Camera;
import dev.porthole.CameraService;
import dev.porthole.plan.PortPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * An external port that is to be forwarded to a service of a camera by hand.
 *
 * @param camera the camera
 * @param service one of its services
 * @param externalPort the port on the outside
 */
public record ForwardedPort(Camera camera, CameraService service, int externalPort) {
    /**
     * Checks the port.
     *
     * @throws IllegalArgumentException where the port is not within 1 and 65535
     */
    public ForwardedPort {
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(service, "service");
        if (externalPort < 1 || externalPort > 65_535) {
            throw new IllegalArgumentException("port " + externalPort + " is not within 1 and 65535");
        }
    }

    /**
     * The ports of a plan.
     *
     * @param cameras the cameras that were planned for
     * @param plan the plan
     * @return those services that got a port, camera by camera
     */
    public static List<ForwardedPort> of(List<Camera> cameras, PortPlan plan) {
        List<ForwardedPort> ports = new ArrayList<>();
        for (Camera camera : cameras) {
            for (CameraService service : camera.services()) {
                plan.assignment(camera.planItem(service))
                        .ifPresent(found -> ports.add(new ForwardedPort(camera, service, found.externalPort())));
            }
        }
        return ports;
    }
}
