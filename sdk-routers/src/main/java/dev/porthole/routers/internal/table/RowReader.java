package dev.porthole.routers.internal.table;

import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Row;
import dev.porthole.routers.internal.table.TableRow.State;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Reads the rows of a sheet whose columns are known. */
final class RowReader {
    private final Sheet sheet;
    private final Columns columns;
    private final Optional<String> prefix;
    private final Map<String, Set<TransportProtocol>> codes;

    /**
     * A reader.
     *
     * @param codes what numbers in the protocol column mean, where another page told
     */
    RowReader(Sheet sheet, Columns columns, Page page, Map<String, Set<TransportProtocol>> codes)
            throws NotUnderstoodException {
        this.sheet = sheet;
        this.columns = columns;
        this.codes = codes;
        this.prefix = octets() ? prefix(page) : Optional.empty();
    }

    /** The part of the address that rows leave out; empty where they hold whole addresses. */
    Optional<String> prefix() {
        return prefix;
    }

    /** Whether the address column holds the last octet only, in fields beside which its beginning is not printed. */
    private boolean octets() {
        boolean any = false;
        for (Cell cell : sheet.cells(columns.place(Meaning.HOST))) {
            if (cell.fields().size() > 1 || Values.address(cell.shown()).isPresent()) {
                return false;
            }
            boolean shortField = cell.field()
                    .filter(field -> field.type() == Field.Type.TEXT && field.maxLength() <= 3)
                    .isPresent();
            boolean octet = !cell.shown().startsWith("0") && Prefixes.octet(cell.shown());
            if (!Values.unset(cell.shown()) && !octet) {
                return false;
            }
            any |= shortField || octet;
        }
        return any;
    }

    private Optional<String> prefix(Page page) throws NotUnderstoodException {
        List<Cell> cells = sheet.cells(columns.place(Meaning.HOST));
        Set<String> own = new LinkedHashSet<>();
        cells.forEach(cell -> own.addAll(Prefixes.in(cell.text())));
        if (own.size() > 1
                && cells.stream()
                        .allMatch(cell ->
                                cell.fields().isEmpty() || Prefixes.before(cell).isPresent())) {
            return Optional.empty();
        }
        List<String> found = List.copyOf(own);
        if (found.isEmpty()) {
            found = Prefixes.in(sheet.columns().get(columns.place(Meaning.HOST)).header());
        }
        if (found.isEmpty()) {
            found = Prefixes.in(page.text());
        }
        if (found.size() != 1) {
            throw NotUnderstoodException.ambiguous(sheet.place() + " takes the last part of an address, and "
                    + (found.isEmpty() ? "nothing on the page tells" : "several texts tell")
                    + " what stands before it");
        }
        return Optional.of(found.get(0));
    }

    List<TableRow> rows() {
        List<TableRow> rows = new ArrayList<>();
        for (int i = 0; i < sheet.rows().size(); i++) {
            rows.add(row(i, sheet.rows().get(i)));
        }
        return rows;
    }

    private String shown(Row row, Meaning meaning) {
        return columns.has(meaning) ? row.cell(columns.place(meaning)).shown() : "";
    }

    private TableRow row(int index, Row row) {
        String content = row.cells().stream().map(Cell::raw).collect(Collectors.joining(" | "));
        String host = host(row);
        String ports = shown(row, Meaning.EXTERNAL_START);
        boolean noHost = Values.unset(host);
        boolean noPorts = Values.unset(ports);
        boolean chosen = row.cell(columns.place(Meaning.HOST))
                .field()
                .filter(field -> field.type() == Field.Type.SELECT)
                .isPresent();
        if (noPorts && (noHost || chosen)) {
            return new TableRow(index, State.FREE, content);
        }
        List<PortRange> external = external(row);
        if (noHost && !external.isEmpty()) {
            return new TableRow(index, State.PRESET, content);
        }
        List<Integer> internal = internal(row, external);
        Optional<Set<TransportProtocol>> protocols = protocols(row);
        if (noHost || number(host) || external.isEmpty() || internal.isEmpty() || protocols.isEmpty()) {
            return new TableRow(index, State.OPAQUE, content);
        }
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < external.size(); i++) {
            rules.add(new Rule(
                    shown(row, Meaning.NAME),
                    external.get(i),
                    internal.get(i),
                    host,
                    protocols.get(),
                    enabled(row),
                    source(row)));
        }
        return new TableRow(index, State.RULE, rules, content);
    }

    /** A number is no host: a header that stands over other columns than its own has one below its address. */
    private static boolean number(String host) {
        return Values.onlyDigits(host);
    }

    private String host(Row row) {
        Cell cell = row.cell(columns.place(Meaning.HOST));
        String shown = cell.shown();
        Optional<String> start = Prefixes.before(cell).or(() -> prefix);
        if (start.isPresent() && (Values.unset(shown) || Prefixes.octet(shown))) {
            return Values.unset(shown) ? "" : start.get() + "." + shown.replaceAll("^0+(?=.)", "");
        }
        if (cell.fields().size() > 1) {
            return shown.matches("[.0 ]*") ? "" : shown;
        }
        return Values.address(shown)
                .or(() -> Values.address(cell.raw()))
                .filter(address -> !address.equals("0.0.0.0"))
                .orElse(Values.unset(shown) || Values.unset(cell.raw()) ? "" : shown);
    }

    private List<PortRange> external(Row row) {
        List<PortRange> start = Values.ports(shown(row, Meaning.EXTERNAL_START));
        String end = shown(row, Meaning.EXTERNAL_END);
        if (start.size() != 1 || !columns.has(Meaning.EXTERNAL_END) || Values.unset(end)) {
            return start;
        }
        Optional<PortRange> last = Values.port(end);
        return last.isPresent() && last.get().last() >= start.get(0).first()
                ? List.of(new PortRange(start.get(0).first(), last.get().last()))
                : List.of();
    }

    /**
     * The first internal port of each external range: the same as outside where the row tells none. Empty where it tells
     * something that is not a port, or not as many: taking the external port then would be a guess.
     */
    private List<Integer> internal(Row row, List<PortRange> external) {
        String shown = shown(row, Meaning.INTERNAL_START);
        String host = shown(row, Meaning.HOST);
        boolean silent = Values.unset(shown) && !Values.somethingBehindAddress(host);
        List<PortRange> told =
                Values.unset(shown) ? Values.portBehindAddress(host).stream().toList() : Values.ports(shown);
        if (told.isEmpty()) {
            return silent ? external.stream().map(PortRange::first).toList() : List.of();
        }
        return told.size() == external.size()
                ? told.stream().map(PortRange::first).toList()
                : List.of();
    }

    /** Empty where the row is about another protocol, such as GRE. */
    private Optional<Set<TransportProtocol>> protocols(Row row) {
        if (columns.has(Meaning.TCP) || columns.has(Meaning.UDP)) {
            Set<TransportProtocol> found = EnumSet.noneOf(TransportProtocol.class);
            if (on(shown(row, Meaning.TCP))) {
                found.add(TransportProtocol.TCP);
            }
            if (on(shown(row, Meaning.UDP))) {
                found.add(TransportProtocol.UDP);
            }
            return Optional.of(found);
        }
        Set<TransportProtocol> beside = Values.protocolsBeside(shown(row, Meaning.EXTERNAL_START));
        if (!columns.has(Meaning.PROTOCOL) && !beside.isEmpty()) {
            return Optional.of(beside);
        }
        Cell cell = row.cell(columns.place(Meaning.PROTOCOL));
        String shown = cell.shown();
        Set<TransportProtocol> byCode = codes.get(cell.raw());
        if (byCode != null && shown.equals(cell.raw())) {
            return Optional.of(byCode);
        }
        Set<TransportProtocol> found = Values.protocols(shown);
        if (!found.isEmpty()) {
            return Optional.of(found);
        }
        // Without a word for it a rule is for both; so is a number that no page explains.
        boolean silent = Values.unset(shown) || shown.matches("[0-9]{1,2}");
        return silent ? Optional.of(EnumSet.allOf(TransportProtocol.class)) : Optional.empty();
    }

    private static boolean on(String text) {
        return Values.bool(text).orElse(false);
    }

    private boolean enabled(Row row) {
        if (on(shown(row, Meaning.DISABLED))) {
            return false;
        }
        if (columns.has(Meaning.ENABLED)) {
            return Values.bool(shown(row, Meaning.ENABLED)).orElse(true);
        }
        return row.element() == null || !RowState.off(row.element());
    }

    private String source(Row row) {
        String shown = shown(row, Meaning.SOURCE);
        return Values.anySource(shown) ? "" : shown;
    }
}
