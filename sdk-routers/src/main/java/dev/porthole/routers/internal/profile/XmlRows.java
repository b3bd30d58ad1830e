package dev.porthole.routers.internal.profile;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Rows as elements of XML.
 *
 * @param place where they stand, the root's name first, the row's last
 * @param changing children that may change though the rule does not
 */
record XmlRows(String place, Set<String> changing) implements RowCodec {
    private record XmlRow(XmlRows codec, XmlNode node) implements RawRow {
        @Override
        public Optional<String> get(String place) {
            return Place.of(place).below(node).stream()
                    .findFirst()
                    .map(XmlNode::text)
                    .map(String::strip);
        }

        @Override
        public String content() {
            StringBuilder text = new StringBuilder();
            for (XmlNode child : node.children()) {
                if (!codec.changing.contains(child.name())) {
                    child.write(text);
                }
            }
            return text.toString();
        }
    }

    /** Elements as they go into XML, without escaping once more. */
    record Fragment(String xml) {
        @Override
        public String toString() {
            return xml;
        }
    }

    @Override
    public Optional<List<RawRow>> read(Seen seen) {
        int last = place.lastIndexOf('/');
        String row = place.substring(last + 1);
        return seen.xml()
                .map(root -> Place.of(place.substring(0, last)).all(root))
                .filter(lists -> !lists.isEmpty())
                .map(lists ->
                        lists.stream().flatMap(list -> list.children().stream()).toList())
                // Rows by a name unknown here would be lost where the whole list is written back.
                .filter(rows -> rows.stream().allMatch(node -> node.name().equals(row)))
                .map(rows -> List.copyOf(rows.stream()
                        .map(node -> (RawRow) new XmlRow(this, node))
                        .toList()));
    }

    @Override
    public Object joined(List<RawRow> kept, Optional<Object> added) {
        StringBuilder text = new StringBuilder();
        kept.forEach(row -> ((XmlRow) row).node().write(text));
        added.ifPresent(fields -> element(place.substring(place.lastIndexOf('/') + 1), fields, text));
        return new Fragment(text.toString());
    }

    private static void element(String name, Object value, StringBuilder text) {
        text.append('<').append(name).append('>');
        if (value instanceof Map<?, ?> map) {
            map.forEach((child, each) -> element(String.valueOf(child), each, text));
        } else {
            text.append(Escape.xml(String.valueOf(value)));
        }
        text.append("</").append(name).append('>');
    }
}
