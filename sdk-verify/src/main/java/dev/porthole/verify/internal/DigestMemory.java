package dev.porthole.verify.internal;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.reach.Target;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which devices have offered Digest: one that then offers only Basic has changed, or somebody stands between.
 * Thread-safe.
 */
public final class DigestMemory {
    /** As many cameras as one host is expected to check; the oldest are forgotten first. */
    private static final int CAPACITY = 4096;

    private final Set<String> devices = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > CAPACITY;
        }
    }));

    /** Notes that the device behind a target offered Digest. */
    public void offered(Target target) {
        devices.add(device(target));
    }

    /** Whether the device behind a target has offered Digest. */
    public boolean seen(Target target) {
        return devices.contains(device(target));
    }

    /** A camera keeps its LAN address on all its ports; where that is unknown, an external port is one device. */
    private static String device(Target target) {
        return target.internal()
                .map(InternalEndpoint::address)
                .map(address -> address.getHostAddress())
                .orElse(target.address().getHostAddress() + " " + target.port());
    }
}
