package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.PortMapping;
import dev.porthole.upnp.internal.MappingTable.Look;
import dev.porthole.upnp.internal.WanConnection.Wanted;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out what a gateway's refusal means. Most codes say it. Two do not:
 *
 * <ul>
 *   <li><b>718</b> is a conflict, or secure mode (miniupnpd, IGD 1 builds). The entry at the port decides. If there is
 *       none, one other external port is tried, and released at once where it was granted: then something that no listing
 *       shows holds the port, else the gateway does not map for others.
 *   <li><b>606</b> is secure mode (IGD 2 builds), a permission rule, or nobody is allowed at all. At most three further
 *       mappings are asked for, each released at once where it was granted: the same with an external port from 49152
 *       (first where the wanted one is below 1024, else last), the same camera with an internal port from 49152, and this
 *       host's own address. The first one that is granted names the reason.
 * </ul>
 */
final class RefusalDiagnosis {
    private static final Logger LOG = LoggerFactory.getLogger(RefusalDiagnosis.class);

    /** Released at once; should that fail, it ends by itself. */
    private static final Duration TRIAL_LEASE = Duration.ofMinutes(2);

    private static final String TRIAL_TAG = "porthole:trial";
    private static final int FIRST_DYNAMIC_PORT = 49_152;
    private static final int LAST_DYNAMIC_PORT = 65_535;
    private static final int FIRST_UNPRIVILEGED = 1024;

    private final WanConnection wan;
    private final MappingTable table;
    private final LeaseRules leases;
    private volatile boolean mapsForOthers;

    RefusalDiagnosis(WanConnection wan, MappingTable table, LeaseRules leases) {
        this.wan = wan;
        this.table = table;
        this.leases = leases;
    }

    /** A mapping for another host was granted: from now on a refusal is not secure mode. */
    void granted(Wanted wanted) {
        if (!own(wanted)) {
            mapsForOthers = true;
        }
    }

    private boolean own(Wanted wanted) {
        return wan.soap()
                .localAddress()
                .map(InetAddress::getHostAddress)
                .filter(wanted.internalClient()::equals)
                .isPresent();
    }

    /** What a fault to AddPortMapping means, where the code alone tells. */
    Optional<Refused> byCode(UpnpFaultException e, Wanted wanted) {
        return Optional.ofNullable(
                switch (e.code()) {
                    case 715 -> Refusals.other(e, "it wants a remote host to be named for each mapping");
                    case 716 -> Refusals.other(e, "it does not accept this external port");
                    case 724 -> Refusals.samePort(wanted, e);
                    case 726 ->
                        wanted.remoteHost().isEmpty()
                                ? Refusals.other(e, "it wants no remote host, and none was named")
                                : Refusals.sourceUnsupported(
                                        "the router cannot restrict a mapping to one remote host: " + e.words(),
                                        e.protocolCode());
                    case 727 -> Refusals.other(e, "it maps only all external ports at once");
                    case 728 -> Refusals.tableFull(e);
                    case 729 -> Refusals.service(wanted, e);
                    case 732, 733 -> Refusals.other(e, "it does not accept this internal port");
                    case 402 ->
                        Refusals.other(e, "it takes one of the values for invalid, with every lease that was tried");
                    case 401, 602 -> Refusals.other(e, "it does not offer AddPortMapping on this connection");
                    case 501, 606, 718 -> null;
                    default -> Refusals.other(e, "");
                });
    }

    /** 718, after the entry at the port was looked for. */
    Refused conflictOrSecureMode(UpnpFaultException e, Wanted wanted, Look look, Deadline deadline)
            throws InterruptedException {
        Optional<PortMapping> held = look.entry();
        if (held.isPresent()) {
            return Refusals.conflict(wanted, held.get(), e.protocolCode());
        }
        if (mapsForOthers || own(wanted)) {
            return Refusals.conflict(wanted, e);
        }
        if (accepted(wanted.withExternalPort(freePort(wanted, deadline)), deadline)) {
            return Refusals.conflict(wanted, e);
        }
        return Refusals.thirdParty(wanted, e);
    }

    /** 606. */
    Refused notAuthorized(UpnpFaultException e, Wanted wanted, Deadline deadline) throws InterruptedException {
        int external = freePort(wanted, deadline);
        boolean low = wanted.externalPort() < FIRST_UNPRIVILEGED;
        Wanted highExternal = wanted.withExternalPort(external);
        if (low && accepted(highExternal, deadline)) {
            return Refusals.externalPolicy(wanted, external, e);
        }
        Wanted base = low ? highExternal : wanted;
        int internal = randomPort();
        if (accepted(base.withInternal(wanted.internalClient(), internal), deadline)) {
            return Refusals.internalPolicy(wanted, internal, e);
        }
        Optional<InetAddress> self = wan.soap().localAddress();
        if (self.isPresent() && !own(wanted)) {
            if (accepted(base.withInternal(self.get().getHostAddress(), internal), deadline)) {
                return Refusals.thirdParty(wanted, e);
            }
        }
        if (!low && accepted(highExternal, deadline)) {
            return Refusals.externalPolicy(wanted, external, e);
        }
        return Refusals.notAuthorized(e);
    }

    /** 501, after it was seen that nothing was stored and nobody holds the port. */
    Refused actionFailed(UpnpFaultException e, ExternalAddress external) {
        return switch (external.kind()) {
            case DOUBLE_NAT, CGNAT, UNUSABLE ->
                Refusals.other(
                        e,
                        "it has no usable external address"
                                + (external.reported().isEmpty() ? "" : " (" + external.reported() + ")"));
            case PUBLIC, UNKNOWN -> Refusals.other(e, "");
        };
    }

    private static int randomPort() {
        return ThreadLocalRandom.current().nextInt(FIRST_DYNAMIC_PORT, LAST_DYNAMIC_PORT + 1);
    }

    /** A dynamic port that nobody holds, so that a gateway that overwrites does no harm. */
    private int freePort(Wanted wanted, Deadline deadline) throws InterruptedException {
        int port = randomPort();
        try {
            while (table.look(wanted.protocol(), port, "", deadline).entry().isPresent()) {
                port = randomPort();
            }
        } catch (NatTraversalException e) {
            LOG.debug("{}: {}", wan.soap().name(), e.getMessage());
        }
        return port;
    }

    private boolean accepted(Wanted wanted, Deadline deadline) throws InterruptedException {
        Wanted trial = new Wanted(
                wanted.protocol(),
                wanted.remoteHost(),
                wanted.externalPort(),
                wanted.internalClient(),
                wanted.internalPort(),
                TRIAL_TAG,
                TRIAL_LEASE);
        boolean accepted = true;
        try {
            leases.add(trial, deadline);
        } catch (UpnpFaultException e) {
            return false;
        } catch (NoAnswerException e) {
            accepted = false;
            if (!e.maybeDone()) {
                return false;
            }
        }
        remove(trial, deadline);
        return accepted;
    }

    private void remove(Wanted trial, Deadline deadline) throws InterruptedException {
        try {
            wan.deletePortMapping(trial.protocol(), trial.externalPort(), trial.remoteHost(), deadline);
        } catch (UpnpFaultException | NatTraversalException e) {
            LOG.warn(
                    "{}: external port {} was mapped on trial and may stay so for {} s: {}",
                    wan.soap().name(),
                    trial.externalPort(),
                    TRIAL_LEASE.toSeconds(),
                    e.getMessage());
        }
    }
}
