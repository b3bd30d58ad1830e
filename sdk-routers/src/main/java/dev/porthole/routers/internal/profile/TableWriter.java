package dev.porthole.routers.internal.profile;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.Refusal;
import dev.porthole.routers.internal.RuleRefusedException;
import dev.porthole.routers.internal.SessionEndedException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Changes a router's list by its profile: one rule, or the whole list with every other row as it was. */
final class TableWriter {
    private static final Logger LOG = LoggerFactory.getLogger(TableWriter.class);

    /** The variable that holds the state of the switch of all rules. */
    static final String SWITCH = "switch";

    private final Profile profile;
    private final Profile.Writing writing;
    private final Steps steps;
    private final TableLister lister;

    TableWriter(Profile profile, Steps steps, TableLister lister) {
        this.profile = profile;
        this.writing = profile.write();
        this.steps = steps;
        this.lister = lister;
    }

    void add(Table read, MappingRequest request, Deadline deadline) throws SessionEndedException, InterruptedException {
        Table table = switchedOn(read);
        Values values = table.values().copy();
        values.putAll(profile.list().form().written(request, values));
        if (writing.replace().isEmpty()) {
            steps.run(writing.add(), Steps.Phase.WRITE, values, deadline);
            return;
        }
        Object fresh = writing.fresh().orElseThrow().render(values);
        if (profile.list().rows() instanceof InputRows inputs) {
            fill(inputs, table, (Map<?, ?>) fresh, deadline);
        } else {
            replace(table, rows(table), Optional.of(fresh), deadline);
        }
    }

    /** A new rule shall have an effect: the switch of all rules goes on with it, and never off again. */
    private Table switchedOn(Table table) {
        Optional<Profile.Switch> master = profile.list().master();
        if (master.isEmpty() || table.values().text(SWITCH).equals(master.get().on())) {
            return table;
        }
        LOG.info(
                "{}: its port forwarding was switched off and is switched on for our rule; rules of others have an effect"
                        + " again, too",
                table.last().map(seen -> seen.reply().url().base()).orElse("the router"));
        Values values = table.values().copy();
        values.put(SWITCH, master.get().on());
        return new Table(table.rows(), table.last(), values);
    }

    private static List<RawRow> rows(Table table) {
        return new ArrayList<>(table.rows().stream().map(Table.Numbered::raw).toList());
    }

    void remove(Table table, int index, Deadline deadline) throws SessionEndedException, InterruptedException {
        RawRow row = table.rows().get(index).raw();
        if (!writing.remove().isEmpty()) {
            steps.run(writing.remove(), Steps.Phase.WRITE, rowValues(table, index), deadline);
        } else if (profile.list().rows() instanceof InputRows inputs) {
            send(inputs, table, named(writing.cleared(), ((InputRows.InputRow) row).number()), deadline);
        } else {
            List<RawRow> kept = rows(table);
            kept.remove(index);
            replace(table, kept, Optional.empty(), deadline);
        }
    }

    private Values rowValues(Table table, int index) {
        Table.Numbered numbered = table.rows().get(index);
        RawRow row = numbered.raw();
        Values values = table.values().copy();
        int place = row instanceof InputRows.InputRow input ? input.number() : index;
        values.put("row.index", Integer.toString(place));
        values.put("row.number", Integer.toString(place + 1));
        values.put("row.page", numbered.page());
        profile.list()
                .form()
                .fields()
                .forEach(
                        (name, field) -> values.put("row." + name, field.in(row).orElse("")));
        profile.list()
                .keys()
                .forEach((name, at) -> values.put("row." + name, row.get(at).orElseThrow(() -> noKey(name))));
        return values;
    }

    private NatTraversalException noKey(String name) {
        return new NatTraversalException(
                FindingCode.PAGE_NOT_UNDERSTOOD,
                "the router's rule has no " + name + " by which it is removed (profile " + profile.id()
                        + "). The firmware may be another than the profile's.");
    }

    /** Makes changes take effect by requests that need what the list brought, or send it once more. */
    void apply(Table table, Deadline deadline) throws SessionEndedException, InterruptedException {
        Values values = table.values().copy();
        if (writing.apply().stream().anyMatch(ProfileSession::carriesRows)) {
            checkReadable(table);
            values.put(
                    "rows",
                    profile.list().rows() instanceof InputRows inputs
                            ? form(inputs, table, Map.of())
                            : profile.list().rows().joined(rows(table), Optional.empty()));
        }
        steps.run(writing.apply(), Steps.Phase.WRITE, values, deadline);
    }

    private void replace(Table table, List<RawRow> kept, Optional<Object> fresh, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        checkReadable(table);
        Values values = table.values().copy();
        values.put("rows", profile.list().rows().joined(kept, fresh));
        steps.run(writing.replace(), Steps.Phase.WRITE, values, deadline);
    }

    private void fill(InputRows inputs, Table table, Map<?, ?> fresh, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        Table room = table;
        Optional<InputRows.InputRow> free = free(room);
        if (free.isEmpty() && !writing.grow().isEmpty()) {
            steps.run(writing.grow(), Steps.Phase.WRITE, table.values().copy(), deadline);
            room = lister.list(deadline);
            free = free(room);
        }
        int number = free.orElseThrow(() -> noRoom(table.rows().size())).number();
        Map<String, String> changes = new LinkedHashMap<>();
        fresh.forEach((name, value) -> changes.put(String.valueOf(name), String.valueOf(value)));
        send(inputs, room, named(changes, number), deadline);
    }

    private RuleRefusedException noRoom(int rows) {
        return writing.grow().isEmpty()
                ? new RuleRefusedException(Refusal.TABLE_FULL, "its table of " + rows + " rows has no free one.")
                : new RuleRefusedException(
                        Refusal.NOT_STORED,
                        "it made no new row beside the " + rows + " it has; its table may be full.");
    }

    private static Optional<InputRows.InputRow> free(Table table) {
        return table.rows().stream()
                .map(row -> (InputRows.InputRow) row.raw())
                .filter(InputRows.InputRow::isFree)
                .findFirst();
    }

    private static Map<String, String> named(Map<String, String> patterns, int number) {
        Map<String, String> named = new LinkedHashMap<>();
        patterns.forEach((pattern, value) -> named.put(InputRows.named(pattern, number), value));
        return named;
    }

    private void send(InputRows inputs, Table table, Map<String, String> changes, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        checkReadable(table);
        Values values = table.values().copy();
        values.put("rows", form(inputs, table, changes));
        steps.run(writing.replace(), Steps.Phase.WRITE, values, deadline);
    }

    private static FormRows form(InputRows inputs, Table table, Map<String, String> changes) {
        Seen page = table.last().orElseThrow();
        return new FormRows(inputs.form(page, changes), page.reply().charset());
    }

    /** What could not be decoded would be written back as something else. */
    private void checkReadable(Table table) {
        Seen page = table.last().orElseThrow();
        if (page.text().indexOf('\uFFFD') >= 0) {
            throw new NatTraversalException(
                    FindingCode.PAGE_NOT_UNDERSTOOD,
                    page.reply().url().base()
                            + " lists rules with characters that are not of its own charset; rules with them could not be kept as they"
                            + " are, so that none is changed. Rename these rules on the router's own page.");
        }
    }
}
