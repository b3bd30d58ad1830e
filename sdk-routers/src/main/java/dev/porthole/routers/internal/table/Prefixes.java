package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.table.Sheet.Cell;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what is printed before a field that takes the last part of an address: {@code 192.168.1.[5]}. */
final class Prefixes {
    private static final Pattern PREFIX =
            Pattern.compile("(?<![0-9.])([0-9]{1,3}) ?\\. ?([0-9]{1,3}) ?\\. ?([0-9]{1,3})\\s*\\.\\s*(?![0-9])");

    private Prefixes() {}

    /** The different beginnings of addresses in a text. */
    static List<String> in(String text) {
        List<String> found = new ArrayList<>();
        Matcher matcher = PREFIX.matcher(text);
        while (matcher.find()) {
            String start = matcher.group(1) + "." + matcher.group(2) + "." + matcher.group(3);
            if (Values.isAddress(start + ".1") && !found.contains(start)) {
                found.add(start);
            }
        }
        return found;
    }

    /** The beginning that a cell prints before its one field. */
    static Optional<String> before(Cell cell) {
        boolean last = cell.fields().size() == 1 && takesOctet(cell.fields().get(0));
        List<String> found = last ? in(cell.text()) : List.of();
        return found.size() == 1 ? Optional.of(found.get(0)) : Optional.empty();
    }

    private static boolean takesOctet(Field field) {
        String value = field.value().strip();
        return field.type() == Field.Type.TEXT
                && upToThreeDigits(value)
                && (octet(value)
                        || field.maxLength() <= 3
                        || field.element().attr("size").matches("[1-4]"));
    }

    /** Whether a text is the last part of an address. */
    static boolean octet(String text) {
        return !text.isEmpty() && upToThreeDigits(text) && Integer.parseInt(text) <= 255;
    }

    private static boolean upToThreeDigits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < '0' || text.charAt(i) > '9') {
                return false;
            }
        }
        return text.length() <= 3;
    }
}
