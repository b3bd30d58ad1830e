package dev.porthole.routers.internal.script;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/** Whatever a script holds: it is printed, or given up, in bounded time. */
class ScriptPrinterProperties {
    private static final List<String> PIECES = List.of(
            "a",
            "b",
            "f",
            "i",
            "document",
            "write",
            "(",
            ")",
            "[",
            "]",
            "{",
            "}",
            ";",
            ",",
            ".",
            "=",
            "==",
            "+",
            "++",
            "+=",
            "<",
            "?",
            ":",
            "'x'",
            "\"<td>\"",
            "1",
            "0",
            "8080",
            "function",
            "return",
            "if",
            "else",
            "for",
            "while",
            "var",
            "new",
            "Array",
            "push",
            "split",
            "length",
            "this",
            "switch",
            "case",
            "break",
            "/x/",
            "!",
            "&&",
            "\n",
            "innerHTML",
            "value",
            "true",
            "null",
            "try",
            "catch",
            "in",
            "do",
            "typeof",
            "join");

    private static ScriptPrinter printer() {
        return new ScriptPrinter(
                new ScriptPrinter.Window() {
                    @Override
                    public Optional<String> read(List<String> path, String property) {
                        return Optional.empty();
                    }

                    @Override
                    public void assign(List<String> path, String property, String value) {
                        assertThat(value).isNotNull();
                    }
                },
                Deadline.after(Duration.ofMinutes(1)));
    }

    @Property(tries = 1500)
    void any_sequence_of_pieces_ends(@ForAll @IntRange(max = 10_000_000) int seed) {
        Random random = new Random(seed);
        StringBuilder script = new StringBuilder("var a = ['x'], b = {c: 1}; function f(i) { return i; }\n");
        for (int i = random.nextInt(60); i > 0; i--) {
            script.append(PIECES.get(random.nextInt(PIECES.size()))).append(random.nextBoolean() ? " " : "");
        }
        assertThat(printer().run(script.toString())).isNotNull();
    }

    @Property(tries = 300)
    void a_loop_prints_each_row_once(@ForAll @IntRange(max = 300) int rows, @ForAll boolean joined) {
        String body = joined
                ? "var h = ''; for (var i = 0; i < l.length; i++) { h += '<' + l[i][0] + ':' + (l[i][1] * 1 + 1) + '>'; } document.write(h);"
                : "for (i in l) { document.write('<', l[i][0], ':', parseInt(l[i][1], 10) + 1, '>'); }";
        StringBuilder script = new StringBuilder("var l = new Array();\n");
        StringBuilder expected = new StringBuilder();
        for (int i = 0; i < rows; i++) {
            script.append("l[")
                    .append(i)
                    .append("] = new Array('r")
                    .append(i)
                    .append("', '")
                    .append(8000 + i)
                    .append("');\n");
            expected.append("<r").append(i).append(':').append(8001 + i).append('>');
        }
        assertThat(printer().run(script + body)).contains(expected.toString());
    }

    @Property(tries = 50)
    void scripts_given_up_leave_later_functions_callable(@ForAll @IntRange(max = 200) int failing) {
        ScriptPrinter printer = printer();
        for (int i = 0; i < failing; i++) {
            assertThat(printer.run("function f() { return null.x; } f();")).isEmpty();
        }
        assertThat(printer.run("function g() { return 'row'; } document.write(g());"))
                .contains("row");
    }

    @Property(tries = 100)
    void lists_within_lists_are_printed_or_given_up(
            @ForAll @IntRange(min = 1, max = 60) int depth, @ForAll @IntRange(min = 1, max = 4) int width) {
        String items = "a" + ",a".repeat(width - 1);
        String script = "var a=['x'];for(var i=0;i<" + depth + ";i++)a=[" + items + "];document.write(a);";
        Optional<String> printed = printer().run(script);
        double length = Math.pow(width, depth);
        if (depth <= 20 && length < 100_000) {
            assertThat(printed).hasValueSatisfying(text -> assertThat(text).hasSize((int) length * 2 - 1));
        } else if (length > 1e6) {
            assertThat(printed).isEmpty();
        }
    }
}
