package dev.porthole.routers.internal.profile;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.routers.internal.SessionEndedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a router's whole list by its profile. */
final class TableLister {
    private static final int MOST_PAGES = 500;
    private static final int MOST_ROWS = 5000;

    private final Profile profile;
    private final Steps steps;
    private final Values values;

    TableLister(Profile profile, Steps steps, Values values) {
        this.profile = profile;
        this.steps = steps;
        this.values = values;
    }

    Table list(Deadline deadline) throws SessionEndedException, InterruptedException {
        List<Table.Numbered> rows = new ArrayList<>();
        if (profile.list().paging().isPresent()) {
            return parts(profile.list().paging().get(), rows, deadline);
        }
        Values now = values.copy();
        Seen last = part(List.of(), now, rows, deadline).orElseThrow();
        master(last, now);
        return new Table(rows, Optional.of(last), now);
    }

    /** Reads one part; gives nothing where the router says that there is none. */
    private Optional<Seen> part(List<Condition> ends, Values now, List<Table.Numbered> rows, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        Optional<Seen> last = steps.run(profile.list().requests(), Steps.Phase.READ, ends, now, deadline);
        if (last.isEmpty()) {
            return last;
        }
        String page = now.has("page") ? now.text("page") : "";
        profile.list()
                .rows()
                .read(last.get())
                .orElseThrow(() -> noList(last.get()))
                .forEach(row -> rows.add(new Table.Numbered(row, page)));
        if (rows.size() > MOST_ROWS) {
            throw endless(rows.size());
        }
        return last;
    }

    private Table parts(Profile.Paging paging, List<Table.Numbered> rows, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        List<String> before = List.of();
        Optional<Seen> last = Optional.empty();
        Values now = values.copy();
        for (int page = 0; page < MOST_PAGES; page++) {
            int had = rows.size();
            now.put("page", Integer.toString(paging.first() + (paging.byRow() ? had : page)));
            Optional<Seen> seen = part(paging.endWhen(), now, rows, deadline);
            if (seen.isEmpty()) {
                return new Table(rows, last, now);
            }
            last = seen;
            Seen part = seen.get();
            if (paging.lastWhen().stream().anyMatch(when -> when.holds(part))) {
                return new Table(rows, last, now);
            }
            List<String> read = rows.subList(had, rows.size()).stream()
                    .map(row -> row.raw().content())
                    .toList();
            // Behind its last page a router may show that one again (TP-Link).
            boolean again = paging.endWhen().isEmpty() && !read.isEmpty() && read.equals(before);
            if (again) {
                rows.subList(had, rows.size()).clear();
            }
            boolean full =
                    paging.size().isEmpty() || read.size() >= paging.size().getAsInt();
            if (again || read.isEmpty() || !full) {
                return new Table(rows, last, now);
            }
            before = read;
        }
        throw endless(rows.size());
    }

    /** How the switch of all rules is. */
    private void master(Seen seen, Values now) {
        profile.list()
                .master()
                .ifPresent(master ->
                        now.put(TableWriter.SWITCH, master.state().in(seen).orElseThrow(() -> noList(seen))));
    }

    private NatTraversalException noList(Seen seen) {
        return new NatTraversalException(
                FindingCode.PAGE_NOT_UNDERSTOOD,
                seen.reply().url().base() + " brought no list of port mappings as the profile " + profile.id()
                        + " describes it. The account may not be an administrator's, or the firmware is another than the"
                        + " profile's.");
    }

    private NatTraversalException endless(int count) {
        return new NatTraversalException(
                FindingCode.PAGE_NOT_UNDERSTOOD,
                "the router's list of port mappings does not end (" + count
                        + " came). Without all of them none is changed.");
    }
}
