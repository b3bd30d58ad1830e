package dev.porthole;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import java.util.Objects;
import java.util.Optional;

/**
 * One service of a camera that is mapped.
 *
 * @param camera the camera
 * @param service the service
 * @param request what the gateway was asked for
 * @param mapping what the gateway holds, as read back
 * @param target the external endpoint; empty where the gateway does not tell its external address
 * @param verdict whether it is reachable; empty where it was not verified
 */
public record PublishedEndpoint(
        Camera camera,
        CameraService service,
        MappingRequest request,
        PortMapping mapping,
        Optional<Target> target,
        Optional<Verdict> verdict) {
    /** Checks that nothing is missing. */
    public PublishedEndpoint {
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(request, "request");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(verdict, "verdict");
    }

    /**
     * The port of this host to which the mapping leads, and that is relayed to the camera.
     *
     * @return empty where the mapping leads to the camera itself
     */
    public Optional<InternalEndpoint> relay() {
        return Optional.of(request.internal()).filter(internal -> !internal.equals(camera.endpoint(service)));
    }

    /**
     * The same endpoint with a verdict.
     *
     * @param verdict the verdict
     * @return the endpoint
     */
    PublishedEndpoint with(Verdict verdict) {
        return new PublishedEndpoint(camera, service, request, mapping, target, Optional.of(verdict));
    }
}
