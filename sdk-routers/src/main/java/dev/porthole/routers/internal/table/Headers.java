package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jsoup.nodes.Element;

/** Finds the header rows of a grid: one, or two where the upper one groups columns. */
final class Headers {
    private static final int MAX_HEADER_TEXT = 80;

    /** Headers by column, and the first row behind them. */
    record Found(List<String> texts, int behind) {
        /** The same, with nothing over the first columns: rows begin with a box or a number that has no header. */
        Found shifted(int columns) {
            if (columns == 0) {
                return this;
            }
            List<String> moved = new ArrayList<>(Collections.nCopies(columns, ""));
            moved.addAll(texts.subList(0, texts.size() - columns));
            return new Found(moved, behind);
        }
    }

    private Headers() {}

    static Found of(Grid grid) {
        int best = -1;
        int bestScore = 1;
        for (int row = 0; row < Math.min(grid.height(), 12); row++) {
            int score = score(grid, row);
            if (score > bestScore) {
                best = row;
                bestScore = score;
            }
        }
        if (best < 0) {
            return new Found(List.of(), 0);
        }
        int first = best;
        while (first > 0 && groups(grid, first - 1)) {
            first--;
        }
        int last = best;
        while (last + 1 < grid.height() && last < first + 2 && continues(grid, last, last + 1)) {
            last++;
        }
        List<String> texts = new ArrayList<>();
        for (int column = 0; column < grid.width(); column++) {
            texts.add(joined(grid, first, last, column));
        }
        return new Found(texts, last + 1);
    }

    /** How many different kinds of column a row names; a row with fields or values names none. */
    private static int score(Grid grid, int row) {
        List<Element> cells = grid.distinct(row);
        if (cells.size() < 2 || !wordsOnly(grid, row)) {
            return 0;
        }
        int score = 0;
        Set<Trait> seen = EnumSet.noneOf(Trait.class);
        for (Element cell : cells) {
            String text = grid.text(cell);
            Set<Trait> traits = text.length() <= MAX_HEADER_TEXT ? Vocabulary.ofText(text) : Set.of();
            if (!traits.isEmpty()) {
                score++;
                seen.addAll(traits);
            }
        }
        return seen.contains(Trait.PORT) || seen.contains(Trait.HOST) || seen.contains(Trait.RANGE)
                ? score + 1
                : score / 2;
    }

    private static boolean wordsOnly(Grid grid, int row) {
        for (Element cell : grid.distinct(row)) {
            boolean any = !Inside.plain(cell);
            boolean checkAll = any
                    && cell.select("input[type=checkbox]").size() == 1
                    && cell.select("input, select").size() == 1;
            boolean fields = any && Inside.all(cell, Inside::field).stream().anyMatch(Headers::shownField);
            if ((fields && !checkAll)
                    || any && TableSheets.holdsLayout(cell)
                    || Values.address(grid.text(cell)).isPresent()
                    || !Values.ports(grid.text(cell)).isEmpty()
                            && grid.text(cell).length() > 1) {
                return false;
            }
        }
        return true;
    }

    private static boolean shownField(Element element) {
        return Field.is(element) && !element.attr("type").equalsIgnoreCase("hidden");
    }

    /** A row above the header that spans groups of its columns. */
    private static boolean groups(Grid grid, int row) {
        List<Element> cells = grid.distinct(row);
        return cells.size() > 1 && wordsOnly(grid, row) && cells.stream().anyMatch(cell -> cell.hasAttr("colspan"));
    }

    /** A row below the header that names what a spanning cell of it groups. */
    private static boolean continues(Grid grid, int header, int row) {
        boolean spans = grid.distinct(header).stream().anyMatch(cell -> cell.hasAttr("colspan"));
        boolean hangs = grid.distinct(row).stream().anyMatch(grid.distinct(header)::contains);
        return (spans || hangs)
                && wordsOnly(grid, row)
                && grid.distinct(row).size() > 1
                && grid.row(row).children().stream()
                        .anyMatch(cell -> !Vocabulary.ofText(cell.text()).isEmpty());
    }

    private static String joined(Grid grid, int first, int last, int column) {
        List<String> texts = new ArrayList<>();
        for (int row = first; row <= last; row++) {
            Element cell = grid.cell(row, column);
            // A title over all columns says nothing about one.
            if (cell != null
                    && !texts.contains(grid.text(cell))
                    && grid.text(cell).length() <= MAX_HEADER_TEXT) {
                texts.add(grid.text(cell));
            }
        }
        return String.join(" ", texts).strip();
    }
}
