package dev.porthole.routers.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.ReservedPort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Changes a router's table by the rules that hold for every brand: read again after each write, touch only what is ours,
 * find a rule by its content and remove the last of several first, refuse rather than do something else. Used under the
 * router's lock.
 */
final class RuleTable {
    private static final Logger LOG = LoggerFactory.getLogger(RuleTable.class);

    /** What was read back after a write need not be read once more for the next one at once. */
    private static final Duration RECENT = Duration.ofSeconds(1);
    /** Looking, adding and reading again take a slow router seconds; they come after whatever did not answer. */
    private static final Duration MOST_FOR_PUTTING_BACK = Duration.ofSeconds(6);
    /** More copies of one rule than this were not made by us. */
    private static final int MOST_COPIES = 8;

    private final String router;
    private List<RouterRow> read = List.of();
    private @Nullable RouterSession readIn;
    private Deadline readUntil = Deadline.after(Duration.ZERO);
    private boolean uncommitted;

    RuleTable(String router) {
        this.router = router;
    }

    /** One write, which may fail though it was done. */
    private interface Write {
        void run() throws SessionEndedException, InterruptedException;
    }

    /** Reads the table. */
    List<RouterRow> rows(RouterSession session, Deadline deadline) throws SessionEndedException, InterruptedException {
        readIn = null;
        read = List.copyOf(session.rows(deadline));
        readIn = session;
        readUntil = Deadline.after(RECENT);
        return read;
    }

    /** What is said of the router in the log. */
    String router() {
        return router;
    }

    /** The table as it was read a moment ago, else reads it. */
    List<RouterRow> recent(RouterSession session, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        return readIn == session && !readUntil.expired() ? read : rows(session, deadline);
    }

    /** The rule that holds a port. */
    Optional<PortMapping> at(RouterSession session, ReservedPort port, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        return recent(session, deadline).stream()
                .map(RouterRow::mapping)
                .filter(m -> m.protocol() == port.protocol() && m.external().overlaps(port.ports()))
                .findFirst();
    }

    /**
     * Adds a rule unless it is there, and removes those of ours on its port before.
     *
     * @param own the ports that the router uses itself, as far as they are known
     * @param former takes what makes room, before it does; where something is in it there is to be time to put it back
     */
    MappingOutcome map(
            RouterSession session,
            MappingRequest request,
            Set<ReservedPort> own,
            Set<PortMapping> former,
            Deadline deadline)
            throws SessionEndedException, InterruptedException {
        List<RouterRow> rows = recent(session, deadline);
        Optional<Refused> refusal =
                Suitability.refusal(session.capabilities(), request).or(() -> serviceOfTheRouter(request, own));
        if (refusal.isPresent()) {
            return refusal.get();
        }
        List<RouterRow> holders = rows.stream()
                .filter(row -> row.mapping().protocol() == request.protocol()
                        && row.mapping().external().contains(request.externalPort()))
                .toList();
        if (holders.size() == 1 && fulfilled(session, holders.get(0).mapping(), request)) {
            // It may have been added, and not yet been committed, by a process that died.
            uncommitted = true;
            return mapped(holders.get(0).mapping(), request);
        }
        Optional<RouterRow> foreign =
                holders.stream().filter(row -> !row.mapping().ours()).findFirst();
        if (foreign.isPresent()) {
            return conflict(foreign.get().mapping(), request);
        }
        Set<String> freed = holders.stream().map(RouterRow::place).collect(Collectors.toSet());
        long held = rows.stream()
                .map(RouterRow::place)
                .filter(place -> !freed.contains(place))
                .distinct()
                .count();
        if (session.room().isPresent() && held >= session.room().getAsInt()) {
            return new Refused(
                    Refusal.TABLE_FULL, OptionalInt.empty(), "its table holds " + held + " rules, and no more.");
        }
        // One row may be two rules, for TCP and for UDP, which go together.
        rows.stream()
                .filter(row -> freed.contains(row.place()))
                .map(RouterRow::mapping)
                .forEach(former::add);
        Deadline askBy = former.isEmpty() ? deadline : leavingTimeToPutBack(deadline);
        for (RouterRow row : holders) {
            LOG.info("{}: {} makes room", router, row.mapping());
            release(session, row.mapping(), askBy);
        }
        return add(session, request, recent(session, askBy), askBy);
    }

    private static Deadline leavingTimeToPutBack(Deadline deadline) {
        Duration third = deadline.remaining().dividedBy(3);
        return deadline.minus(third.compareTo(MOST_FOR_PUTTING_BACK) < 0 ? third : MOST_FOR_PUTTING_BACK);
    }

    /** A rule without a name that does what is asked for is taken as ours: a lost answer leaves such a one. */
    private static boolean fulfilled(RouterSession session, PortMapping rule, MappingRequest request) {
        boolean known = rule.ours() || (!session.named() && rule.description().isEmpty());
        return known && Suitability.fulfils(rule, request);
    }

    /** Where rules have no names, the mapping still has ours: the caller's ledger knows it by that. */
    private static Mapped mapped(PortMapping rule, MappingRequest request) {
        return new Mapped(rule.description().isEmpty() ? rule.describedAs(request.description()) : rule);
    }

    private static Optional<Refused> serviceOfTheRouter(MappingRequest request, Set<ReservedPort> own) {
        return own.stream()
                .filter(port ->
                        port.protocol() == request.protocol() && port.ports().contains(request.externalPort()))
                .findFirst()
                .flatMap(port -> Suitability.refused(
                        Refusal.ROUTER_SERVICE, "the router uses the port itself: " + port.holder() + "."));
    }

    private static Refused conflict(PortMapping holder, MappingRequest request) {
        return new Refused(
                Refusal.CONFLICT,
                OptionalInt.empty(),
                "external port " + request.externalPort() + " is held by '" + holder.description()
                        + "', which leads to " + holder.internalClient() + ":" + holder.internalPort()
                        + " and is left alone.");
    }

    /** The rule among others that does what is asked for. */
    static Optional<Mapped> made(RouterSession session, List<RouterRow> rows, MappingRequest request) {
        return rows.stream()
                .map(RouterRow::mapping)
                .filter(rule -> fulfilled(session, rule, request))
                .findFirst()
                .map(rule -> mapped(rule, request));
    }

    /**
     * Adds a rule, and removes what else became of it.
     *
     * @param before the table, as it was read last
     */
    MappingOutcome add(RouterSession session, MappingRequest request, List<RouterRow> before, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        Optional<NatTraversalException> failure = attempt(() -> session.add(request, deadline));
        List<RouterRow> after = readBack(session, failure, deadline);
        tellOfLoss(before, after, Optional.empty());
        Optional<Mapped> made = made(session, after, request);
        if (made.isPresent()) {
            LOG.info("{}: {} added", router, request);
            return made.get();
        }
        List<RouterRow> strays = new ArrayList<>(after);
        before.forEach(old -> strays.removeIf(row -> row.content().equals(old.content())));
        strays.removeIf(row -> !isStray(session, row.mapping(), request));
        for (RouterRow stray : strays) {
            release(session, mapped(stray.mapping(), request).mapping(), deadline);
        }
        if (failure.isPresent() && failure.get() instanceof RuleRefusedException refused) {
            return new Refused(refused.refusal(), OptionalInt.empty(), String.valueOf(refused.getMessage()));
        }
        if (failure.isPresent()) {
            throw failure.get();
        }
        return notStored(strays, request);
    }

    /** Whether a rule that was not there before is what became of the request: it has our name, or lost it. */
    private static boolean isStray(RouterSession session, PortMapping rule, MappingRequest request) {
        boolean unnamed = !session.named()
                && rule.description().isEmpty()
                && rule.protocol() == request.protocol()
                && rule.external().contains(request.externalPort())
                && rule.leadsTo(request.internal());
        return unnamed || rule.description().equals(session.stored(request.description()));
    }

    private static Refused notStored(List<RouterRow> strays, MappingRequest request) {
        if (strays.isEmpty()) {
            return new Refused(
                    Refusal.NOT_STORED,
                    OptionalInt.empty(),
                    "it accepted the rule, and does not show it when its table is read again.");
        }
        PortMapping stray = strays.get(0).mapping();
        Refusal reason = Suitability.sameSource(stray.remoteHost(), request.source())
                ? Refusal.NOT_STORED
                : Refusal.SOURCE_RESTRICTION_UNSUPPORTED;
        return new Refused(
                reason,
                OptionalInt.empty(),
                "it stored another rule than the one asked for (" + words(stray) + "), which was removed again.");
    }

    /** A rule, for messages. */
    static String words(PortMapping rule) {
        return rule.external() + " -> " + rule.internalClient() + ":" + rule.internalPort()
                + (rule.enabled() ? "" : ", switched off")
                + (rule.remoteHost().isEmpty() ? "" : ", source " + rule.remoteHost());
    }

    /** Removes a rule of ours, and what else of it a lost answer may have left. */
    void release(RouterSession session, PortMapping mapping, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        if (!mapping.ours()) {
            LOG.info("{}: {} is left alone, it is not ours", router, mapping);
            return;
        }
        List<RouterRow> rows = recent(session, deadline);
        for (int round = 0; round < MOST_COPIES; round++) {
            List<RouterRow> same = same(session, rows, mapping);
            if (same.isEmpty()) {
                return;
            }
            RouterRow last = same.get(same.size() - 1);
            Optional<NatTraversalException> failure = attempt(() -> session.remove(last, deadline));
            List<RouterRow> after = readBack(session, failure, deadline);
            tellOfLoss(rows, after, Optional.of(last));
            if (same(session, after, mapping).size() >= same.size()) {
                throw failure.orElseGet(() -> new NatTraversalException(
                        FindingCode.ROUTER_ERROR,
                        router + " keeps external port " + mapping.external() + "/" + mapping.protocol()
                                + " though it said that the rule was deleted. Delete it on the router's own page."));
            }
            LOG.info("{}: {} removed", router, last.mapping());
            rows = after;
        }
    }

    /** The rules that are the mapping, in the router's order: same port, and same endpoint or the very same tag. */
    private static List<RouterRow> same(RouterSession session, List<RouterRow> rows, PortMapping mapping) {
        return rows.stream()
                .filter(row -> {
                    PortMapping rule = row.mapping();
                    boolean port = rule.protocol() == mapping.protocol()
                            && rule.external().equals(mapping.external());
                    boolean endpoint = rule.internalPort() == mapping.internalPort()
                            && rule.internalAddress().equals(mapping.internalAddress());
                    boolean unnamed = !session.named() && rule.description().isEmpty();
                    boolean tag = rule.description().equals(mapping.description());
                    return port && (endpoint ? rule.ours() || unnamed : rule.ours() && tag);
                })
                .toList();
    }

    /** Makes what was changed take effect, where something was. */
    void commit(RouterSession session, Deadline deadline) throws SessionEndedException, InterruptedException {
        if (!uncommitted) {
            return;
        }
        try {
            session.commit(deadline);
        } catch (NatTraversalException e) {
            LOG.debug("{}: committing once more: {}", router, e.getMessage());
            session.commit(deadline);
        }
        uncommitted = false;
    }

    private Optional<NatTraversalException> attempt(Write write) throws SessionEndedException, InterruptedException {
        readIn = null;
        uncommitted = true;
        try {
            write.run();
            return Optional.empty();
        } catch (NatTraversalException e) {
            // Done or not: reading again decides.
            LOG.debug("{}: {}", router, e.getMessage());
            return Optional.of(e);
        }
    }

    private List<RouterRow> readBack(RouterSession session, Optional<NatTraversalException> failure, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        try {
            return rows(session, deadline);
        } catch (NatTraversalException e) {
            failure.ifPresent(e::addSuppressed);
            throw failure.orElse(e);
        }
    }

    private void tellOfLoss(List<RouterRow> before, List<RouterRow> after, Optional<RouterRow> removed) {
        List<String> left =
                new ArrayList<>(after.stream().map(RouterRow::content).toList());
        removed.map(RouterRow::content).ifPresent(left::add);
        for (RouterRow row : before) {
            if (!left.remove(row.content()) && !row.mapping().ours()) {
                LOG.warn(
                        "{}: a rule of somebody else changed or went away while ours were written: {}. Look at the router's"
                                + " own page.",
                        router,
                        row.mapping());
            }
        }
    }
}
