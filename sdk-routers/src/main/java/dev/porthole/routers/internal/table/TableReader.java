package dev.porthole.routers.internal.table;

import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.table.NotUnderstoodException.Kind;
import dev.porthole.routers.internal.table.TableRow.State;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jsoup.nodes.Element;

/**
 * Finds the table of port mappings on a page and understands it, or says why not. Every table, group of fields and
 * literal list of the page is tried; the meaning of columns is decided for each as a whole, and two readings that
 * contradict each other are refused. Pure; what it looks at is bounded by {@link Page}.
 */
final class TableReader {
    /** A reading that is this much better than the next is not ambiguous. */
    private static final int CLEARLY = 4;

    private final Page page;
    private final Map<String, Set<TransportProtocol>> codes;
    private final String titles;
    private final List<UnderstoodTable> read = new ArrayList<>();
    private final List<String> ambiguous = new ArrayList<>();

    private TableReader(Page page, Map<String, Set<TransportProtocol>> codes) {
        this.page = page;
        this.titles = titles(page);
        this.codes = codes.isEmpty() ? ProtocolCodes.in(page) : codes;
    }

    /**
     * Reads a page.
     *
     * @throws NotUnderstoodException where there is no table, where it can be read in two ways, or where only the page's
     *     scripts know its rows
     */
    static UnderstoodTable read(Page page) throws NotUnderstoodException {
        return read(page, Map.of());
    }

    /** As {@link #read(Page)}, with what numbers in a protocol column mean where another page told. */
    static UnderstoodTable read(Page page, Map<String, Set<TransportProtocol>> codes) throws NotUnderstoodException {
        return new TableReader(page, codes).best();
    }

    private UnderstoodTable best() throws NotUnderstoodException {
        TableSheets tables = TableSheets.of(page);
        attempt(tables.sheets());
        List<Sheet> sheets = new ArrayList<>();
        if (!coversFields()) {
            sheets.addAll(FieldSheets.of(page, tables));
        }
        sheets.addAll(BlockSheets.of(page));
        for (Sheet script : ScriptSheets.of(page)) {
            sheets.add(Alignment.named(script, tables.sheets()));
        }
        attempt(sheets);
        if (read.stream().allMatch(table -> table.in(State.RULE).isEmpty())) {
            attempt(ProseSheets.of(page, tables));
        }
        // Data counts before looks: a form that a script fills from data on the page is empty until then.
        UnderstoodTable best = read.stream()
                .max(Comparator.comparing(
                                (UnderstoodTable table) -> !table.in(State.RULE).isEmpty())
                        .thenComparingInt(TableReader::score))
                .orElseThrow(this::nothing);
        refuseContradiction(best);
        refuseUnread(best);
        if (emptyByScript(best)) {
            throw NotUnderstoodException.needsScript(page.name()
                    + " has the header of a port-forwarding table, and its rows are made by a script from data that is"
                    + " not on the page");
        }
        return best;
    }

    /** Whether tables of which each row is a rule hold all fields that belong together: to read those again tells no more. */
    private boolean coversFields() {
        Set<Element> held = Collections.newSetFromMap(new IdentityHashMap<>());
        read.stream()
                .filter(table -> !table.in(State.RULE).isEmpty() && FieldSheets.numberedByRow(table.sheet()))
                .forEach(table -> table.sheet().fields().forEach(field -> held.addAll(field.members())));
        Set<String> names = new HashSet<>();
        return page.elements("input", "select", "textarea").stream()
                .filter(element -> !held.contains(element) && Field.is(element))
                .map(element -> element.attr("name"))
                .allMatch(name ->
                        name.isEmpty() || names.add(name) && name.chars().noneMatch(Character::isDigit));
    }

    private void attempt(List<Sheet> sheets) throws NotUnderstoodException {
        for (Sheet sheet : sheets) {
            page.checkTime();
            if (!elsewhere(sheet)) {
                attempt(sheet);
            }
        }
    }

    private void attempt(Sheet sheet) {
        try {
            Columns columns = Columns.of(sheet);
            RowReader reader = new RowReader(sheet, columns, page, codes);
            List<TableRow> rows = reader.rows();
            long opaque =
                    rows.stream().filter(row -> row.state() == State.OPAQUE).count();
            if (opaque * 2 > rows.size() || !leadsToLan(rows) || connections(sheet, rows)) {
                return;
            }
            read.add(new UnderstoodTable(page, sheet, columns, rows, reader.prefix()));
        } catch (NotUnderstoodException e) {
            if (e.kind() == Kind.AMBIGUOUS) {
                ambiguous.add(sheet.place() + ": " + e.getMessage());
            }
        }
    }

    private static int score(UnderstoodTable table) {
        long rules = table.in(State.RULE).size();
        return table.columns().score()
                + (rules > 0 ? 12 : 0)
                + (table.editable() ? 4 : 0)
                + (table.sheet().rows().size() > 1 ? 2 : 0)
                + (table.sheet().source() == Sheet.Source.TABLE ? 1 : 0);
    }

    /** What the whole page is called; what stands over one of its tables may not hold for the others. */
    private static String titles(Page page) {
        List<Element> first = page.elements("h1");
        List<Element> all = first.isEmpty() ? page.elements("h2", "h3", "h4", "legend", "caption") : first;
        return page.document().title() + " " + all.stream().map(Element::text).collect(Collectors.joining(" "));
    }

    /** A heading that says that a table is about something else: filters, triggers, the mappings that UPnP made. */
    private boolean elsewhere(Sheet sheet) {
        String own = sheet.container().map(TableReader::headings).orElse("");
        String heading = Phrases.FORWARDING.in(own) || Phrases.NOT_FORWARDING.in(own) ? own : titles;
        return Phrases.NOT_FORWARDING.in(heading) && !Phrases.FORWARDING.in(heading);
    }

    private static String headings(Element container) {
        StringBuilder words = new StringBuilder(Inside.all(container, TableReader::caption).stream()
                .map(Element::text)
                .collect(Collectors.joining(" ")));
        Element before = container.previousElementSibling();
        for (int i = 0; i < 2 && before != null; i++, before = before.previousElementSibling()) {
            if (before.text().length() <= 80 && before.selectFirst("table, input, select, a[href]") == null) {
                words.append(' ').append(before.text());
            }
        }
        return words.toString();
    }

    private static boolean caption(Element element) {
        return element.normalName().equals("caption") || element.normalName().equals("legend");
    }

    /** Rules lead to the LAN; filters and lists of connections name addresses outside. */
    private static boolean leadsToLan(List<TableRow> rows) {
        List<String> hosts = rows.stream()
                .flatMap(row -> row.rules().stream())
                .map(Rule::host)
                .toList();
        return hosts.isEmpty()
                || hosts.stream().anyMatch(host -> !Values.isAddress(host) || Values.isPrivateAddress(host));
    }

    /** Every row names one address outside, and nothing can be changed: connections that are open now. */
    private static boolean connections(Sheet sheet, List<TableRow> rows) {
        List<Rule> rules = rows.stream().flatMap(row -> row.rules().stream()).toList();
        return !rules.isEmpty()
                && rules.stream().allMatch(rule -> Values.isAddress(rule.source()))
                && sheet.fields().isEmpty()
                && sheet.rows().stream()
                        .allMatch(row -> row.element() == null
                                || Button.in(row.element()).isEmpty());
    }

    /** Two tables of about the same merit with different rules: which is the one? */
    private void refuseContradiction(UnderstoodTable best) throws NotUnderstoodException {
        for (UnderstoodTable other : read) {
            boolean rival = other != best
                    && score(other) > score(best) - CLEARLY
                    && !other.in(State.RULE).isEmpty()
                    && !best.in(State.RULE).isEmpty();
            if (rival && contradicts(best, other)) {
                throw NotUnderstoodException.ambiguous(page.name() + " has two tables that may hold port mappings: "
                        + best.sheet().place() + " and " + other.sheet().place());
            }
        }
    }

    /** A list that seems to be empty is believed only where nothing on the page may be a rule, or be filled in later. */
    private void refuseUnread(UnderstoodTable best) throws NotUnderstoodException {
        if (!best.in(State.RULE).isEmpty()) {
            return;
        }
        Optional<String> row = Unread.in(page);
        if (row.isPresent()) {
            throw NotUnderstoodException.ambiguous(page.name() + " shows what may be rules and was not understood: "
                    + row.get() + ", beside " + best.sheet().place() + ", which is empty");
        }
        if (page.rowsLost()
                || best.editable() && page.filledByScript(best.sheet().fields())) {
            throw NotUnderstoodException.needsScript(
                    "the rows of " + page.name() + " are written or filled in by a script that cannot be followed");
        }
    }

    private static boolean contradicts(UnderstoodTable one, UnderstoodTable other) {
        Set<String> ours = rules(one);
        Set<String> theirs = rules(other);
        return !ours.containsAll(theirs) && !theirs.containsAll(ours);
    }

    private static Set<String> rules(UnderstoodTable table) {
        return table.in(State.RULE).stream()
                .flatMap(row -> row.rules().stream())
                .map(rule -> rule.external() + " " + rule.internal() + " " + rule.host())
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }

    /** A header without rows on a page that has nothing else to write with, and scripts that could fill it. */
    private boolean emptyByScript(UnderstoodTable table) {
        boolean header =
                table.sheet().source() == Sheet.Source.TABLE && table.rows().isEmpty();
        if (!header || !page.scripts().present()) {
            return false;
        }
        boolean fields =
                Field.of(page.document().select("input, select")).stream().anyMatch(Field::writable);
        boolean link = page.document().select("a[href], input[type=submit], button[type=submit]").stream()
                .anyMatch(element -> Phrases.ADD.in(element.text() + " " + element.attr("value")));
        boolean saysNone = page.document().select("tr, div, p").stream().anyMatch(NoRows::in);
        return !fields && !link && !saysNone;
    }

    private NotUnderstoodException nothing() {
        if (!ambiguous.isEmpty()) {
            return NotUnderstoodException.ambiguous(ambiguous.get(0));
        }
        boolean about = Phrases.FORWARDING.in(page.document().title() + " "
                + page.document().select("h1, h2, h3, legend").text());
        boolean fetches =
                page.scripts().mentions("XMLHttpRequest", "ajax", "getJSON", "fetch", "angular", "Vue", "React");
        if (page.scripts().present()
                && (fetches || about)
                && page.document().select("table tr").size() < 2) {
            return NotUnderstoodException.needsScript(
                    page.name() + " shows its content by scripts only, and holds no data to read");
        }
        return new NotUnderstoodException(Kind.NO_TABLE, page.name() + " holds no table of port mappings");
    }
}
