package dev.porthole.routers.internal.table;

import dev.porthole.Deadline;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.SessionEndedException;
import dev.porthole.routers.internal.table.TableRow.State;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * The pages of a router that list its rules, and the form in which rules are entered, as they were read last. Not
 * thread-safe.
 */
final class TablePages {
    private final Browser browser;
    private final Page start;
    private Optional<RouterRequest> list = Optional.empty();
    private Optional<RouterRequest> logout = Optional.empty();
    private Optional<EntryForm> entry = Optional.empty();
    private Map<String, Set<TransportProtocol>> codes = Map.of();
    private List<UnderstoodTable> tables = List.of();
    private boolean entryLookedFor;

    /**
     * Nothing is read yet.
     *
     * @param start the page behind the login
     */
    TablePages(Browser browser, Page start) {
        this.browser = browser;
        this.start = start;
    }

    /** The parts of the list; empty before it was read. */
    List<UnderstoodTable> tables() {
        return tables;
    }

    /** The form in which rules are entered, where it stands apart from the list. */
    Optional<EntryForm> entry() {
        return entry;
    }

    /** Reads the list: looks for it the first time, and fetches it again then. */
    void read(Deadline deadline) throws NotUnderstoodException, SessionEndedException, InterruptedException {
        List<UnderstoodTable> found = new ArrayList<>();
        if (list.isEmpty()) {
            Crawl crawl = new Crawl(browser, deadline);
            found.add(crawl.from(start));
            logout = crawl.logout();
            list = Optional.of(Press.get(start, found.get(0).page().uri()));
        } else {
            browser.refreshLibraries(start, deadline);
            found.add(TableReader.read(browser.open(list.get(), deadline), codes));
        }
        Set<String> seen = new HashSet<>();
        Optional<RouterRequest> next = Paging.next(found.get(0).page());
        while (next.isPresent() && seen.add(next.get().target()) && found.size() < Paging.MAX_PAGES) {
            Page page = browser.open(next.get(), deadline);
            found.add(TableReader.read(page, codes));
            next = Paging.next(page);
        }
        tables = found;
    }

    /** Once per session: the form in which rules are entered, on this page or behind a plain link. */
    void lookForEntry(Deadline deadline) throws NotUnderstoodException, SessionEndedException, InterruptedException {
        UnderstoodTable table = tables.get(0);
        boolean own = table.editable()
                || table.sheet().source() == Sheet.Source.LIST_FIELD
                || table.sheet().source() == Sheet.Source.ROW_FIELDS;
        if (entryLookedFor || own) {
            return;
        }
        entryLookedFor = true;
        entry = EntryForm.in(table.page(), table.sheet().fields());
        if (entry.isEmpty()) {
            Optional<RouterRequest> link = new TableEditor(table)
                    .openEntryPage()
                    .filter(request -> request.body().isEmpty());
            if (link.isEmpty() && !table.in(State.FREE).isEmpty()) {
                link = new TableEditor(table).openRow(table.in(State.FREE).get(0));
            }
            if (link.isPresent()) {
                entry = EntryForm.in(browser.open(link.get(), deadline), List.of());
            }
        }
        codes = entry.map(EntryForm::protocolCodes).orElse(Map.of());
        if (!codes.isEmpty()) {
            // The pages at hand say more now; to ask the router for them again would take as long again.
            List<UnderstoodTable> again = new ArrayList<>();
            for (UnderstoodTable one : tables) {
                again.add(TableReader.read(one.page(), codes));
            }
            tables = again;
        }
    }

    /** The form on the page of a single row, where rows have pages. */
    Optional<EntryForm> onItsPage(UnderstoodTable table, TableRow row, Deadline deadline)
            throws NotUnderstoodException, SessionEndedException, InterruptedException {
        Optional<RouterRequest> link = new TableEditor(table)
                .openRow(row)
                .filter(request -> request.body().isEmpty());
        return link.isEmpty() ? Optional.empty() : EntryForm.in(browser.open(link.get(), deadline), List.of());
    }

    /** What logs out. A session that ended early has seen few pages: then the first one is asked, and the frames on it. */
    Optional<RouterRequest> logout(Deadline deadline)
            throws NotUnderstoodException, SessionEndedException, InterruptedException {
        if (logout.isPresent()) {
            return logout;
        }
        Page home = browser.open(RouterRequest.get(""), deadline);
        logout = Crawl.logoutOn(home);
        for (Links.Link frame : Links.of(home)) {
            if (logout.isEmpty() && frame.score() >= Links.FRAME) {
                logout = Crawl.logoutOn(browser.open(Press.get(home, frame.uri()), deadline));
            }
        }
        return logout;
    }
}
