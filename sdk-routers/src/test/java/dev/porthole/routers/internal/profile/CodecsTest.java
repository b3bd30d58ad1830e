package dev.porthole.routers.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.routers.internal.RuleRefusedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Rows in the shapes of families, read and written back. */
class CodecsTest {
    private static Extraction body(String after, String before, String... decoders) {
        return new Extraction(Extraction.From.BODY, "", after, before, List.of(decoders), Map.of(), Optional.empty());
    }

    @Test
    void a_list_of_json_keeps_unknown_fields_their_types_and_their_order() {
        String list = "[{\"b\":1.50,\"a\":null,\"c\":{\"x\":[true,\"\u00e9\"]}},{\"name\":\"n\",\"port\":80}]";
        JsonRows codec = new JsonRows("r/list", false, Map.of(), Set.of());
        List<RawRow> rows =
                codec.read(Answers.of("{\"r\":{\"list\":" + list + "}}")).orElseThrow();
        assertThat(JsonRows.text(codec.joined(rows, Optional.empty()))).isEqualTo(list);
        assertThat(rows.get(1).get("port")).contains("80");
        assertThat(JsonRows.text(codec.joined(rows.subList(0, 0), Optional.of(Map.of("k", 1)))))
                .isEqualTo("[{\"k\":1}]");
    }

    @Test
    void a_lone_object_is_a_list_of_one_and_an_empty_place_is_no_list() {
        JsonRows codec = new JsonRows("list", false, Map.of(), Set.of());
        assertThat(codec.read(Answers.of("{\"list\":{\"a\":1}}")).orElseThrow()).hasSize(1);
        assertThat(codec.read(Answers.of("{\"other\":[]}"))).isEmpty();
        assertThat(codec.read(Answers.of("<html>"))).isEmpty();
    }

    @Test
    void rows_of_xml_are_written_as_they_were() {
        String servers = "<Server><Name> a &amp; &quot;b&quot; </Name><Port>80</Port><Odd/></Server>";
        XmlRows codec = new XmlRows("response/Servers/Server", Set.of());
        List<RawRow> rows = codec.read(
                        Answers.of("<?xml version=\"1.0\"?><response><Servers>" + servers + "</Servers></response>"))
                .orElseThrow();
        assertThat(rows.get(0).get("Port")).contains("80");
        assertThat(codec.joined(rows, Optional.of(Map.of("Name", "<x>"))).toString())
                .isEqualTo(servers.replace("<Odd/>", "<Odd></Odd>") + "<Server><Name>&lt;x&gt;</Name></Server>");
        assertThat(codec.read(Answers.of("<response><Servers/></response>")).orElseThrow())
                .isEmpty();
        assertThat(codec.read(Answers.of("<html></html>"))).isEmpty();
    }

    @Test
    void xml_without_the_list_or_with_rows_of_another_name_is_no_empty_list() {
        XmlRows codec = new XmlRows("response/Servers/Server", Set.of());
        assertThat(codec.read(Answers.of("<response/>"))).isEmpty();
        assertThat(codec.read(Answers.of("<response><List><Server/></List></response>")))
                .isEmpty();
        assertThat(codec.read(Answers.of("<response><Servers><Rule/></Servers></response>")))
                .isEmpty();
    }

    @Test
    void delimited_rows_stay_the_same_characters_whatever_they_hold() {
        DelimitedRows before = new DelimitedRows(body("'", "'", "url"), "<", ">", DelimitedRows.Style.BEFORE, Set.of());
        List<RawRow> rows = before.read(Answers.of("x='%3Cweb%3E80%3E192.168.1.5%3E%3ETCP%3E%3Codd'"))
                .orElseThrow();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(0).get("2")).contains("192.168.1.5");
        assertThat(before.joined(rows, Optional.of(List.of("n", 81)))).isEqualTo("<web>80>192.168.1.5>>TCP><odd<n>81");
        DelimitedRows after = new DelimitedRows(body("\"", "\""), ">", "<", DelimitedRows.Style.AFTER, Set.of());
        List<RawRow> tomato = after.read(Answers.of("p=\"1<1<<8080<80<192.168.1.5<d>>0<2<<1:2<<192.168.1.6<e>\""))
                .orElseThrow();
        assertThat(tomato).hasSize(3);
        assertThat(after.joined(tomato, Optional.empty()))
                .isEqualTo("1<1<<8080<80<192.168.1.5<d>>0<2<<1:2<<192.168.1.6<e>");
        assertThat(after.read(Answers.of("p=\"\"")).orElseThrow()).isEmpty();
    }

    @Test
    void a_value_with_a_separator_is_refused() {
        DelimitedRows codec = new DelimitedRows(body("", ""), "<", ">", DelimitedRows.Style.BEFORE, Set.of());
        assertThatThrownBy(() -> codec.joined(List.of(), Optional.of(List.of("a>b"))))
                .isInstanceOf(RuleRefusedException.class);
    }

    @Test
    void arrays_of_scripts_are_flat_or_nested() {
        ScriptRows flat = new ScriptRows("virServerListPara", OptionalInt.of(3), "");
        List<RawRow> rows = flat.read(
                        Answers.of(
                                "<script>var virServerListPara = new Array(\n21,\"192.168.1.5\",1,\n80,'192.168.1.6',2,\n0,0 );</script>"))
                .orElseThrow();
        assertThat(rows).hasSize(2);
        assertThat(rows.get(1).get("1")).contains("192.168.1.6");
        ScriptRows nested = new ScriptRows("rules", OptionalInt.empty(), "");
        assertThat(nested.read(Answers.of("rules=[[1,2],{a:'x\\u0041'}];"))
                        .orElseThrow()
                        .get(1)
                        .get("a"))
                .contains("xA");
        assertThat(nested.read(Answers.of("var rules = load();"))).isEmpty();
    }

    @Test
    void a_row_of_another_number_of_fields_makes_the_list_another_firmwares() {
        DelimitedRows codec = new DelimitedRows(body("'", "'"), ">", "<", DelimitedRows.Style.AFTER, Set.of(3));
        assertThat(codec.read(Answers.of("p='1<2<3>4<5<6>'")).orElseThrow()).hasSize(2);
        assertThat(codec.read(Answers.of("p='1<2<3>4<5>'"))).isEmpty();
        assertThat(codec.read(Answers.of("p=''")).orElseThrow()).isEmpty();
    }

    @Test
    void a_scripts_text_may_be_written_byte_by_byte() {
        Extraction bytes = body("'", "'", "js-bytes");
        assertThat(bytes.in(Answers.of("x='T\\xc3\\xbcr \\x27A\\x27'"))).contains("T\u00fcr 'A'");
        assertThat(bytes.in(Answers.of("x='\\xfc'"))).isEmpty();
        assertThat(bytes.in(Answers.of("x='\u20ac'"))).isEmpty();
    }

    @Test
    void a_session_may_be_the_first_part_of_a_path() {
        Extraction segment = body("\"", "\"", "first-segment");
        assertThat(segment.in(Answers.of("a=\"http://192.168.0.1/ABCDEF/userRpm/Index.htm\"")))
                .contains("ABCDEF");
        assertThat(segment.in(Answers.of("a=\"/ABCDEF/userRpm/Index.htm\""))).contains("ABCDEF");
        assertThat(segment.in(Answers.of("a=\"http://192.168.0.1/Index.htm\""))).isEmpty();
        assertThat(segment.in(Answers.of("a=\"http://192.168.0.1\""))).isEmpty();
    }

    @Test
    void what_a_script_gives_can_be_a_condition() {
        Condition wrong = new Condition(
                Set.of(),
                List.of(),
                List.of(),
                "",
                List.of(),
                Map.of(),
                Map.of(),
                Map.of("httpAutErrorArray/0", List.of("2")));
        assertThat(wrong.holds(Answers.of("var httpAutErrorArray = new Array(\n2, 1, \"x\", 0,0 );")))
                .isTrue();
        assertThat(wrong.holds(Answers.of("var httpAutErrorArray = new Array(\n3, 2, \"x\", 0,0 );")))
                .isFalse();
        assertThat(wrong.holds(Answers.of("<html>"))).isFalse();
    }

    @Test
    void a_page_may_tell_how_many_values_a_row_has_and_rows_are_counted_from_their_end_too() {
        ScriptRows told = new ScriptRows("list", OptionalInt.empty(), "para/1");
        for (String page : List.of("para=[9,3]; list=[80,\"h\",1, 0,0];", "para=[9,4]; list=[80,81,\"h\",1, 0,0];")) {
            List<RawRow> rows = told.read(Answers.of(page)).orElseThrow();
            assertThat(rows).hasSize(1);
            assertThat(rows.get(0).get("0")).contains("80");
            assertThat(rows.get(0).get("-2")).contains("h");
            assertThat(rows.get(0).get("-9")).isEmpty();
        }
        assertThat(told.read(Answers.of("list=[80,\"h\",1];"))).isEmpty();
        assertThat(told.read(Answers.of("para=[9,0]; list=[80,\"h\",1];"))).isEmpty();
        assertThat(told.read(Answers.of("para=[9,101]; list=[80,\"h\",1];"))).isEmpty();
    }

    @Test
    void a_value_may_be_the_text_right_before_a_control() {
        Extraction label = new Extraction(Extraction.From.LABEL, "ip0", "", "", List.of(), Map.of(), Optional.empty());
        assertThat(label.in(Answers.of("<td>192.168.1.<input name=ip0 value=5></td>")))
                .contains("192.168.1.");
        assertThat(label.in(Answers.of("<td><input name=ip0 value=5></td>"))).isEmpty();
        assertThat(label.in(Answers.of("<td>192.168.1.<input name=ip1></td>"))).isEmpty();
    }
}
