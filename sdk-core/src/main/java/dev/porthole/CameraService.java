package dev.porthole;

import dev.porthole.mapping.PortRange;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Target;
import java.util.Objects;

/**
 * One service of a camera that is to be reachable. All services here use TCP: RTSP carries its media interleaved.
 *
 * @param scheme what it speaks
 * @param port the internal port, 1 to 65535
 * @param path the path that proves it, starting with a slash
 * @param policy how its external port is chosen
 */
public record CameraService(Target.Scheme scheme, int port, String path, PortPolicy policy) {
    /**
     * Checks the values.
     *
     * @throws IllegalArgumentException where the port is out of range
     */
    public CameraService {
        Objects.requireNonNull(scheme, "scheme");
        PortRange.checkPort(port);
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(policy, "policy");
    }

    /**
     * The service's name in tags and reports.
     *
     * @return the scheme in lower case, for example {@code rtsp}
     */
    public String name() {
        return scheme.id();
    }
}
