package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Mapped.How;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.upnp.internal.MappingTable.Look;
import dev.porthole.upnp.internal.WanConnection.Wanted;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes one mapping: looks at what is there, asks, reads back. What is foreign is left alone, what was stored wrongly is
 * removed, and a reply that got lost is decided by reading back. Used once, under the router's lock.
 */
final class Mapper {
    private static final Logger LOG = LoggerFactory.getLogger(Mapper.class);

    private static final int INVALID_ARGS = 402;
    /** UPnP Device Architecture 1.1 section 3.2.2; the description is the only string of some length. */
    private static final int STRING_TOO_LONG = 605;

    /** Kept back from the asking, so that a lost reply can still be decided: a third, at most this. */
    private static final Duration MOST_FOR_READING_BACK = Duration.ofSeconds(3);

    private final Parts parts;
    private final MappingRequest request;
    private final Optional<PortMapping> known;
    private final Deadline deadline;
    private final Wanted wanted;
    /** Whether it is there already, on the wanted port. */
    private boolean refreshed;

    private boolean askedAgain;
    private boolean toldBriefly;

    /** What the mappers of one gateway share. */
    record Parts(
            WanConnection wan,
            MappingTable table,
            LeaseRules leases,
            RefusalDiagnosis diagnosis,
            Releaser releaser,
            PutBack putBack,
            AddAny addAny,
            Identity identity,
            Asks<ExternalAddress> externalAddress) {}

    /** A question to the gateway. */
    interface Asks<T> {
        T ask(Deadline deadline) throws InterruptedException;
    }

    /**
     * A mapper for one request.
     *
     * @param known an entry that is ours although it may not show: the one to be renewed
     */
    Mapper(Parts parts, MappingRequest request, Optional<PortMapping> known, Deadline deadline) {
        this.parts = parts;
        this.request = request;
        this.known = known;
        this.deadline = deadline;
        this.wanted = new Wanted(
                request.protocol(),
                request.source()
                        .singleAddress()
                        .map(InetAddress::getHostAddress)
                        .orElse(""),
                known.map(PortMapping::externalPort).orElse(request.externalPort()),
                request.internal().address().getHostAddress(),
                request.internal().port(),
                request.description(),
                request.lease());
    }

    MappingOutcome map() throws InterruptedException {
        if (!(request.internal().address() instanceof Inet4Address)) {
            return Refusals.notIpv4(request.internal());
        }
        boolean single = request.source()
                .singleAddress()
                .filter(Inet4Address.class::isInstance)
                .isPresent();
        if (!request.source().isAnyone() && !single) {
            return Refusals.sourceUnsupported(
                    "UPnP restricts a mapping to one IPv4 address or not at all, not to " + request.source(),
                    OptionalInt.empty());
        }
        Optional<PortMapping> before = before();
        boolean keep = before.filter(this::ours)
                .filter(entry -> Comparison.stored(entry, wanted))
                .isPresent();
        refreshed = keep;
        if (keep) {
            parts.identity().shown();
        } else {
            parts.identity().prove(askBy());
        }
        if (keep && known.isEmpty() && Comparison.lasts(before.get(), wanted)) {
            LOG.debug("{}: {} is there and lasts", name(), before.get());
            return new Mapped(before.get(), How.UNCHANGED);
        }
        if (before.isPresent() && !ours(before.get())) {
            return elsewhere(wanted, Refusals.conflict(wanted, before.get(), OptionalInt.empty()));
        }
        if (before.isPresent() && !keep) {
            LOG.info("{}: replacing our mapping {}", name(), before.get());
            return replaced(before.get(), wanted);
        }
        return ask(wanted, before);
    }

    /**
     * Deletes an entry of ours and asks. Where that comes to nothing the entry stands again, and then it is a refusal, also
     * where no answer came: a caller who thinks that the mapping may have been made releases it by its name, and by that
     * name the entry.
     */
    private MappingOutcome replaced(PortMapping entry, Wanted asked) throws InterruptedException {
        MappingOutcome outcome;
        try {
            Optional<Refused> kept = parts.releaser().replace(entry, askBy());
            outcome = kept.isPresent() ? kept.get() : ask(asked, Optional.empty());
        } catch (NatTraversalException e) {
            if (!parts.putBack().of(entry, deadline)) {
                throw e;
            }
            return Refusals.other(OptionalInt.empty(), e.getMessage() + " Our earlier mapping was put back.");
        }
        if (outcome instanceof Refused) {
            parts.putBack().of(entry, deadline);
        }
        return outcome;
    }

    private Optional<PortMapping> before() throws InterruptedException {
        if (parts.table().seenFree(wanted.protocol(), wanted.externalPort())) {
            return Optional.empty();
        }
        Optional<PortMapping> entry = look(wanted, "").entry();
        return entry.isPresent() || wanted.remoteHost().isEmpty()
                ? entry
                : look(wanted, wanted.remoteHost()).entry();
    }

    private boolean ours(PortMapping entry) {
        return entry.ours()
                || known.filter(k -> k.internalClient().equals(entry.internalClient())
                                && k.internalPort() == entry.internalPort())
                        .isPresent();
    }

    private Look look(Wanted asked, String remoteHost) throws InterruptedException {
        return parts.table().look(asked.protocol(), asked.externalPort(), remoteHost, deadline);
    }

    /** The refusal stands whether or not it can be looked up further. */
    private Look lookQuietly(Wanted asked) throws InterruptedException {
        return parts.table().lookQuietly(asked.protocol(), asked.externalPort(), asked.remoteHost(), deadline);
    }

    private MappingOutcome ask(Wanted asked, Optional<PortMapping> before) throws InterruptedException {
        Wanted granted;
        try {
            granted = parts.leases().add(asked, askBy());
        } catch (UpnpFaultException e) {
            return refused(e, asked, before);
        } catch (NoAnswerException e) {
            return lost(e, asked, before);
        }
        parts.table().taken(asked.protocol(), asked.externalPort());
        return readBack(granted, before);
    }

    private Deadline askBy() {
        Duration third = deadline.remaining().dividedBy(3);
        return deadline.minus(third.compareTo(MOST_FOR_READING_BACK) < 0 ? third : MOST_FOR_READING_BACK);
    }

    /** The gateway may have done it, or not. */
    private MappingOutcome lost(NoAnswerException lost, Wanted asked, Optional<PortMapping> before)
            throws InterruptedException {
        if (!lost.maybeDone()) {
            throw lost;
        }
        LOG.debug("{}: reply lost, reading back: {}", name(), lost.getMessage());
        parts.table().taken(asked.protocol(), asked.externalPort());
        try {
            Look look = look(asked, asked.remoteHost());
            if (look.entry().filter(entry -> Comparison.stored(entry, asked)).isPresent()) {
                return mapped(look.entry().get(), asked);
            }
            if (look.sure() && look.entry().isEmpty() && lost.closed() && !askedAgain) {
                askedAgain = true;
                return ask(asked, before);
            }
        } catch (NatTraversalException e) {
            lost.addSuppressed(e);
        }
        throw lost;
    }

    private MappingOutcome readBack(Wanted granted, Optional<PortMapping> before) throws InterruptedException {
        Look look = new ReadBack(parts.table(), deadline).look(granted);
        if (look.entry().isEmpty()) {
            return absent(granted, look.sure());
        }
        PortMapping entry = look.entry().get();
        if (!Comparison.stored(entry, granted)) {
            boolean madeByUs = ours(entry) || entry.internalClient().equals(granted.internalClient());
            if (!madeByUs) {
                Optional<PortMapping> listed = parts.table().lookInListingOnly(granted, deadline);
                return listed.filter(other -> Comparison.stored(other, granted)).isPresent()
                        ? mapped(listed.get(), granted)
                        : Refusals.conflict(granted, entry, OptionalInt.empty());
            }
            return removed(entry, granted);
        }
        if (before.isPresent() && Comparison.notExtended(before.get(), entry, granted)) {
            // miniupnp #131: adding again does not extend the lease.
            LOG.debug("{}: the lease was not extended, deleting and adding again", name());
            return replaced(entry, granted);
        }
        return mapped(entry, granted);
    }

    private MappingOutcome mapped(PortMapping entry, Wanted granted) {
        parts.diagnosis().granted(granted);
        parts.table().granted(entry);
        LOG.info(
                "{}: {}/{} -> {}:{} mapped, lease {}",
                name(),
                entry.externalPort(),
                entry.protocol(),
                entry.internalClient(),
                entry.internalPort(),
                entry.lease().map(Duration::toString).orElse("permanent"));
        boolean there = refreshed && entry.externalPort() == wanted.externalPort();
        return new Mapped(entry, there ? How.REFRESHED : How.MADE);
    }

    private MappingOutcome absent(Wanted granted, boolean sure) throws InterruptedException {
        if (!sure) {
            parts.releaser().remove(ReadBack.asStored(granted), deadline);
            return Refusals.notStored(granted, "offers no way to read it back, so it was removed again");
        }
        Optional<PortMapping> strayed = new ReadBack(parts.table(), deadline).strayed(granted);
        if (strayed.isEmpty()) {
            return Refusals.notStored(granted, "does not show it when asked for it");
        }
        boolean samePort = strayed.get().externalPort() == granted.externalPort()
                && strayed.get().protocol() == granted.protocol();
        if (samePort && Comparison.stored(strayed.get(), granted)) {
            // OPNsense #3746: the listing shows what asking by key does not.
            parts.table().distrustKeys();
            return mapped(strayed.get(), granted);
        }
        return removed(strayed.get(), granted);
    }

    private Refused removed(PortMapping entry, Wanted granted) throws InterruptedException {
        parts.releaser().remove(entry, deadline);
        boolean widened = !granted.remoteHost().isEmpty() && !entry.remoteHost().equals(granted.remoteHost());
        String kept = Comparison.words(entry)
                + (entry.remoteHost().isEmpty() ? " for anyone" : " for the remote host " + entry.remoteHost());
        return widened
                ? Refusals.sourceUnsupported(
                        "the router accepted a mapping for " + granted.remoteHost() + " only, but keeps it as " + kept
                                + ", which was removed again",
                        OptionalInt.empty())
                : Refusals.notStored(granted, "keeps it as " + kept + ", which was removed again");
    }

    private MappingOutcome refused(UpnpFaultException e, Wanted asked, Optional<PortMapping> before)
            throws InterruptedException {
        LOG.debug("{}: {} for {}", name(), e.words(), asked);
        if (e.code() == 718 && before.isPresent()) {
            return replaced(before.get(), asked);
        }
        if ((e.code() == INVALID_ARGS || e.code() == STRING_TOO_LONG) && !toldBriefly) {
            toldBriefly = true;
            LOG.debug("{}: trying with a short description", name());
            return ask(asked.withDescription(MappingTag.brief(asked.description())), before);
        }
        Optional<Refused> plain = parts.diagnosis().byCode(e, asked);
        if (plain.isPresent()) {
            boolean portTaken = plain.get().reason().aboutThisPort();
            return portTaken ? elsewhere(asked, plain.get()) : plain.get();
        }
        return switch (e.code()) {
            case 718 -> {
                Look look = lookQuietly(asked);
                if (look.entry()
                        .filter(entry -> entry.ours() && Comparison.stored(entry, asked))
                        .isPresent()) {
                    // It was not there before: the gateway stored it and said no all the same.
                    yield mapped(look.entry().get(), asked);
                }
                Refused meaning = parts.diagnosis().conflictOrSecureMode(e, asked, look, deadline);
                yield meaning.reason().aboutThisPort() ? elsewhere(asked, meaning) : meaning;
            }
            case 606 -> parts.diagnosis().notAuthorized(e, asked, deadline);
            default -> failed(e, asked);
        };
    }

    /** 501: some gateways say it for a conflict, some without a usable uplink, some for a lease. */
    private MappingOutcome failed(UpnpFaultException e, Wanted asked) throws InterruptedException {
        Optional<PortMapping> entry = lookQuietly(asked).entry();
        if (entry.isPresent()) {
            if (Comparison.stored(entry.get(), asked)) {
                return mapped(entry.get(), asked);
            }
            return elsewhere(asked, Refusals.conflict(asked, entry.get(), e.protocolCode()));
        }
        ExternalAddress external;
        try {
            external = parts.externalAddress().ask(deadline);
        } catch (NatTraversalException unknown) {
            external = ExternalAddress.UNKNOWN;
        }
        boolean uplink = external.kind() == ExternalAddress.Kind.PUBLIC;
        if (uplink && !asked.lease().isZero()) {
            LOG.debug("{}: trying without a lease", name());
            return ask(asked.withLease(Duration.ZERO), Optional.empty());
        }
        return parts.diagnosis().actionFailed(e, external);
    }

    /** Lets the gateway choose another port, where the caller takes one and the gateway can. */
    private MappingOutcome elsewhere(Wanted asked, Refused refusal) throws InterruptedException {
        if (!request.otherPortAccepted() || known.isPresent()) {
            return refusal;
        }
        try {
            Optional<Wanted> granted = parts.addAny().add(asked, askBy());
            if (granted.isEmpty()) {
                return refusal;
            }
            parts.table().taken(granted.get().protocol(), granted.get().externalPort());
            return readBack(granted.get(), Optional.empty());
        } catch (UpnpFaultException e) {
            LOG.debug("{}: AddAnyPortMapping: {}", name(), e.words());
            return refusal;
        }
    }

    private String name() {
        return parts.wan().soap().name();
    }
}
