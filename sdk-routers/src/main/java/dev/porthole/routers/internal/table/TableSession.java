package dev.porthole.routers.internal.table;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterRow;
import dev.porthole.routers.internal.RouterSession;
import dev.porthole.routers.internal.SessionEndedException;
import dev.porthole.routers.internal.table.TableRow.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A session with a router whose pages hold a table. Before each write the page is fetched again: tokens are used once. */
final class TableSession implements RouterSession {
    /** A router that rewrites its firewall shows a page that asks to wait, or nothing at all. */
    private static final Duration SETTLING = Duration.ofSeconds(12);

    private static final Duration BETWEEN_TRIES = Duration.ofMillis(700);

    private final Browser browser;
    private final TablePages pages;
    private final Map<String, String> tags = new HashMap<>();
    private boolean written;

    TableSession(Browser browser, Page start) {
        this.browser = browser;
        this.pages = new TablePages(browser, start);
    }

    /** Something that may turn out not to be understood. */
    private interface Work<T> {
        T run() throws NotUnderstoodException, SessionEndedException, InterruptedException;
    }

    private static <T> T understood(Work<T> work) throws SessionEndedException, InterruptedException {
        try {
            return work.run();
        } catch (NotUnderstoodException e) {
            throw TableDriver.told(e);
        }
    }

    private Abilities abilities() {
        return new Abilities(pages.tables(), pages.entry());
    }

    @Override
    public Capabilities capabilities() {
        return abilities().capabilities();
    }

    @Override
    public boolean named() {
        return abilities().named();
    }

    /** Told where the last free row is taken. */
    @Override
    public OptionalInt room() {
        return abilities().full()
                ? OptionalInt.of(
                        (int) mapped().stream().map(RouterRow::place).distinct().count())
                : OptionalInt.empty();
    }

    @Override
    public List<RouterRow> rows(Deadline deadline) throws SessionEndedException, InterruptedException {
        Deadline settled = deadline.within(SETTLING);
        while (true) {
            try {
                return understood(() -> {
                    pages.read(deadline);
                    pages.lookForEntry(deadline);
                    written = false;
                    return mapped();
                });
            } catch (NatTraversalException e) {
                if (!written || settled.remaining().compareTo(BETWEEN_TRIES) < 0) {
                    throw e;
                }
                Thread.sleep(BETWEEN_TRIES.toMillis());
            }
        }
    }

    private List<RouterRow> mapped() {
        List<RouterRow> rows = new ArrayList<>();
        boolean named = named();
        for (int part = 0; part < pages.tables().size(); part++) {
            for (TableRow row : pages.tables().get(part).in(State.RULE)) {
                for (Rule rule : row.rules()) {
                    for (TransportProtocol protocol : rule.protocols()) {
                        rows.add(
                                new RouterRow(mapping(rule, protocol, named), part + "/" + row.index(), row.content()));
                    }
                }
            }
        }
        return rows;
    }

    private PortMapping mapping(Rule rule, TransportProtocol protocol, boolean named) {
        String name = named ? tags.getOrDefault(rule.name(), rule.name()) : "";
        return new PortMapping(
                protocol,
                rule.external(),
                rule.host(),
                rule.internal(),
                rule.source(),
                name,
                Optional.empty(),
                rule.enabled());
    }

    @Override
    public void add(MappingRequest request, Deadline deadline) throws SessionEndedException, InterruptedException {
        understood(() -> {
            pages.read(deadline);
            Wanted wanted = wanted(request);
            RouterRequest write = withLibraries(() -> addition(wanted, deadline), deadline);
            written = true;
            send(write, deadline);
            return wanted;
        });
    }

    private Wanted wanted(MappingRequest request) {
        int longest = abilities().longestName();
        tags.put(Names.fitted(request.description(), longest), request.description());
        String source = request.source().isAnyone()
                ? ""
                : request.source()
                        .singleAddress()
                        .map(one -> one.getHostAddress())
                        .orElse("");
        return new Wanted(
                request.description(),
                request.externalPort(),
                request.internal().port(),
                request.internal().address().getHostAddress(),
                request.protocol(),
                source);
    }

    private RouterRequest addition(Wanted wanted, Deadline deadline)
            throws NotUnderstoodException, SessionEndedException, InterruptedException {
        for (UnderstoodTable table : pages.tables()) {
            Optional<RouterRequest> own = new TableEditor(table).addToRows(wanted);
            if (own.isPresent()) {
                return own.get();
            }
        }
        UnderstoodTable table = pages.tables().get(0);
        TableEditor editor = new TableEditor(table);
        Optional<EntryForm> form = EntryForm.in(table.page(), table.sheet().fields());
        if (form.isPresent()) {
            return editor.addBy(form.get(), wanted);
        }
        Optional<RouterRequest> open = editor.openEntryPage();
        if (open.isPresent()) {
            Page page = browser.open(open.get(), deadline);
            Optional<EntryForm> behind = EntryForm.in(page, List.of());
            if (behind.isPresent() && !grown(page, table)) {
                return TableEditor.add(behind.get(), wanted);
            }
            pages.read(deadline);
            Optional<RouterRequest> own = new TableEditor(pages.tables().get(0)).addToRows(wanted);
            if (own.isPresent()) {
                return own.get();
            }
        }
        for (TableRow free : table.in(State.FREE)) {
            Optional<EntryForm> own = pages.onItsPage(table, free, deadline);
            if (own.isPresent()) {
                return TableEditor.add(own.get(), wanted);
            }
        }
        if (editor.slots().isPresent()) {
            throw new NatTraversalException(
                    FindingCode.TABLE_FULL,
                    "the router's table has " + table.rows().size()
                            + " rows, and all are taken. Delete one that is not needed.");
        }
        throw NotUnderstoodException.needsScript(
                table.page().name() + " lists port mappings, and nothing on it adds one without running its scripts");
    }

    /** Whether the button appended an empty row to the same table instead of opening a form. */
    private static boolean grown(Page page, UnderstoodTable before) {
        try {
            UnderstoodTable now = TableReader.read(page);
            return now.editable() && now.rows().size() == before.rows().size() + 1;
        } catch (NotUnderstoodException e) {
            return false;
        }
    }

    /** Sends a change, answers one question, and tells an error that the router tells. */
    private void send(RouterRequest write, Deadline deadline)
            throws NotUnderstoodException, SessionEndedException, InterruptedException {
        Page answer = browser.open(write, deadline);
        Optional<Button> question = Answer.question(answer);
        if (question.isPresent()) {
            Optional<RouterRequest> yes = Press.alone(answer, question.get());
            if (yes.isPresent()) {
                answer = browser.open(yes.get(), deadline);
            }
        }
        Optional<Answer.Refused> refused = Answer.error(answer);
        if (refused.isPresent()) {
            throw new NatTraversalException(
                    refused.get().code(),
                    "the router refused: '" + refused.get().words() + "'");
        }
    }

    @Override
    public void remove(RouterRow row, Deadline deadline) throws SessionEndedException, InterruptedException {
        understood(() -> {
            pages.read(deadline);
            Optional<RouterRequest> write = withLibraries(() -> removal(row, deadline), deadline);
            if (write.isPresent()) {
                written = true;
                send(write.get(), deadline);
            }
            return row;
        });
    }

    private Optional<RouterRequest> removal(RouterRow row, Deadline deadline)
            throws NotUnderstoodException, SessionEndedException, InterruptedException {
        for (UnderstoodTable table : pages.tables()) {
            List<TableRow> same = table.in(State.RULE).stream()
                    .filter(one -> one.content().equals(row.content()))
                    .toList();
            if (!same.isEmpty()) {
                return Optional.of(removal(table, same.get(same.size() - 1), deadline));
            }
        }
        return Optional.empty();
    }

    /** What a button's script does may be told by scripts in files of their own. */
    private <T> T withLibraries(Work<T> work, Deadline deadline)
            throws NotUnderstoodException, SessionEndedException, InterruptedException {
        try {
            return work.run();
        } catch (NotUnderstoodException e) {
            boolean more = e.kind() == NotUnderstoodException.Kind.NEEDS_SCRIPT
                    && browser.fetchLibraries(pages.tables().get(0).page(), deadline);
            if (!more) {
                throw e;
            }
            pages.read(deadline);
            return work.run();
        }
    }

    /** By what the list itself offers, else by the row's number in the form beside it, else on the row's own page. */
    private RouterRequest removal(UnderstoodTable table, TableRow row, Deadline deadline)
            throws NotUnderstoodException, SessionEndedException, InterruptedException {
        TableEditor editor = new TableEditor(table);
        try {
            return editor.remove(row);
        } catch (NotUnderstoodException e) {
            Optional<EntryForm> beside =
                    EntryForm.in(table.page(), table.sheet().fields());
            Optional<RouterRequest> numbered =
                    beside.isPresent() ? editor.removeBy(beside.get(), row) : Optional.empty();
            if (numbered.isPresent()) {
                return numbered.get();
            }
            Optional<EntryForm> own = pages.onItsPage(table, row, deadline);
            if (own.isPresent()) {
                return TableEditor.clear(own.get());
            }
            throw e;
        }
    }

    @Override
    public void commit(Deadline deadline) throws SessionEndedException, InterruptedException {
        understood(() -> {
            Optional<RouterRequest> apply =
                    Applying.of(pages.tables().get(0), pages.entry().isPresent());
            if (apply.isPresent()) {
                pages.read(deadline);
                Optional<RouterRequest> fresh =
                        Applying.of(pages.tables().get(0), pages.entry().isPresent());
                if (fresh.isPresent()) {
                    browser.open(fresh.get(), deadline);
                }
            }
            return pages.tables();
        });
    }

    @Override
    public List<String> explanation() {
        List<String> lines = new ArrayList<>();
        pages.tables().forEach(table -> lines.addAll(table.explanation()));
        pages.entry()
                .ifPresent(
                        form -> lines.add("Rules are entered in " + form.sheet().place() + "."));
        return lines;
    }

    @Override
    public void logout(Deadline deadline) throws SessionEndedException, InterruptedException {
        understood(() -> {
            Optional<RouterRequest> logout = pages.logout(deadline);
            if (logout.isPresent()) {
                browser.open(logout.get(), deadline);
            }
            return logout;
        });
    }
}
