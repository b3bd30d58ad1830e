package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.PortMapping;
import dev.porthole.upnp.internal.MappingTable.Look;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes mappings, never a foreign one: gateways delete anybody's mapping for anyone. */
final class Releaser {
    private static final Logger LOG = LoggerFactory.getLogger(Releaser.class);
    private static final int NO_SUCH_ENTRY = 714;

    private final WanConnection wan;
    private final MappingTable table;

    Releaser(WanConnection wan, MappingTable table) {
        this.wan = wan;
        this.table = table;
    }

    /** Removes a mapping where the gateway's entry is that one, and looks whether it is gone. */
    void release(PortMapping mapping, Deadline deadline) throws InterruptedException {
        Look before = look(mapping, deadline);
        if (!before.sure()) {
            throw new NatTraversalException(
                    FindingCode.ROUTER_ERROR,
                    name() + " offers no way to look whether external port " + mapping.external() + "/"
                            + mapping.protocol() + " is still ours, so it was not deleted. Delete the mapping on the"
                            + " router's own page.");
        }
        if (before.entry().isEmpty()) {
            LOG.debug("{}: {} is gone already", name(), mapping);
            return;
        }
        if (!same(mapping, before.entry().get())) {
            LOG.info(
                    "{}: {} is left alone, it is not {}", name(), before.entry().get(), mapping);
            return;
        }
        Optional<String> refusal = delete(mapping, deadline);
        Look after = look(mapping, deadline);
        if (after.entry().filter(entry -> same(mapping, entry)).isPresent()) {
            String why = refusal.orElse("it said that it was deleted, and still shows it");
            throw new NatTraversalException(
                    FindingCode.ROUTER_ERROR,
                    name() + " keeps external port " + mapping.external() + "/" + mapping.protocol() + ": " + why
                            + ". Delete the mapping on the router's own page.");
        }
        LOG.info("{}: {} released", name(), mapping);
    }

    /** Removes an entry of ours to make room for another; says why where the gateway keeps it. */
    Optional<Refused> replace(PortMapping entry, Deadline deadline) throws InterruptedException {
        Optional<String> refusal = delete(entry, deadline);
        return refusal.map(why -> Refusals.other(
                OptionalInt.empty(),
                "our own mapping of external port " + entry.external() + " is in the way and cannot be deleted: " + why
                        + "."));
    }

    /** Removes what was stored wrongly; it can do no more than try. */
    void remove(PortMapping entry, Deadline deadline) throws InterruptedException {
        try {
            delete(entry, deadline).ifPresent(why -> LOG.warn("{}: {} stays: {}", name(), entry, why));
        } catch (NatTraversalException e) {
            LOG.warn("{}: {} may stay: {}", name(), entry, e.getMessage());
        }
    }

    private Optional<String> delete(PortMapping mapping, Deadline deadline) throws InterruptedException {
        try {
            wan.deletePortMapping(mapping.protocol(), mapping.externalPort(), mapping.remoteHost(), deadline);
            return Optional.empty();
        } catch (UpnpFaultException e) {
            return e.code() == NO_SUCH_ENTRY ? Optional.empty() : Optional.of(e.words());
        } catch (NoAnswerException e) {
            if (!e.maybeDone()) {
                throw e;
            }
            // Done or not: looking again decides.
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private Look look(PortMapping mapping, Deadline deadline) throws InterruptedException {
        return table.look(mapping.protocol(), mapping.externalPort(), mapping.remoteHost(), deadline);
    }

    /**
     * Whether an entry is the mapping that was made: same endpoint, and a description that is ours, the same, or lost; or
     * the very same tag, whatever the gateway made of the endpoint.
     */
    private static boolean same(PortMapping mapping, PortMapping entry) {
        boolean endpoint = entry.internalClient().equals(mapping.internalClient())
                && entry.internalPort() == mapping.internalPort();
        boolean description = entry.description().equals(mapping.description());
        return endpoint
                ? (description || entry.ours() || entry.description().isEmpty())
                : (description && entry.ours());
    }

    private String name() {
        return wan.soap().name();
    }
}
