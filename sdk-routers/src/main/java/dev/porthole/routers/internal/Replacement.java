package dev.porthole.routers.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.ReservedPort;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Maps once. Where that comes to nothing, the rules of ours that made room for it stand again: they may have been in use,
 * as a relay's is. Lives as long as one call, in whose middle a session may end. Used under the router's lock.
 */
final class Replacement {
    private static final Logger LOG = LoggerFactory.getLogger(Replacement.class);

    private final RuleTable table;
    private final MappingRequest request;
    private final Deadline deadline;
    private final Set<PortMapping> former = new LinkedHashSet<>();

    Replacement(RuleTable table, MappingRequest request, Deadline deadline) {
        this.table = table;
        this.request = request;
        this.deadline = deadline;
    }

    /** Maps, in one session; once more in another where that ended. */
    MappingOutcome in(RouterSession session, Set<ReservedPort> own) throws SessionEndedException, InterruptedException {
        try {
            MappingOutcome outcome = table.map(session, request, own, former, deadline);
            return outcome instanceof Refused refused ? refused(session, refused) : outcome;
        } catch (NatTraversalException e) {
            if (former.isEmpty()) {
                throw e;
            }
            return failed(session, e);
        }
    }

    /**
     * Where the port can be seen to be free it is a refusal: a caller who thinks that the rule may have been made releases
     * it by its name, and by that name the one that stands again.
     */
    private MappingOutcome failed(RouterSession session, NatTraversalException failure)
            throws SessionEndedException, InterruptedException {
        List<RouterRow> rows;
        try {
            rows = table.recent(session, deadline);
        } catch (NatTraversalException e) {
            failure.addSuppressed(e);
            throw failure;
        }
        Optional<Mapped> made = RuleTable.made(session, rows, request);
        if (made.isPresent()) {
            return made.get();
        }
        if (former.stream().anyMatch(rule -> held(rows, rule))) {
            throw failure;
        }
        Refusal reason = Arrays.stream(Refusal.values())
                .filter(refusal -> refusal.findingCode() == failure.code())
                .findFirst()
                .orElse(Refusal.OTHER);
        return refused(session, new Refused(reason, OptionalInt.empty(), String.valueOf(failure.getMessage())));
    }

    private Refused refused(RouterSession session, Refused why) throws SessionEndedException, InterruptedException {
        StringBuilder detail = new StringBuilder(why.detail());
        for (PortMapping rule : former) {
            Optional<String> lost = putBack(session, rule);
            lost.ifPresent(reason -> LOG.warn(
                    "{}: our rule {} made room for {}, which was not made, and is lost: {}",
                    table.router(),
                    rule,
                    request,
                    reason));
            detail.append(" Our earlier rule (")
                    .append(rule.protocol())
                    .append(' ')
                    .append(RuleTable.words(rule))
                    .append(lost.map(reason -> ") made room and is lost: " + reason)
                            .orElse(") stands as it was."));
        }
        return new Refused(why.reason(), why.protocolCode(), detail.toString());
    }

    /** Makes a rule stand again, unless its port is held. Tells why it does not; empty where it does. */
    private Optional<String> putBack(RouterSession session, PortMapping rule)
            throws SessionEndedException, InterruptedException {
        try {
            List<RouterRow> rows = table.recent(session, deadline);
            if (stands(rows, rule)) {
                return Optional.empty();
            }
            if (held(rows, rule)) {
                return Optional.of("another rule holds its port.");
            }
            Optional<MappingRequest> asItWas = asItWas(rule)
                    .filter(same ->
                            Suitability.refusal(session.capabilities(), same).isEmpty());
            if (asItWas.isEmpty()) {
                return Optional.of("rules of its kind are not made by us. Make it on the router's own page.");
            }
            MappingOutcome outcome = table.add(session, asItWas.get(), rows, deadline);
            return outcome instanceof Refused refused ? Optional.of(refused.detail()) : Optional.empty();
        } catch (NatTraversalException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private static boolean stands(List<RouterRow> rows, PortMapping rule) {
        return rows.stream().anyMatch(row -> row.mapping().equals(rule));
    }

    /** Whether something else is where a rule was. */
    private boolean held(List<RouterRow> rows, PortMapping rule) {
        return rows.stream()
                .map(RouterRow::mapping)
                .anyMatch(other -> other.protocol() == rule.protocol()
                        && other.external().overlaps(rule.external())
                        && !former.contains(other));
    }

    /** By what a rule is made as it was; empty where no request says it, as none does of a range. */
    private static Optional<MappingRequest> asItWas(PortMapping rule) {
        try {
            return rule.internalAddress()
                    .map(address -> MappingRequest.to(
                                    new InternalEndpoint(address, rule.internalPort()), rule.externalPort())
                            .protocol(rule.protocol())
                            .description(rule.description())
                            .source(
                                    rule.remoteHost().isEmpty()
                                            ? SourcePolicy.anyone()
                                            : SourcePolicy.only(rule.remoteHost()))
                            .build())
                    .filter(same -> Suitability.fulfils(rule, same));
        } catch (IllegalArgumentException e) {
            // No port, or a source that is neither address nor block.
            return Optional.empty();
        }
    }

    /** The call ends with an exception, and nobody knows what stands. */
    void broken() {
        former.forEach(
                rule -> LOG.warn("{}: our rule {} made room for {} and may be lost", table.router(), rule, request));
    }
}
