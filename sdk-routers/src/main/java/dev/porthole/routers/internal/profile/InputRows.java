package dev.porthole.routers.internal.profile;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jsoup.nodes.Element;

/**
 * Rows as controls of a form whose names hold the row's number where the profile writes {@code #}, as in {@code from#}.
 *
 * @param leading the name of a control that every row has
 * @param empty what the controls of a row hold that is free; empty where there are no free rows
 */
record InputRows(String leading, Map<String, List<String>> empty) implements RowCodec {
    /** No router has as many rows; a page with more was made to be slow. */
    private static final int MOST = 1000;

    record InputRow(InputRows codec, int number, Map<String, String> controls, String content) implements RawRow {
        @Override
        public Optional<String> get(String place) {
            return Optional.ofNullable(controls.get(named(place, number)));
        }

        /** Whether a new rule may be written here. */
        boolean isFree() {
            return !codec.empty.isEmpty()
                    && codec.empty.entrySet().stream()
                            .allMatch(e -> e.getValue()
                                    .contains(get(e.getKey()).orElse("").strip()));
        }

        @Override
        public boolean isRule() {
            return !isFree();
        }
    }

    /** The name of a row's control. */
    static String named(String pattern, int number) {
        return pattern.replace("#", Integer.toString(number));
    }

    /** Where the last number in a name begins and ends. */
    private static int[] lastDigits(String name) {
        int end = name.length();
        while (end > 0 && !digit(name.charAt(end - 1))) {
            end--;
        }
        int start = end;
        while (start > 0 && digit(name.charAt(start - 1))) {
            start--;
        }
        return new int[] {start, end};
    }

    private static boolean digit(char c) {
        return c >= '0' && c <= '9';
    }

    private static int numberIn(String name) {
        int[] digits = lastDigits(name);
        int length = digits[1] - digits[0];
        return length == 0 || length > 6 ? -1 : Integer.parseInt(name.substring(digits[0], digits[1]));
    }

    @Override
    public Optional<List<RawRow>> read(Seen seen) {
        Map<String, String> controls = new LinkedHashMap<>();
        for (Element control : Controls.all(seen.html())) {
            String value = Controls.value(control);
            boolean radio = control.attr("type").equalsIgnoreCase("radio");
            if (!radio || control.hasAttr("checked")) {
                controls.put(control.attr("name"), value);
            }
        }
        Map<Integer, StringBuilder> contents = contents(controls);
        List<RawRow> rows = new ArrayList<>();
        numbers(controls).stream()
                .limit(MOST)
                .forEach(number -> rows.add(new InputRow(
                        this,
                        number,
                        controls,
                        contents.getOrDefault(number, new StringBuilder()).toString())));
        return Optional.of(rows);
    }

    /** For each row its controls, without the number. */
    private static Map<Integer, StringBuilder> contents(Map<String, String> controls) {
        Map<Integer, StringBuilder> contents = new HashMap<>();
        controls.forEach((name, value) -> {
            int[] digits = lastDigits(name);
            contents.computeIfAbsent(numberIn(name), number -> new StringBuilder())
                    .append(name, 0, digits[0])
                    .append('#')
                    .append(name.substring(digits[1]))
                    .append('=')
                    .append(value)
                    .append('\n');
        });
        return contents;
    }

    private TreeSet<Integer> numbers(Map<String, String> controls) {
        int hash = leading.indexOf('#');
        String before = leading.substring(0, hash);
        String after = leading.substring(hash + 1);
        TreeSet<Integer> numbers = new TreeSet<>();
        for (String name : controls.keySet()) {
            int end = name.length() - after.length();
            if (name.startsWith(before) && name.endsWith(after) && end > before.length()) {
                String digits = name.substring(before.length(), end);
                if (digits.length() <= 4 && digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
                    numbers.add(Integer.parseInt(digits));
                }
            }
        }
        return numbers;
    }

    /** Every field of the rows' form as a browser would send it, with changes. */
    List<Map.Entry<String, String>> form(Seen seen, Map<String, String> changes) {
        Optional<Element> first = Controls.all(seen.html()).stream()
                .filter(control -> control.attr("name").equals(named(leading, numberIn(control.attr("name")))))
                .findFirst();
        List<Element> form =
                first.map(control -> Controls.around(seen.html(), control)).orElse(List.of());
        List<Map.Entry<String, String>> fields = new ArrayList<>(Controls.sent(form));
        changes.forEach((name, value) -> {
            fields.removeIf(field -> field.getKey().equals(name));
            fields.add(Map.entry(name, value));
        });
        return fields;
    }

    @Override
    public Object joined(List<RawRow> kept, Optional<Object> added) {
        throw new IllegalStateException("controls go into a form");
    }
}
