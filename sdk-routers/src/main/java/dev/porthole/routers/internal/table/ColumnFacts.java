package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Sheet.Cell;
import dev.porthole.routers.internal.table.Sheet.Column;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** What is known of one column: what its words say, and what its values look like. Immutable. */
final class ColumnFacts {
    private static final Set<Trait> KINDS = EnumSet.of(
            Trait.PORT,
            Trait.RANGE,
            Trait.HOST,
            Trait.NAME,
            Trait.PROTOCOL,
            Trait.TYPE,
            Trait.ENABLED,
            Trait.DISABLED,
            Trait.ACTION,
            Trait.INDEX,
            Trait.OTHER,
            Trait.LIMIT,
            Trait.TCP,
            Trait.UDP);
    private static final Set<Trait> SIDES =
            EnumSet.of(Trait.EXTERNAL, Trait.INTERNAL, Trait.REMOTE, Trait.SRC, Trait.DEST);
    private static final Set<Trait> BOUNDS = EnumSet.of(Trait.START, Trait.END, Trait.FROM, Trait.TO);

    /** Most cells, not all: one row in a table may hold what only its router understands. */
    private static final double MOST = 0.6;

    private static final Pattern COUNTED = Pattern.compile("[0-9]{1,3}\\.?");

    private final int index;
    private final Column column;
    private final List<Cell> cells;
    private final List<String> filled = new ArrayList<>();
    private final Set<Trait> traits;
    private final boolean fromIdentifier;
    private final List<Field> fields = new ArrayList<>();
    private final Set<Field.Type> types = EnumSet.noneOf(Field.Type.class);
    private final Map<String, Boolean> told = new HashMap<>();

    ColumnFacts(int index, Column column, List<Cell> cells) {
        this.index = index;
        this.column = column;
        this.cells = cells;
        for (Cell cell : cells) {
            if (!Values.unset(cell.shown())) {
                filled.add(cell.shown());
            }
            fields.addAll(cell.fields());
        }
        fields.forEach(field -> types.add(field.type()));
        Set<Trait> words = EnumSet.noneOf(Trait.class);
        words.addAll(Vocabulary.ofText(column.header()));
        column.labels().forEach(label -> words.addAll(Vocabulary.ofText(label)));
        Set<Trait> names = EnumSet.noneOf(Trait.class);
        column.identifiers().forEach(name -> names.addAll(Vocabulary.ofIdentifier(name)));
        this.fromIdentifier = !has(words, KINDS) && has(names, KINDS);
        this.traits = combined(words, names);
    }

    /** Words count; names of fields fill in what the words leave open. */
    private static Set<Trait> combined(Set<Trait> words, Set<Trait> names) {
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        traits.addAll(words);
        boolean sided = has(words, SIDES);
        boolean bounded = has(words, BOUNDS);
        for (Trait name : names) {
            boolean open = KINDS.contains(name)
                    ? !has(words, KINDS)
                    : SIDES.contains(name) ? !sided : BOUNDS.contains(name) && !bounded && !sided;
            if (open || (BOUNDS.contains(name) && !bounded && name != Trait.FROM && name != Trait.TO)) {
                traits.add(name);
            }
        }
        return traits;
    }

    private static boolean has(Set<Trait> traits, Set<Trait> any) {
        return traits.stream().anyMatch(any::contains);
    }

    int index() {
        return index;
    }

    String title() {
        return column.title();
    }

    Set<Trait> traits() {
        return traits;
    }

    boolean is(Trait trait) {
        return traits.contains(trait);
    }

    boolean any(Trait... wanted) {
        return List.of(wanted).stream().anyMatch(traits::contains);
    }

    /** Whether any known word says something; without, only the values speak. */
    boolean named() {
        return !traits.isEmpty();
    }

    boolean fromIdentifier() {
        return fromIdentifier;
    }

    List<Cell> cells() {
        return cells;
    }

    boolean blank() {
        return filled.isEmpty();
    }

    boolean boxes() {
        return hasFields() && types.equals(EnumSet.of(Field.Type.CHECKBOX));
    }

    /** Marks of rows, or choices among words: never an address to type. */
    boolean radios() {
        return hasFields() && types.equals(EnumSet.of(Field.Type.RADIO));
    }

    boolean hasFields() {
        return !fields.isEmpty();
    }

    boolean textFields() {
        return fields.stream().anyMatch(field -> field.type() == Field.Type.TEXT && field.writable());
    }

    boolean selects() {
        return types.contains(Field.Type.SELECT);
    }

    private boolean most(Predicate<String> test) {
        if (filled.isEmpty()) {
            return false;
        }
        int matching = 0;
        for (int i = 0; i < filled.size(); i++) {
            matching += test.test(filled.get(i)) ? 1 : 0;
            int left = filled.size() - i - 1;
            if (matching >= MOST * filled.size() || matching + left < MOST * filled.size()) {
                break;
            }
        }
        return matching >= MOST * filled.size();
    }

    /** Asked again and again while the columns of a table are weighed, and the same each time. */
    private boolean told(String what, Predicate<String> test) {
        return told.computeIfAbsent(what, key -> most(test));
    }

    boolean ports() {
        return told("ports", text -> !Values.ports(text).isEmpty());
    }

    boolean addresses() {
        return told("addresses", text -> Values.address(text).isPresent());
    }

    boolean privateAddresses() {
        return told(
                "private",
                text -> Values.address(text).filter(Values::isPrivateAddress).isPresent());
    }

    boolean octets() {
        return told("octets", Prefixes::octet);
    }

    /** Words for transports, in the cells or in what their selects offer; IANA's bare numbers need a word over them. */
    boolean protocols() {
        if (told(
                "protocols",
                text -> !Values.onlyDigits(text)
                        && !Values.protocols(text).isEmpty()
                        && !Values.bool(text).isPresent())) {
            return true;
        }
        return told.computeIfAbsent("options", key -> offersProtocols());
    }

    private boolean offersProtocols() {
        return fields.stream()
                        .flatMap(field -> field.options().stream())
                        .map(Field.Option::text)
                        .filter(text -> !Values.protocolsBeside(text).isEmpty()
                                && !Values.protocols(text).isEmpty())
                        .limit(2)
                        .count()
                == 2;
    }

    boolean switches() {
        return boxes() || told("switches", text -> Values.bool(text).isPresent());
    }

    /** Counting up from a start: row numbers, not ports. */
    boolean counting() {
        int first = cells.isEmpty() ? -1 : number(cells.get(0).shown());
        for (int i = 0; i < cells.size() && first >= 0; i++) {
            if (number(cells.get(i).shown()) != first + i) {
                return false;
            }
        }
        return first == 0 || first == 1;
    }

    /** The number of a row, with or without a full stop; negative where it is none. */
    private static int number(String text) {
        return COUNTED.matcher(text).matches() ? Integer.parseInt(text.replace(".", "")) : -1;
    }
}
