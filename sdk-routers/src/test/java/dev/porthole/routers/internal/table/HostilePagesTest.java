package dev.porthole.routers.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pages that are broken, huge or made to harm: a clear answer, soon. */
class HostilePagesTest {
    private static final String PAGE =
            "<html><head><title>Port Forwarding</title><script>var x = new Array(\"8080\",\"80\",\"192.168.0.1\",2,1,0,0);"
                    + "function add(f){f.act.value='add';f.submit();}</script></head><body><form name=f action=pf.cgi method=post><input type=hidden name=act>"
                    + "<table><tr><th rowspan=2>Name</th><th colspan=2>External Port</th><th rowspan=2>Internal Port</th><th rowspan=2>IP Address</th><th rowspan=2>Protocol</th></tr>"
                    + "<tr><th>Start</th><th>End</th></tr><tr><td><input name=n0 value=web></td><td><input name=s0 value=8080></td><td><input name=e0 value=8080></td>"
                    + "<td><input name=i0 value=80></td><td><input name=ip0 value=192.168.1.2></td><td><select name=p0><option value=1>TCP<option value=2 selected>UDP</select></td></tr>"
                    + "</table><input type=button value=Add onclick='add(this.form)'></form></body></html>";

    private static final String MEGABYTE = "var s='x';for(i=0;i<20;i++)s=s+s;";

    /** Only "not understood" is allowed besides success. */
    private static void exercise(String html) {
        try {
            TableFuzz.exercise(Read.page(html));
        } catch (NotUnderstoodException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Test
    void a_page_cut_at_any_byte_gives_a_reading_or_a_reason() throws Exception {
        assertThat(Read.rules(PAGE)).containsExactly("web 8080>80 192.168.1.2 UDP");
        for (int i = 0; i <= PAGE.length(); i++) {
            exercise(PAGE.substring(0, i));
            exercise(PAGE.substring(i));
        }
    }

    @Test
    void thousands_of_nested_tables_are_bounded() {
        long start = System.nanoTime();
        exercise("<table><tr><td>".repeat(6000) + PAGE);
        exercise("<div>".repeat(19_000) + PAGE);
        exercise("<table><tr><td>External Port</td><td>IP Address</td></tr>".repeat(3000));
        exercise("<form><input name=ip0><input name=port0>".repeat(4000));
        exercise("<script>" + "[".repeat(200_000) + "</script>");
        exercise("<script>" + "f(".repeat(100_000) + "</script>");
        exercise("<script>" + "x={a:".repeat(50_000) + "</script>");
        exercise("<a href=x>" + "port forwarding ".repeat(100_000) + "</a>");
        exercise("<table>" + "<tr><td rowspan=99 colspan=99>Port</td><td>IP</td></tr>".repeat(2000) + "</table>");
        exercise("<input type=hidden name=a value='" + "192.168.1.1,80,80,x;".repeat(9000) + "'>");
        exercise("<script>".repeat(20_000));
        exercise("<script></script>".repeat(9000) + PAGE);
        exercise("<table>" + "<tr><td>x</td></tr>".repeat(6000) + "</table>" + "y".repeat(3_800_000));
        exercise("<select size=9>" + ("<option>" + "x".repeat(390_000)).repeat(9) + "</select>");
        exercise("<script>var x='1,2,3," + "x".repeat(90_000) + "';"
                + ("var y='1,2,3," + "x".repeat(90_000) + "';").repeat(9) + "</script>");
        exercise("<select size=9>" + "<option>web 192.168.1.5: 80 ->".repeat(9000) + "</select>");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(60));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "var a = [1, 2);",
                "var a = [1, 2};",
                "f(1, ];",
                "f(a, b };",
                "var a = new Array(1, ];",
                "x = {a: [)}"
            })
    void brackets_that_do_not_match_end_the_list(String script) throws Exception {
        assertThat(Read.rules("<script>" + script + "</script>" + PAGE)).containsExactly("web 8080>80 192.168.1.2 UDP");
    }

    @Test
    void scripts_that_never_end_or_make_too_much_print_nothing() throws Exception {
        for (String script : new String[] {
            "for(i=0;;i++){document.write('<td>'+i);}",
            "var s='xxxxxxxx',l=[];for(i=0;i<9999999;i++){s=s+s;l.push(s);}",
            "function f(){f();} f();",
            "var a=[];for(i=0;i<99999;i++){a[19999]=a;a=[];}",
            "var a=[];a.push(a);document.write(a)",
            "var a=[];a.push(a);var b=[];b.push(b);a.indexOf(b);f(a);",
            "var a=[1];for(i=0;i<40;i++)a=[a,a];document.write(a)",
            "var o={};for(i=0;i<40;i++){o={a:o,b:o};}document.write(o)",
            MEGABYTE + "var l=[];for(i=0;i<20000;i++)l.push('');document.write(l.join(s))",
            MEGABYTE + "for(i=0;i<9;i++)s=s.concat(s);document.write(s)",
            MEGABYTE + "for(i=0;i<60000;i++)s.indexOf(s+'y');",
            MEGABYTE + "var t=s.substr(0,500000)+'y';for(i=0;i<100;i++)s.lastIndexOf(t);",
            MEGABYTE + "for(i=0;i<60000;i++)decodeURIComponent(s);",
            MEGABYTE + "var t=s.concat('');for(i=0;i<60000;i++)if(s==t)j=i;",
            "var l=[1];for(i=0;i<60;i++)l=l.concat(l);",
            "var o={};while(true){o['k'+i]=o;}",
            "(".repeat(5000),
            "x=" + "[".repeat(5000),
            "!".repeat(90_000) + "x",
            "document.write('<table>'.repeat(9999));",
            "document.getElementsByTagName('table')[0].innerHTML='<b>'"
        }) {
            assertThat(Read.rules("<script>" + script + "</script>" + PAGE))
                    .as(script.substring(0, Math.min(60, script.length())))
                    .containsExactly("web 8080>80 192.168.1.2 UDP");
        }
    }

    @Test
    void a_huge_page_is_refused() {
        assertThatThrownBy(() -> Read.page("x".repeat(Page.MAX_LENGTH + 1))).hasMessageContaining("4 MB");
        assertThatThrownBy(() -> Read.page("<p>".repeat(Page.MAX_ELEMENTS + 1))).hasMessageContaining("elements");
    }

    @Test
    void a_deadline_ends_the_reading() {
        assertThatThrownBy(() -> Page.parse(
                        PAGE, URI.create("http://192.168.1.1/"), StandardCharsets.UTF_8, Deadline.after(Duration.ZERO)))
                .isInstanceOf(NotUnderstoodException.class)
                .hasMessageContaining("time");
    }

    @Test
    void links_that_do_something_or_lead_elsewhere_are_not_followed() throws Exception {
        Page page = Read.page(
                "<a href=reboot.cgi>Port Forwarding</a><a href='x.cgi?action=delete&id=1'>Port Forwarding</a><a href=logout.htm>x</a>"
                        + "<a href='fw.htm'>Reset to factory defaults</a><a href='http://203.0.113.1/fw.htm'>Port Forwarding</a><a href='//evil/fw.htm'>Port Forwarding</a>"
                        + "<a href='javascript:fetch(1)'>Port Forwarding</a><a href='restore.asp'>NAT</a><a href='Neustart.lua'>Neu starten</a><a href='ok.htm'>Port Forwarding</a>");
        assertThat(Links.of(page)).extracting(link -> link.uri().getPath()).containsExactly("/adv/ok.htm");
    }

    @Test
    void a_form_to_another_host_is_never_sent() throws Exception {
        UnderstoodTable table = Read.table(PAGE.replace("action=pf.cgi", "action=http://203.0.113.9/x")
                .replace("\"192.168.0.1\"", "''")
                .replace("value=web", "value=''")
                .replace("value=8080", "value=''")
                .replace("value=192.168.1.2", "value=''"));
        assertThatThrownBy(() -> new TableEditor(table).addToRows(Read.wanted(1000, 80)))
                .isInstanceOf(NotUnderstoodException.class);
    }
}
