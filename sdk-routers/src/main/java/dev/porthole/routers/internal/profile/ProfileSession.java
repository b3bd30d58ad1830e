package dev.porthole.routers.internal.profile;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.routers.internal.RouterRow;
import dev.porthole.routers.internal.RouterSession;
import dev.porthole.routers.internal.RuleRefusedException;
import dev.porthole.routers.internal.SessionEndedException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A session with a router that a profile describes. */
final class ProfileSession implements RouterSession {
    private static final Logger LOG = LoggerFactory.getLogger(ProfileSession.class);

    private final Profile profile;
    private final Caller caller;
    private final Values values;
    private final Steps steps;
    private final TableLister lister;
    private final TableWriter writer;
    private Optional<Table> current = Optional.empty();
    private Optional<ExternalAddress> external = Optional.empty();

    ProfileSession(Profile profile, Caller caller, Values values) {
        this.profile = profile;
        this.caller = caller;
        this.values = values;
        this.steps = new Steps(profile, caller, values);
        this.lister = new TableLister(profile, steps, values);
        this.writer = new TableWriter(profile, steps, lister);
    }

    @Override
    public Capabilities capabilities() {
        return profile.capabilities();
    }

    @Override
    public boolean named() {
        return profile.list().form().name().filter(NameRule::tells).isPresent();
    }

    @Override
    public OptionalInt room() {
        if (profile.limits().maxRules().isPresent()
                || !profile.write().grow().isEmpty()
                || profile.write().replace().isEmpty()
                || !(profile.list().rows() instanceof InputRows)) {
            return profile.limits().maxRules();
        }
        return current.map(table -> OptionalInt.of(table.rows().size())).orElse(OptionalInt.empty());
    }

    @Override
    public String stored(String tag) {
        return profile.list().form().name().map(rule -> rule.fitted(tag)).orElse(tag);
    }

    @Override
    public List<RouterRow> rows(Deadline deadline) throws SessionEndedException, InterruptedException {
        Table table = lister.list(deadline);
        current = Optional.of(table);
        boolean on = profile.list().master().stream()
                .allMatch(master -> master.on().equals(table.values().text(TableWriter.SWITCH)));
        List<RouterRow> rows = new ArrayList<>();
        int unread = 0;
        for (int i = 0; i < table.rows().size(); i++) {
            RawRow raw = table.rows().get(i).raw();
            List<PortMapping> mappings = raw.isRule() ? profile.list().form().read(raw, table.values()) : List.of();
            unread += mappings.isEmpty() && raw.isRule() ? 1 : 0;
            for (PortMapping mapping : mappings) {
                rows.add(new RouterRow(on ? mapping : off(mapping), Integer.toString(i), raw.content()));
            }
        }
        if (unread > 0) {
            LOG.warn("{}: {} of its rules cannot be read and are left alone", caller.router(), unread);
        }
        return rows;
    }

    private static PortMapping off(PortMapping mapping) {
        return new PortMapping(
                mapping.protocol(),
                mapping.external(),
                mapping.internalClient(),
                mapping.internalPort(),
                mapping.remoteHost(),
                mapping.description(),
                mapping.lease(),
                false);
    }

    private Table table(Deadline deadline) throws SessionEndedException, InterruptedException {
        return current.isPresent() ? current.get() : lister.list(deadline);
    }

    @Override
    public void add(MappingRequest request, Deadline deadline) throws SessionEndedException, InterruptedException {
        Table table = table(deadline);
        current = Optional.empty();
        write(() -> writer.add(table, request, deadline), deadline);
    }

    @Override
    public void remove(RouterRow row, Deadline deadline) throws SessionEndedException, InterruptedException {
        Table table = current.orElseThrow(() -> new IllegalStateException("the table was written since it was read"));
        current = Optional.empty();
        write(() -> writer.remove(table, Integer.parseInt(row.place()), deadline), deadline);
    }

    @Override
    public void commit(Deadline deadline) throws SessionEndedException, InterruptedException {
        List<Step> apply = profile.write().apply();
        boolean alone = apply.stream().noneMatch(ProfileSession::carriesRows)
                && profile.list().requests().stream()
                        .allMatch(step -> step.extract().isEmpty());
        if (alone) {
            write(() -> steps.run(apply, Steps.Phase.WRITE, values.copy(), deadline), deadline);
        } else {
            Table table = table(deadline);
            write(() -> writer.apply(table, deadline), deadline);
        }
    }

    /** Requests that change something. */
    private interface Writing {
        void run() throws SessionEndedException, InterruptedException;
    }

    /** A session in which one can still read has not ended: then "forbidden" is meant of the change. */
    private void write(Writing writing, Deadline deadline) throws SessionEndedException, InterruptedException {
        try {
            writing.run();
        } catch (SessionEndedException e) {
            if (!e.mayBeForbidden()) {
                throw e;
            }
            lister.list(deadline);
            throw new RuleRefusedException(
                    Refusal.NOT_AUTHORIZED,
                    "it lets this user read its rules, and change none (HTTP 403). Use the account of an administrator.");
        }
    }

    @Override
    public ExternalAddress externalAddress(Deadline deadline) throws SessionEndedException, InterruptedException {
        if (external.isEmpty() && profile.externalAddress().isPresent()) {
            Profile.Lookup lookup = profile.externalAddress().get();
            Optional<String> text = steps.run(lookup.requests(), Steps.Phase.READ, values.copy(), deadline)
                    .flatMap(lookup.value()::in);
            external = Optional.of(text.map(ExternalAddress::reported).orElse(ExternalAddress.UNKNOWN));
        }
        return external.orElse(ExternalAddress.UNKNOWN);
    }

    @Override
    public Set<ReservedPort> reservedPorts(Deadline deadline) throws SessionEndedException, InterruptedException {
        if (profile.reservedPorts().isEmpty()) {
            return Set.of();
        }
        Profile.Reserved reserved = profile.reservedPorts().get();
        Optional<Seen> seen = steps.run(reserved.requests(), Steps.Phase.READ, values.copy(), deadline);
        Set<ReservedPort> ports = new LinkedHashSet<>();
        for (Profile.ReservedField field : reserved.ports()) {
            seen.flatMap(field.value()::in)
                    .map(String::strip)
                    .flatMap(RuleForm::ports)
                    .ifPresent(range -> field.protocols()
                            .forEach(protocol -> ports.add(new ReservedPort(protocol, range, field.holder()))));
        }
        return Set.copyOf(ports);
    }

    @Override
    public List<String> explanation() {
        Verification verification = profile.verification();
        return List.of(
                profile.name() + " by the profile " + profile.id(),
                switch (verification.level()) {
                    case REAL -> "verified on a real router: " + String.join(", ", verification.firmware());
                    case FIXTURES -> "verified on a simulated router or recorded answers; never on a real one";
                    case UNVERIFIED -> "never verified";
                },
                "known from: " + verification.source());
    }

    @Override
    public void logout(Deadline deadline) throws SessionEndedException, InterruptedException {
        for (Step step : profile.session().logout()) {
            try {
                steps.run(List.of(step), Steps.Phase.LOGOUT, values.copy(), deadline);
            } catch (NatTraversalException e) {
                if (e.code() == FindingCode.TIMED_OUT) {
                    throw e;
                }
                LOG.debug("{}: {}", caller.router(), e.getMessage());
            }
        }
    }

    /** Whether a request refers to the whole list by {@code ${rows}}. */
    static boolean refersToRows(Step step) {
        return step.refersTo("rows");
    }

    /** Whether a request sends the whole list. */
    static boolean carriesRows(Step step) {
        return refersToRows(step) || step.body() instanceof Body.Form form && form.withRows();
    }
}
