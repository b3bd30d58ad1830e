package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.PortMapping;
import dev.porthole.upnp.internal.MappingTable.Look;
import dev.porthole.upnp.internal.WanConnection.Wanted;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes a mapping stand again that made room for nothing. It may have been in use, as a relay's is. */
final class PutBack {
    private static final Logger LOG = LoggerFactory.getLogger(PutBack.class);

    private final SoapClient soap;
    private final MappingTable table;
    private final LeaseRules leases;

    PutBack(SoapClient soap, MappingTable table, LeaseRules leases) {
        this.soap = soap;
        this.table = table;
        this.leases = leases;
    }

    /**
     * Makes an entry again as it was, with what was left of its lease, unless its port is held or nobody can tell.
     *
     * @return whether it was missing, and is there again
     */
    boolean of(PortMapping entry, Deadline deadline) throws InterruptedException {
        Look look = table.lookQuietly(entry.protocol(), entry.externalPort(), entry.remoteHost(), deadline);
        if (!look.sure() || look.entry().isPresent()) {
            return false;
        }
        Wanted asItWas = new Wanted(
                entry.protocol(),
                entry.remoteHost(),
                entry.externalPort(),
                entry.internalClient(),
                entry.internalPort(),
                entry.description(),
                entry.lease().orElse(Duration.ZERO));
        try {
            leases.add(asItWas, deadline);
            table.taken(entry.protocol(), entry.externalPort());
            LOG.info("{}: {} put back", soap.name(), entry);
            return true;
        } catch (UpnpFaultException | NatTraversalException e) {
            LOG.warn("{}: {} could not be put back: {}", soap.name(), entry, e.getMessage());
            return false;
        }
    }
}
