package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.reach.Target;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A mapping that a call of {@link Porthole#publish} made, or may have made, and takes back where it comes to nothing.
 *
 * @param observed the gateway
 * @param camera the camera
 * @param service the camera's service
 * @param request what the gateway was asked for
 * @param mapping what it holds, or what it was asked for where its answer stayed away
 * @param entry the mapping's entry in the ledger
 * @param before whether the mapping was there before, so that it stays
 */
record MadeMapping(
        ObservedGateway observed,
        Camera camera,
        CameraService service,
        MappingRequest request,
        PortMapping mapping,
        LedgerEntry entry,
        boolean before) {
    /** An interrupted caller waits this long at most, so that nothing stays mapped by halves. */
    private static final Duration WHEN_INTERRUPTED = Duration.ofSeconds(1);

    MadeMapping with(PortMapping granted, LedgerEntry written) {
        return new MadeMapping(observed, camera, service, request, granted, written, before);
    }

    /** The same, for the camera behind its stand-in. */
    MadeMapping of(Camera behind, CameraService served) {
        return new MadeMapping(observed, behind, served, request, mapping, entry, before);
    }

    /** The same, with another answer to whether it was there before and stays. */
    MadeMapping kept(boolean stays) {
        return new MadeMapping(observed, camera, service, request, mapping, entry, stays);
    }

    /** What is published by it; not tried yet. */
    PublishedEndpoint endpoint() {
        Optional<Target> target = outside().map(this::target);
        return new PublishedEndpoint(camera, service, request, mapping, target, Optional.empty());
    }

    /** IPv6 is not translated: the gateway lets in what is for the camera's own address. */
    private Optional<InetAddress> outside() {
        return camera.address() instanceof Inet6Address ? Optional.of(camera.address()) : observed.reachedAt();
    }

    private Target target(InetAddress external) {
        return Target.at(service.scheme(), external, mapping.externalPort())
                .path(service.path())
                .credentials(camera.credentials())
                .internal(camera.endpoint(service))
                .gateway(observed.provider().gateway().lanAddress())
                .build();
    }

    /** {@link #takeBack} for a caller who was interrupted and gets no result: what may be left is told by events. */
    static void takeBackInterrupted(List<MadeMapping> made, Settings settings) {
        takeBack(made, settings, Deadline.after(WHEN_INTERRUPTED)).forEach(settings.events()::found);
    }

    /**
     * Releases mappings, the last first, and has each gateway apply it. An interrupt does not keep it from trying each.
     *
     * @return a finding for each that may be left
     */
    static List<Finding> takeBack(List<MadeMapping> made, Settings settings, Deadline deadline) {
        return new TakeBack(settings, deadline).of(made);
    }
}
