package dev.porthole.routers.internal.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.routers.pages.Tongue;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** The same rules are read whatever the order of columns, the language, the noise and the layout around them. */
class TableReaderProperties {
    private static final List<String> EXPECTED =
            List.of("cam 8080>80 192.168.1.5 TCP", "door 5554>554 192.168.1.6 UDP", "gate 9000>80 192.168.1.7 TCP");

    private record Col(String header, String... values) {}

    private static List<Col> columns(Tongue words, Random random, boolean extra) {
        List<Col> columns = new ArrayList<>(List.of(
                new Col(words.name, "cam", "door", "gate"),
                new Col(words.external, "8080", "5554", "9000"),
                new Col(words.internal, "80", "554", "80"),
                new Col(words.host, "192.168.1.5", "192.168.1.6", "192.168.1.7"),
                new Col(words.protocol, "TCP", "UDP", "TCP")));
        if (extra) {
            columns.add(new Col("Schedule", "Always", "Never", "Always"));
            columns.add(new Col("", "<a href=e>e</a>", "<a href=e>e</a>", "<a href=e>e</a>"));
            columns.add(new Col("#", "1", "2", "3"));
        }
        Collections.shuffle(columns, random);
        return columns;
    }

    /** Some routers tell beside a port what it is for. */
    private static String withService(String value, Random random) {
        return value.matches("80|554") && random.nextInt(3) == 0 ? value + " (WEB)" : value;
    }

    private static String cell(String tag, String text, Random random) {
        String noise = switch (random.nextInt(5)) {
            case 0 -> "<font size=2>" + text + "</font>";
            case 1 -> "<b><span class=x>" + text + "</span></b>";
            case 2 -> "&nbsp;" + text + "&nbsp;";
            case 3 -> "\n  " + text + "<br>";
            default -> text;
        };
        return "<" + tag + (random.nextBoolean() ? " class=c align=center" : "") + ">" + noise + "</" + tag + ">";
    }

    private static String table(List<Col> columns, Random random) {
        String tag = random.nextBoolean() ? "th" : "td";
        StringBuilder html = new StringBuilder("<table border=0>");
        if (random.nextBoolean()) {
            html.append("<tr><td colspan=").append(columns.size()).append(">List of rules</td></tr>");
        }
        html.append("<tr>");
        columns.forEach(column -> html.append(cell(tag, column.header(), random)));
        html.append("</tr>");
        for (int i = 0; i < 3; i++) {
            int row = i;
            html.append("<tr>");
            columns.forEach(column -> html.append(cell("td", withService(column.values()[row], random), random)));
            html.append(random.nextBoolean() ? "</tr>" : "");
        }
        String whole = html + "</table>";
        return random.nextInt(4) == 0 ? printed(whole) : whole;
    }

    /** The same as a script would write it, row by row. */
    private static String printed(String html) {
        StringBuilder script = new StringBuilder("<script>");
        for (String part : html.split("(?<=</tr>)")) {
            script.append("document.write('")
                    .append(part.replace("\\", "\\\\").replace("'", "\\'").replace("\n", "\\n"))
                    .append("');\n");
        }
        return script + "</script>";
    }

    private static String wrapped(String table, Random random) {
        String html = table;
        for (int i = random.nextInt(4); i > 0; i--) {
            html = switch (random.nextInt(3)) {
                case 0 -> "<table><tr><td>Menu</td><td>" + html + "</td></tr></table>";
                case 1 -> "<div><form action=x method=post><input type=hidden name=t value=1>" + html + "</form></div>";
                default -> "<table><tr><td><p>Firewall</p></td></tr><tr><td>" + html + "</td></tr></table>";
            };
        }
        return "<html><body><h1>NAT</h1><table><tr><td>WAN IP</td><td>203.0.113.7</td></tr><tr><td>DNS</td><td>192.0.2.1</td></tr></table>"
                + html + "</body></html>";
    }

    @Property(tries = 600)
    void a_table_is_read_the_same_in_any_layout(
            @ForAll Tongue words, @ForAll @IntRange(max = 1_000_000) int seed, @ForAll boolean extra) throws Exception {
        Random random = new Random(seed);
        String html = wrapped(table(columns(words, random, extra), random), random);
        assertThat(Read.rules(html)).as(html).isEqualTo(EXPECTED);
    }

    @Property(tries = 300)
    void slots_are_read_and_written_the_same_in_any_order(
            @ForAll Tongue words, @ForAll @IntRange(max = 1_000_000) int seed, @ForAll boolean octet) throws Exception {
        Random random = new Random(seed);
        List<Col> columns = columns(words, random, false);
        StringBuilder html = new StringBuilder("<form action=s method=post><table><tr>");
        columns.forEach(column -> html.append("<td>").append(column.header()).append("</td>"));
        html.append("</tr>");
        for (int i = 0; i < 5; i++) {
            html.append("<tr>");
            for (int c = 0; c < columns.size(); c++) {
                boolean host = columns.get(c).header().equals(words.host);
                String value = i < 3 ? columns.get(c).values()[i] : "";
                String shown = host && octet ? value.replace("192.168.1.", "") : value;
                html.append("<td>")
                        .append(host && octet ? "192.168.1." : "")
                        .append("<input name=f")
                        .append(c)
                        .append('_')
                        .append(i)
                        .append(host && octet ? " maxlength=3" : "")
                        .append(" value='")
                        .append(shown)
                        .append("'></td>");
            }
            html.append("</tr>");
        }
        html.append("</table><input type=submit value='").append(words.save).append("'></form>");
        UnderstoodTable table = Read.table(wrappedInTable(html.toString(), random));
        assertThat(Read.rules(table)).isEqualTo(EXPECTED);
        String sent = Read.sent(
                new TableEditor(table).addToRows(Read.wanted(8099, 81)).orElseThrow());
        for (int c = 0; c < columns.size(); c++) {
            String header = columns.get(c).header();
            String expected = header.equals(words.name)
                    ? "porthole-door-http"
                    : header.equals(words.external)
                            ? "8099"
                            : header.equals(words.internal)
                                    ? "81"
                                    : header.equals(words.host) ? (octet ? "77" : "192.168.1.77") : "TCP";
            assertThat(sent).contains("f" + c + "_3=" + expected).contains("f" + c + "_4=");
        }
        String removed = Read.sent(new TableEditor(table).remove(table.rows().get(1)));
        assertThat(removed).contains("=cam").doesNotContain("=door").contains("=gate");
    }

    private static String wrappedInTable(String html, Random random) {
        return random.nextBoolean() ? "<table><tr><td>" + html + "</td></tr></table>" : html;
    }

    @Property(tries = 300)
    void without_words_for_the_ports_nothing_is_guessed(@ForAll @IntRange(max = 1_000_000) int seed) {
        Random random = new Random(seed);
        List<Col> columns = new ArrayList<>(List.of(
                new Col("Name", "cam", "door", "gate"),
                new Col(random.nextBoolean() ? "Port" : "", "8080", "5554", "9000"),
                new Col(random.nextBoolean() ? "Port" : "Ports", "80", "554", "80"),
                new Col("IP Address", "192.168.1.5", "192.168.1.6", "192.168.1.7")));
        Collections.shuffle(columns, random);
        try {
            List<String> rules = Read.rules(table(columns, random));
            assertThat(rules).as("a reading without translation").allMatch(rule -> rule.matches(".* ([0-9]+)>\\1 .*"));
        } catch (NotUnderstoodException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }
}
