package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.DeviceRequest;
import dev.porthole.upnp.internal.WanConnection.Wanted;
import dev.porthole.upnp.internal.wire.ActionList;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * AddAnyPortMapping, where the gateway's service description lists it. The description is fetched when it is first needed,
 * which is rarely. Thread-safe.
 */
final class AddAny {
    private static final Logger LOG = LoggerFactory.getLogger(AddAny.class);
    private static final String ACTION = "AddAnyPortMapping";
    private static final int MAX_SCPD = 1 << 18;

    private final WanConnection wan;
    private final DeviceHttp http;
    private final Optional<DeviceUrl> scpd;
    private volatile @Nullable Boolean offered;

    AddAny(WanConnection wan, DeviceHttp http, Optional<DeviceUrl> scpd) {
        this.wan = wan;
        this.http = http;
        this.scpd = scpd;
    }

    /** Asks for a mapping on any external port; returns it with the port granted, empty where that is not offered. */
    Optional<Wanted> add(Wanted wanted, Deadline deadline) throws UpnpFaultException, InterruptedException {
        if (!offered(deadline)) {
            return Optional.empty();
        }
        int port = wan.addAnyPortMapping(wanted, deadline);
        return port == 0 ? Optional.empty() : Optional.of(wanted.withExternalPort(port));
    }

    private boolean offered(Deadline deadline) throws InterruptedException {
        Boolean known = offered;
        if (known != null) {
            return known;
        }
        if (scpd.isEmpty()) {
            return false;
        }
        DeviceRequest request = DeviceRequest.get(scpd.get().peer(), scpd.get().target())
                .maxBody(MAX_SCPD)
                .build();
        ReentrantLock lock = wan.soap().turns().take(wan.soap().router(), deadline);
        try {
            DeviceReply reply = http.send(request, deadline);
            boolean listed = reply.success()
                    && ActionList.read(wan.soap().xml(), reply.body()).contains(ACTION);
            offered = listed;
            return listed;
        } catch (DeviceHttpException e) {
            LOG.debug("{}: no service description: {}", wan.soap().name(), e.getMessage());
            return false;
        } finally {
            lock.unlock();
        }
    }
}
