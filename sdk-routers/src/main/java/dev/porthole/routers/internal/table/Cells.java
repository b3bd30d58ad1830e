package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Sheet.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;

/** Takes a cell of a table apart: one part per field, an address in four fields together, text where there is no field. */
final class Cells {

    private Cells() {}

    static List<Cell> of(Element cell) {
        return of(cell, cell.text());
    }

    /** As {@link #of(Element)}, where the cell's text is known. */
    static List<Cell> of(Element cell, String whole) {
        if (Inside.plain(cell)) {
            return List.of(new Cell(whole, List.of()));
        }
        List<Field> all = Field.of(Inside.all(cell, Field::is));
        List<Field> fields = new ArrayList<>(all);
        fields.removeIf(Field::hidden);
        String text = Labels.textWithoutFields(cell, whole);
        if (fields.isEmpty()) {
            return List.of(plain(cell, text, all));
        }
        List<Cell> parts = new ArrayList<>();
        boolean boxes = fields.stream().allMatch(field -> field.type() == Field.Type.CHECKBOX);
        if (boxes && !text.isBlank() && fields.size() == 1) {
            parts.add(new Cell(text, List.of()));
        }
        for (int i = 0; i < fields.size(); ) {
            int octets = octetsAt(fields, i);
            List<Field> together = fields.subList(i, i + Math.max(1, octets));
            parts.add(new Cell(text, together));
            i += together.size();
        }
        return parts;
    }

    /** Text, else the words of an image or a hidden value. */
    private static Cell plain(Element cell, String text, List<Field> hidden) {
        Optional<String> state = RowState.behindToggle(cell, text);
        if (state.isPresent()) {
            return new Cell(state.get(), List.of());
        }
        if (!text.isBlank()) {
            return new Cell(text, List.of());
        }
        Optional<String> image = Inside.all(cell, Cells::described).stream()
                .map(img -> img.attr("alt").isBlank() ? img.attr("title") : img.attr("alt"))
                .findFirst();
        if (image.isPresent()) {
            return new Cell(image.get(), List.of());
        }
        if (Inside.any(cell, RowState::offLight)) {
            return new Cell("off", List.of());
        }
        return new Cell("", hidden.size() == 1 ? hidden : List.of());
    }

    private static boolean described(Element element) {
        return element.normalName().equals("img") && (element.hasAttr("alt") || element.hasAttr("title"));
    }

    /** How many fields from here make one address: four short ones whose values are octets or empty. */
    private static int octetsAt(List<Field> fields, int from) {
        if (from + 4 > fields.size()) {
            return 0;
        }
        for (Field field : fields.subList(from, from + 4)) {
            boolean octet = field.type() == Field.Type.TEXT
                    && field.maxLength() <= 3
                    && field.value().strip().matches("[0-9]{0,3}");
            if (!octet) {
                return 0;
            }
        }
        return 4;
    }
}
