package dev.porthole.routers.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jsoup.nodes.Entities;

/** What holds for any profile, any value and any rows of others. */
class ProfileProperties {
    private static void read(String yaml) {
        try {
            ProfileReader.read("my.yaml", yaml);
        } catch (ProfileProblems e) {
            assertThat(e.problems()).isNotEmpty();
        }
    }

    @Property(tries = 300)
    void any_text_is_a_profile_or_a_list_of_problems(@ForAll @StringLength(max = 300) String text) {
        read(text);
    }

    @Property(tries = 500)
    void a_profile_with_something_in_it_replaced_is_a_profile_or_a_list_of_problems(
            @ForAll @IntRange(max = 2000) int at,
            @ForAll @IntRange(max = 60) int length,
            @ForAll("pieces") String piece) {
        String yaml = ProfileReaderTest.VALID;
        int start = at % yaml.length();
        int end = Math.min(yaml.length(), start + length);
        read(yaml.substring(0, start) + piece + yaml.substring(end));
    }

    @Provide
    Arbitrary<String> pieces() {
        return Arbitraries.oneOf(
                Arbitraries.of(
                        "",
                        "\n",
                        ": ",
                        "- ",
                        "{",
                        "}",
                        "[",
                        "]",
                        "~",
                        "null",
                        "${",
                        "${}",
                        "${rows}",
                        "${rule.name}",
                        "\"",
                        "'",
                        "|\n",
                        ">\n",
                        "? ",
                        "#",
                        "codec: js-array",
                        "codec: xml-path",
                        "codec: indexed-inputs",
                        "\t",
                        "%",
                        "@",
                        "&a",
                        "*a",
                        "!!str",
                        "0x1f",
                        "1e9",
                        ".inf",
                        "\u0000",
                        "\uFFFE"),
                Arbitraries.strings().ofMaxLength(5));
    }

    private static Values with(String value) {
        Values values = Values.empty();
        values.put("v", value);
        return values;
    }

    private static Template template(String text) {
        return Template.parse(
                text,
                new org.snakeyaml.engine.v2.nodes.ScalarNode(
                        org.snakeyaml.engine.v2.nodes.Tag.STR, text, org.snakeyaml.engine.v2.common.ScalarStyle.PLAIN),
                Scope.start().with(Set.of("v")),
                new Problems("x"));
    }

    @Property
    void a_value_in_json_is_the_same_value_for_its_reader(@ForAll("texts") String value) throws IOException {
        Map<String, Body.Tree> fields = new LinkedHashMap<>();
        fields.put("alone", new Body.Text(template("${v}")));
        fields.put("within", new Body.Text(template("a${v}\"b")));
        String json = JsonRows.text(new Body.Fields(fields).render(with(value)));
        Map<String, Object> read = JSON.std.mapFrom(json);
        assertThat(read)
                .containsEntry("alone", value)
                .containsEntry("within", "a" + value + "\"b")
                .hasSize(2);
    }

    @Property
    void a_value_in_a_form_is_the_same_value_for_its_reader(@ForAll("texts") String value) {
        String field = Escape.form(template("x${v}").render(with(value)), StandardCharsets.UTF_8);
        assertThat(field).matches("[A-Za-z0-9._*+%-]*");
        assertThat(URLDecoder.decode(field, StandardCharsets.UTF_8)).isEqualTo("x" + value);
    }

    @Property
    void a_value_in_xml_is_the_same_value_for_its_reader(@ForAll("printable") String value) {
        String xml = template("<a><b>${v}</b></a>").render(with(value), Escape::xml);
        Seen seen = Answers.of(xml);
        assertThat(Place.of("a/b").textIn(seen.xml().orElseThrow())).contains(value);
    }

    @Property
    void a_value_in_a_path_is_one_segment_of_it(@ForAll("texts") String value) {
        String path = template("/a/${v}/b").render(with(value), Escape::segment);
        assertThat(path.split("/", -1)).hasSize(4);
        assertThat(path)
                .matches("/a/[A-Za-z0-9._~*%-]*/b")
                .isNotEqualTo("/a/../b")
                .isNotEqualTo("/a/./b");
    }

    /** Half of a surrogate pair is no text. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().withCharRange('\u0000', '\uD7FF').ofMaxLength(20),
                Arbitraries.of("", ".", "..", "../x", "a&b=c", "<x y='\"'>&amp;", "\uD83D\uDE00", "${v}", "]]>"));
    }

    @Provide
    Arbitrary<String> printable() {
        return Arbitraries.oneOf(
                Arbitraries.strings()
                        .withCharRange(' ', '~')
                        .ofMinLength(1)
                        .ofMaxLength(20)
                        .map(text -> "." + text + "."),
                Arbitraries.strings()
                        .withCharRange('\u00A0', '\uD7FF')
                        .ofMaxLength(20)
                        .map(text -> "." + text + "."));
    }

    @Property
    void delimited_rows_of_others_stay_the_same_characters(
            @ForAll @Size(max = 6) List<@StringLength(max = 12) String> parts, @ForAll DelimitedRows.Style style) {
        String text = String.join("<", parts).replace("\"", "");
        DelimitedRows codec = new DelimitedRows(
                new Extraction(Extraction.From.BODY, "", "[", "", List.of(), Map.of(), Optional.empty()),
                "<",
                ">",
                style,
                Set.of());
        List<RawRow> rows = codec.read(Answers.of("[" + text)).orElseThrow();
        String back = String.valueOf(codec.joined(rows, Optional.empty()));
        List<RawRow> again = codec.read(Answers.of("[" + back)).orElseThrow();
        assertThat(again.stream().map(RawRow::content))
                .isEqualTo(rows.stream().map(RawRow::content).toList());
        boolean terminated = switch (style) {
            case BETWEEN -> true;
            case BEFORE -> text.isEmpty() || text.startsWith("<");
            case AFTER -> text.isEmpty() || text.endsWith("<");
        };
        if (terminated) {
            assertThat(back).isEqualTo(text);
        }
        if (!rows.isEmpty()) {
            List<RawRow> fewer = new ArrayList<>(rows);
            RawRow gone = fewer.remove(rows.size() / 2);
            assertThat(String.valueOf(codec.joined(
                            fewer, Optional.of(List.of(gone.content().replace(">", ""))))))
                    .hasSizeLessThanOrEqualTo(back.length() + 1);
        }
    }

    @Property
    void json_rows_of_others_stay_equal(@ForAll("json") List<Object> list) throws IOException {
        JsonRows codec = new JsonRows("rows", false, Map.of(), Set.of());
        String before = JsonRows.text(list);
        List<RawRow> rows = codec.read(Answers.of("{\"rows\":" + before + "}")).orElseThrow();
        assertThat(JsonRows.text(codec.joined(rows, Optional.empty()))).isEqualTo(before);
    }

    @Provide
    Arbitrary<List<Object>> json() {
        Arbitrary<Object> scalar = Arbitraries.oneOf(
                texts().asGeneric(),
                Arbitraries.longs().asGeneric(),
                Arbitraries.of(true, false).asGeneric());
        Arbitrary<Object> nested =
                Arbitraries.maps(texts(), scalar).ofMaxSize(4).asGeneric();
        Arbitrary<Object> row = Arbitraries.maps(
                        texts(),
                        Arbitraries.oneOf(
                                scalar, nested, scalar.list().ofMaxSize(3).asGeneric()))
                .ofMaxSize(5)
                .asGeneric();
        return Arbitraries.oneOf(row, scalar).list().ofMaxSize(6);
    }

    @Property
    void xml_rows_of_others_stay_equal(@ForAll @Size(max = 5) List<@StringLength(max = 15) String> names) {
        StringBuilder servers = new StringBuilder();
        for (String name : names) {
            String text = name.replaceAll("[^\\x20-\\x7E\\xA0-\\uD7FF]", "");
            servers.append("<S><N>")
                    .append(Escape.xml(text))
                    .append("</N><O a=\"")
                    .append(Escape.xml(text))
                    .append("\"></O></S>");
        }
        XmlRows codec = new XmlRows("r/L/S", Set.of());
        List<RawRow> rows =
                codec.read(Answers.of("<r><L>" + servers + "</L></r>")).orElseThrow();
        assertThat(codec.joined(rows, Optional.empty()).toString()).isEqualTo(servers.toString());
    }

    @Property
    void fields_of_a_page_are_sent_back_as_they_were(
            @ForAll @Size(max = 6) List<@StringLength(max = 15) String> names) {
        StringBuilder page = new StringBuilder("<form><input type=hidden name=token value='&lt;t&gt;'>");
        List<Map.Entry<String, String>> expected = new ArrayList<>(List.of(Map.entry("token", "<t>")));
        for (int i = 0; i < names.size(); i++) {
            // Line ends are changed by every reader of HTML.
            String text = names.get(i).replaceAll("[\\x00-\\x1F\\uD800-\\uDFFF\\uFFFE\\uFFFF]", "");
            page.append("<input name=from").append(i).append(" value=80>");
            page.append("<input name=odd")
                    .append(i)
                    .append(" value=\"")
                    .append(Entities.escape(text).replace("\"", "&quot;"))
                    .append("\">");
            expected.add(Map.entry("from" + i, "80"));
            expected.add(Map.entry("odd" + i, text));
        }
        InputRows codec = new InputRows("from#", Map.of());
        Seen seen = Answers.of(page + "</form>");
        assertThat(codec.read(seen).orElseThrow()).hasSize(names.size());
        if (!names.isEmpty()) {
            assertThat(codec.form(seen, Map.of())).isEqualTo(expected);
        }
    }

    @Property(tries = 300)
    void any_script_has_a_literal_or_none(
            @ForAll("scripts") String script, @ForAll @IntRange(min = 2, max = 9) int width) {
        new ScriptRows("v", OptionalInt.of(width), "").read(Answers.of(script));
        new ScriptRows("v", OptionalInt.empty(), "").read(Answers.of(script));
    }

    @Provide
    Arbitrary<String> scripts() {
        return Arbitraries.of(
                        "v", "=", "[", "]", "{", "}", "'", "\"", "\\", "\\u", "\\x4", "new ", "Array", "(", ")", ",",
                        ":", "1", "/*", "*/", "//", "\n")
                .list()
                .ofMaxSize(30)
                .map(parts -> String.join("", parts));
    }
}
