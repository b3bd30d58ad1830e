package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** What each column of a sheet means, decided for the sheet as a whole. Immutable. */
final class Columns {
    private final Map<Meaning, Integer> places;
    private final Map<Integer, String> reasons;
    private final int score;

    private Columns(Map<Meaning, Integer> places, Map<Integer, String> reasons, int score) {
        this.places = places;
        this.reasons = reasons;
        this.score = score;
    }

    /**
     * Decides for a sheet.
     *
     * @throws NotUnderstoodException {@code NO_TABLE} where it holds no port mappings, {@code AMBIGUOUS} where it can be
     *     read in two ways
     */
    static Columns of(Sheet sheet) throws NotUnderstoodException {
        List<ColumnFacts> facts = new ArrayList<>();
        for (int i = 0; i < sheet.columns().size(); i++) {
            facts.add(new ColumnFacts(i, sheet.columns().get(i), sheet.cells(i)));
        }
        return new Decision(facts).decide();
    }

    boolean has(Meaning meaning) {
        return places.containsKey(meaning);
    }

    /** The column of a meaning; negative where there is none. */
    int place(Meaning meaning) {
        return places.getOrDefault(meaning, -1);
    }

    Meaning meaning(int column) {
        return places.entrySet().stream()
                .filter(entry -> entry.getValue() == column)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse(Meaning.OTHER);
    }

    String reason(int column) {
        return reasons.getOrDefault(column, "no word or value tells");
    }

    /** How much speaks for this reading; compared between sheets of one page. */
    int score() {
        return score;
    }

    private static final class Decision {
        private final List<ColumnFacts> facts;
        private final Map<Meaning, Integer> places = new EnumMap<>(Meaning.class);
        private final Map<Integer, String> reasons = new HashMap<>();

        Decision(List<ColumnFacts> facts) {
            this.facts = facts;
        }

        Columns decide() throws NotUnderstoodException {
            if (facts.stream().anyMatch(fact -> fact.is(Trait.TRIGGER))) {
                throw none("it is about port triggering");
            }
            List<ColumnFacts> ports = ports();
            ColumnFacts host = host(ports);
            place(Meaning.HOST, host);
            Map<Meaning, ColumnFacts> resolved = PortColumns.resolve(ports, host.index());
            if (!resolved.containsKey(Meaning.EXTERNAL_START)) {
                throw none("it has no external port");
            }
            resolved.forEach(this::place);
            single(Meaning.PROTOCOL, fact -> fact.is(Trait.PROTOCOL), ColumnFacts::protocols);
            box(Meaning.TCP, Trait.TCP);
            box(Meaning.UDP, Trait.UDP);
            source();
            enabled();
            name();
            int known = (int) facts.stream().filter(ColumnFacts::named).count();
            return new Columns(places, reasons, 3 * places.size() + known);
        }

        private List<ColumnFacts> ports() {
            List<ColumnFacts> named = facts.stream().filter(Decision::port).toList();
            if (!named.isEmpty()) {
                return named;
            }
            boolean silent = facts.stream().noneMatch(fact -> fact.named() && !fact.fromIdentifier());
            return silent
                    ? facts.stream()
                            .filter(fact -> !fact.named() && fact.ports() && !fact.counting())
                            .toList()
                    : List.of();
        }

        private static boolean port(ColumnFacts fact) {
            boolean address = fact.any(Trait.HOST, Trait.REMOTE) && !fact.is(Trait.PORT) && !fact.ports();
            if (fact.boxes() || fact.addresses() || fact.is(Trait.LIMIT) || address) {
                return false;
            }
            if (fact.any(Trait.PORT, Trait.RANGE)) {
                // A field's name holds the word port for many reasons; the values must not speak against it.
                return fact.ports()
                        || fact.blank()
                        || !fact.fromIdentifier() && !fact.any(Trait.NAME, Trait.ENABLED, Trait.ACTION);
            }
            if (fact.any(Trait.REMOTE, Trait.SUBJECT)) {
                return false;
            }
            boolean kind = fact.any(
                    Trait.HOST, Trait.NAME, Trait.PROTOCOL, Trait.ENABLED, Trait.ACTION, Trait.OTHER, Trait.TYPE);
            boolean side = fact.any(Trait.START, Trait.END, Trait.FROM, Trait.TO, Trait.EXTERNAL, Trait.INTERNAL);
            return !kind && side && (fact.ports() || fact.blank() && !fact.is(Trait.INTERNAL)) && !fact.protocols();
        }

        private ColumnFacts host(List<ColumnFacts> ports) throws NotUnderstoodException {
            List<ColumnFacts> candidates = facts.stream()
                    .filter(fact -> !ports.contains(fact) && host(fact))
                    .toList();
            if (candidates.isEmpty()) {
                candidates = facts.stream()
                        .filter(fact -> !fact.named() && fact.privateAddresses())
                        .toList();
            }
            int best = candidates.stream().mapToInt(Decision::hostScore).max().orElse(0);
            List<ColumnFacts> top =
                    candidates.stream().filter(fact -> hostScore(fact) == best).toList();
            if (top.isEmpty()) {
                throw none("it has no column for the internal address");
            }
            if (top.size() > 1) {
                throw NotUnderstoodException.ambiguous("both '" + top.get(0).title() + "' and '"
                        + top.get(1).title() + "' may be the internal address");
            }
            return top.get(0);
        }

        private static boolean host(ColumnFacts fact) {
            if (fact.boxes()
                    || fact.radios()
                    || fact.any(Trait.LIMIT, Trait.REMOTE, Trait.SRC, Trait.PROTOCOL, Trait.ACTION)) {
                return false;
            }
            if (fact.is(Trait.HOST)) {
                return (!fact.is(Trait.EXTERNAL) || fact.is(Trait.INTERNAL)) && !fact.protocols();
            }
            return fact.any(Trait.INTERNAL, Trait.DEST, Trait.TO)
                    && !fact.any(Trait.NAME, Trait.PORT, Trait.RANGE, Trait.OTHER)
                    && (fact.addresses() || fact.blank());
        }

        private static int hostScore(ColumnFacts fact) {
            return 1
                    + (fact.any(Trait.INTERNAL, Trait.DEST) ? 3 : 0)
                    + (fact.privateAddresses() ? 4 : fact.blank() || fact.octets() ? 2 : 0)
                    + (fact.is(Trait.HOST) ? 2 : 0)
                    + (fact.textFields() ? 1 : 0)
                    - (fact.is(Trait.NAME) ? 1 : 0);
        }

        private boolean free(ColumnFacts fact) {
            return !places.containsValue(fact.index());
        }

        private void single(Meaning meaning, Predicate<ColumnFacts> byWord, Predicate<ColumnFacts> byValue) {
            List<ColumnFacts> words = facts.stream()
                    .filter(this::free)
                    .filter(byWord)
                    .filter(fact -> !fact.boxes() && !fact.addresses())
                    .toList();
            List<ColumnFacts> both = words.stream().filter(byValue).toList();
            List<ColumnFacts> values = facts.stream()
                    .filter(this::free)
                    .filter(byValue)
                    .filter(fact -> !fact.any(Trait.NAME, Trait.PORT, Trait.HOST))
                    .toList();
            if (!both.isEmpty()) {
                place(meaning, both.get(0));
            } else if (!words.isEmpty()) {
                place(meaning, words.get(0));
            } else if (values.size() == 1) {
                place(meaning, values.get(0));
            }
        }

        private void box(Meaning meaning, Trait trait) {
            facts.stream()
                    .filter(this::free)
                    .filter(fact -> fact.is(trait) && fact.switches())
                    .filter(fact -> !(fact.is(Trait.TCP) && fact.is(Trait.UDP)))
                    .findFirst()
                    .ifPresent(fact -> place(meaning, fact));
        }

        private void source() {
            facts.stream()
                    .filter(this::free)
                    .filter(fact -> fact.is(Trait.LIMIT)
                            || fact.any(Trait.SRC, Trait.REMOTE)
                                    && !fact.any(Trait.PORT, Trait.RANGE, Trait.NAME, Trait.OTHER)
                            || fact.is(Trait.HOST) && fact.is(Trait.FROM) && !fact.is(Trait.INTERNAL)
                            || limits(fact))
                    .filter(fact -> !fact.boxes() && !fact.ports())
                    .findFirst()
                    .ifPresent(fact -> place(Meaning.SOURCE, fact));
        }

        /** An external address that is anyone's in some rows and another host's in others; the router's own would be there. */
        private static boolean limits(ColumnFacts fact) {
            List<String> shown = fact.cells().stream().map(Sheet.Cell::shown).toList();
            return fact.is(Trait.HOST)
                    && fact.is(Trait.EXTERNAL)
                    && !fact.is(Trait.INTERNAL)
                    && shown.stream().anyMatch(Values::anySource)
                    && shown.stream().anyMatch(text -> Values.address(text).isPresent() && !Values.anySource(text));
        }

        /** A word that says so, else the one box that nobody calls a selection and that is set in filled rows only. */
        private void enabled() {
            facts.stream()
                    .filter(this::free)
                    .filter(fact -> fact.is(Trait.ENABLED) && !fact.is(Trait.ACTION))
                    .filter(fact -> fact.switches() || fact.blank() || fact.selects() || !fact.hasFields())
                    .filter(fact -> !fact.ports() && !fact.any(Trait.HOST, Trait.PORT) || fact.switches())
                    .max(Comparator.comparing(ColumnFacts::switches))
                    .ifPresent(fact -> place(Meaning.ENABLED, fact));
            facts.stream()
                    .filter(this::free)
                    .filter(fact ->
                            fact.is(Trait.DISABLED) && !fact.any(Trait.ENABLED, Trait.ACTION) && fact.switches())
                    .findFirst()
                    .ifPresent(fact -> place(Meaning.DISABLED, fact));
        }

        private void name() {
            facts.stream()
                    .filter(this::free)
                    .filter(fact -> fact.is(Trait.NAME) && !fact.boxes() && !fact.addresses() && !fact.counting())
                    .max(Comparator.comparingInt(Decision::nameScore).thenComparing(fact -> -fact.index()))
                    .ifPresent(fact -> place(Meaning.NAME, fact));
        }

        private static int nameScore(ColumnFacts fact) {
            boolean nothingElse = Vocabulary.names(fact.title(), Trait.NAME);
            return (fact.textFields() ? 4 : 0)
                    + (fact.selects() ? -2 : 0)
                    + (fact.fromIdentifier() ? 0 : 1)
                    + (nothingElse ? 1 : 0);
        }

        private void place(Meaning meaning, ColumnFacts fact) {
            places.put(meaning, fact.index());
            String by = fact.named()
                    ? (fact.fromIdentifier() ? "by the name of its field: " : "by its words: ") + fact.traits()
                    : "by its values";
            reasons.put(fact.index(), by);
        }

        private static NotUnderstoodException none(String why) {
            return new NotUnderstoodException(NotUnderstoodException.Kind.NO_TABLE, why);
        }
    }
}
