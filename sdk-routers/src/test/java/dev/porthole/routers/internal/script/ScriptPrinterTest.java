package dev.porthole.routers.internal.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a page's scripts may take, from below and from above. */
class ScriptPrinterTest {
    /** Half of the longest text that there may be. */
    private static final String LONG = "var s = 'x'; for (i = 0; i < 19; i++) s = s + s;\n";

    private static final class Elements implements ScriptPrinter.Window {
        private String last = "";

        @Override
        public Optional<String> read(List<String> path, String property) {
            return Optional.empty();
        }

        @Override
        public void assign(List<String> path, String property, String value) {
            last = value;
        }
    }

    private static ScriptPrinter printer(Duration time) {
        return new ScriptPrinter(new Elements(), Deadline.after(time));
    }

    private static Optional<String> printed(String script) {
        return printer(Duration.ofMinutes(1)).run(script);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "t = s + 'y'",
                "t = s.substring(1)",
                "t = s.toUpperCase()",
                "t = s.split('y')",
                "t = [s].join('')"
            })
    void all_text_that_is_made_counts(String making) {
        assertThat(printed(LONG + "for (i = 0; i < 4; i++) " + making + "; document.write('done');"))
                .contains("done");
        assertThat(printed(LONG + "for (i = 0; i < 18; i++) " + making + "; document.write('done');"))
                .isEmpty();
    }

    @Test
    void what_is_put_into_elements_counts_as_what_is_printed() {
        String put = "document.getElementById('list').innerHTML = s;";
        assertThat(printed(LONG + put + "document.write('done');")).contains("done");
        assertThat(printed(LONG + put.repeat(3) + "document.write('done');")).isEmpty();
    }

    @Test
    void numbers_in_lists_count_as_the_text_that_they_make() {
        String list = "var l = []; for (i = 0; i < 8000; i++) l.push(123456789012345); var o = {};";
        assertThat(printed(list + "o[[l, l]] = 1; document.write('done');")).contains("done");
        assertThat(printed(list + "o[[l, l, l, l, l, l, l, l, l]] = 1; document.write('done');"))
                .isEmpty();
    }

    @Test
    void so_do_the_signs_between_them() {
        String list = "var l = []; for (i = 0; i < 8000; i++) l.push(''); var o = {};";
        assertThat(printed(list + "o[l.join('----')] = 1; document.write('done');"))
                .contains("done");
        assertThat(printed(list + "var t = '-'; for (i = 0; i < 9; i++) t = t + t; l.join(t); document.write('done');"))
                .isEmpty();
    }

    /** The script takes some two hundred steps one by one; the others it takes to copy a long text. */
    @Test
    void the_clock_is_read_also_when_many_steps_are_taken_at_once() {
        ScriptPrinter printer = printer(Duration.ZERO);
        assertThat(printer.run("document.write('few');")).contains("few");
        assertThat(printer.run(LONG + "document.write('done');")).isEmpty();
    }

    @Test
    void a_text_that_grows_never_changes_under_another_name() {
        String script = "var a = '" + "-".repeat(200) + "'; a += 'one'; var b = a; a += 'two'; b += 'three'; var c = a;"
                + "function more() { a += 'four'; return 'five'; } a += more();"
                + "document.write(a.slice(200), '|', b.slice(200), '|', c.slice(200));";
        assertThat(printed(script)).contains("onetwofive|onethree|onetwo");
    }

    /** TP-Link's VirtualServerRpm.htm: a flat list, a loop that writes each cell. */
    @Test
    void a_thousand_rules_are_printed_cell_by_cell_in_less_than_half_of_the_steps() {
        StringBuilder script = new StringBuilder("var virServerListPara = new Array(\n");
        for (int i = 0; i < 1000; i++) {
            script.append('"').append(1000 + i).append("\",\"80\",\"192.168.0.7\",2,1,\n");
        }
        script.append("0,0 ); var virServerPara = new Array(1, 0, 1000, 5);\n")
                .append("var row = 0; for (var i = 0; i < virServerPara[2]; i++) {\n")
                .append("document.write('<TR><TD align=center>', i + 1, '</TD>');\n")
                .append("document.write('<TD class=Item>' + virServerListPara[row] + '</TD>');\n")
                .append("document.write('<TD class=Item>' + virServerListPara[row + 1] + '</TD>');\n")
                .append("document.write('<TD class=Item>' + virServerListPara[row + 2] + '</TD>');\n")
                .append("if (virServerListPara[row + 3] == 1) document.write('<TD>ALL</TD>');\n")
                .append("else if (virServerListPara[row + 3] == 2) document.write('<TD>TCP</TD>');\n")
                .append("else document.write('<TD>UDP</TD>');\n")
                .append("if (virServerListPara[row + 4] == 1) document.write('<TD>Enabled</TD>');\n")
                .append("else document.write('<TD>Disabled</TD>');\n")
                .append(
                        "document.write('<TD><a href=\"VirtualServerRpm.htm?Modify=' + i + '&Page=' + virServerPara[0] + '\">Modify</a>');\n")
                .append(
                        "document.write('<a href=\"VirtualServerRpm.htm?Del=' + i + '&Page=' + virServerPara[0] + '\">Delete</a></TD></TR>');\n")
                .append("row += virServerPara[3]; }");
        ScriptPrinter printer = printer(Duration.ofMinutes(1));
        assertThat(printer.run(script.toString()).orElseThrow()).contains("Del=999&Page=1");
        assertThat(printer.steps()).isLessThan(Meter.MAX_STEPS / 2);
    }

    /** D-Link, Tenda and others put the table together in a variable, and into an element at the end. */
    @Test
    void a_thousand_rules_are_put_together_in_one_text() {
        StringBuilder script = new StringBuilder("var list = [");
        for (int i = 0; i < 1000; i++) {
            script.append("{name:'rule ")
                    .append(i)
                    .append("',ext:'")
                    .append(1000 + i)
                    .append("',int:'80',ip:'192.168.0.7',proto:'TCP'},\n");
        }
        script.append("]; var html = '<table class=\"list\">'; for (var i = 0; i < list.length; i++) {\n")
                .append("html += '<tr class=\"row\">';\n")
                .append("html += '<td class=\"name\">' + list[i].name + '</td>';\n")
                .append("html += '<td class=\"port\">' + list[i].ext + '</td>';\n")
                .append("html += '<td class=\"port\">' + list[i].int + '</td>';\n")
                .append("html += '<td class=\"host\">' + list[i].ip + '</td>';\n")
                .append("html += '<td class=\"protocol\">' + list[i].proto + '</td>';\n")
                .append("html += '<td><input type=\"button\" value=\"Delete\" onclick=\"del(' + i + ')\"></td>';\n")
                .append("html += '</tr>'; }\n")
                .append("html = html + '</table>'; document.getElementById('rules').innerHTML = html;");
        Elements elements = new Elements();
        ScriptPrinter printer = new ScriptPrinter(elements, Deadline.after(Duration.ofMinutes(1)));
        assertThat(printer.run(script.toString())).isPresent();
        assertThat(elements.last).endsWith("del(999)\"></td></tr></table>");
        assertThat(printer.steps()).isLessThan(Meter.MAX_STEPS / 2);
    }
}
