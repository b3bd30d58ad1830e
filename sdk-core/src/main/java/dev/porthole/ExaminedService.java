package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Hop;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.PortMapping;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What {@link Porthole#diagnose} found out about one service of a camera.
 *
 * @param camera the camera
 * @param service the service
 * @param onLan what it showed on the LAN; empty where this host is not there
 * @param mapping the mapping that leads to it; empty where the gateway has none, or cannot tell
 * @param trial whether that mapping was made for the examination only, and has been released again
 * @param target the external endpoint that was tried; empty where none could be
 * @param outside what it showed from the vantage; empty where it was not tried
 * @param findings what follows for this service, the cause first
 */
public record ExaminedService(
        Camera camera,
        CameraService service,
        Optional<Verdict> onLan,
        Optional<PortMapping> mapping,
        boolean trial,
        Optional<Target> target,
        Optional<Verdict> outside,
        List<Finding> findings) {
    /** Checks that nothing is missing. */
    public ExaminedService {
        Objects.requireNonNull(camera, "camera");
        Objects.requireNonNull(service, "service");
        Objects.requireNonNull(onLan, "onLan");
        Objects.requireNonNull(mapping, "mapping");
        Objects.requireNonNull(target, "target");
        Objects.requireNonNull(outside, "outside");
        findings = List.copyOf(findings);
    }

    /**
     * Whether the service is mapped for good, was reached from the vantage, and does on the LAN what it should.
     *
     * @return true where it does
     */
    public boolean reachable() {
        return !trial
                && outside.filter(v -> v.status() == Verdict.Status.REACHABLE).isPresent()
                && !failsOnLan();
    }

    /**
     * The port of this host to which the mapping leads, and that is relayed to the camera.
     *
     * @return empty where the mapping leads to the camera itself, or there is none
     */
    public Optional<InternalEndpoint> relay() {
        return mapping.filter(m -> m.internalPort() > 0 && !m.leadsTo(camera.endpoint(service)))
                .flatMap(m -> m.internalAddress().map(address -> new InternalEndpoint(address, m.internalPort())));
    }

    /** Whether even the LAN sees it fail: its account, its stream. */
    boolean failsOnLan() {
        return onLan.filter(v -> v.status() == Verdict.Status.UNREACHABLE).isPresent();
    }

    /**
     * The first cause why the service is not reachable.
     *
     * @return empty where it is reachable, or no cause is known
     */
    public Optional<FindingCode> cause() {
        return reachable() || findings.isEmpty()
                ? Optional.empty()
                : Optional.of(findings.get(0).code());
    }

    /**
     * Where the way from the vantage to the camera is broken.
     *
     * @return empty where it is not, or where it is not known
     */
    public Optional<Hop> brokenAt() {
        return cause().flatMap(Hop::of);
    }
}
