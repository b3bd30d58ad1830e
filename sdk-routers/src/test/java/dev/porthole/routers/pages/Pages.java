package dev.porthole.routers.pages;

import java.util.List;

/** The pages of one simulated router: what it shows, and what its forms do to its rules. */
public interface Pages {
    /** The page at a path, after doing what was asked for; null where there is none. */
    String page(Request request, List<Entry> rules);

    /** Rules that others made. */
    default List<Entry> others() {
        return List.of(
                Entry.of("WebServer", 8000, 80, "192.168.1.20", "TCP"),
                Entry.of("Game <1>", 27015, 27016, "192.168.1.30", "UDP"));
    }

    /** Whether internal and external port can differ. */
    default boolean translates() {
        return true;
    }

    static String html(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
    }

    static String document(String title, String body) {
        return "<!DOCTYPE html><html><head><title>" + title + "</title></head><body>" + body + "</body></html>";
    }

    static String input(String name, String value) {
        return "<input type=\"text\" name=\"" + name + "\" value=\"" + html(value) + "\">";
    }

    static String hidden(String name, String value) {
        return "<input type=\"hidden\" name=\"" + name + "\" value=\"" + html(value) + "\">";
    }

    static String box(String name, boolean checked) {
        return "<input type=\"checkbox\" name=\"" + name + "\" value=\"1\"" + (checked ? " checked" : "") + ">";
    }

    /** A select of options {@code value=text}. */
    static String select(String name, String chosen, String... options) {
        StringBuilder made = new StringBuilder("<select name=\"" + name + "\">");
        for (String option : options) {
            String value = option.substring(0, option.indexOf('='));
            made.append("<option value=\"").append(value).append('"');
            made.append(value.equals(chosen) ? " selected>" : ">");
            made.append(option.substring(option.indexOf('=') + 1)).append("</option>");
        }
        return made + "</select>";
    }

    static String row(String tag, String... cells) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String cell : cells) {
            row.append('<')
                    .append(tag)
                    .append('>')
                    .append(cell)
                    .append("</")
                    .append(tag)
                    .append('>');
        }
        return row + "</tr>\n";
    }
}
