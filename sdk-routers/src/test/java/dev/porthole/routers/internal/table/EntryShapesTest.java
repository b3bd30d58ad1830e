package dev.porthole.routers.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Forms in which one rule is entered, in the shapes that firmware has. */
class EntryShapesTest {
    private static String line(String label, String field) {
        return "<tr><td>" + label + "</td><td>" + field + "</td></tr>";
    }

    private static String sent(String html, int external, int internal) throws Exception {
        return Read.sent(TableEditor.add(
                EntryForm.in(Read.page(html), List.of()).orElseThrow(), Read.wanted(external, internal)));
    }

    @Test
    void the_button_behind_the_fields_enters_what_was_typed() throws Exception {
        String html = "<script>function act(v){ document.pf.act.value = v; document.pf.submit(); }\n"
                + "function go(v) { if (v != 1) { if (!(/^(a|b')$/.test(document.pf.ip.value))) { alert(\"bad\"); return false; } }\n document.pf.apply.value = v; document.pf.submit(); }</script>"
                + "<form name=pf action=/goform/pf method=post><input type=submit value='Create new' onclick='act(1)'><input type=hidden name=act value=0><input type=hidden name=apply value=0><table>"
                + line("Local IP", "<input name=ip value=0.0.0.0>") + line("Local Port", "<input name=lp value=0>")
                + line("External Port", "<input name=ep value=0>")
                + line("Protocol", "<select name=pr><option value=3>UDP<option value=4>TCP</select>")
                + "</table><input type=button value=Apply onclick='go(2)'><input type=button value=Cancel onclick='go(1)'></form>";
        assertThat(sent(html, 8081, 80)).isEqualTo("POST /goform/pf act=0&apply=2&ip=192.168.1.77&lp=80&ep=8081&pr=4");
    }

    @Test
    void a_button_that_copies_a_value_enters_nothing() throws Exception {
        String html = "<form action=/goform/vs method=post><table>" + line("Private IP", "<input name=ip>")
                + line(
                        "Computer",
                        "<input type=button value='<<' onclick='addComputer()'><select name=list><option>-</select>")
                + line("Private Port", "<input name=from>") + line("Public Port", "<input name=to>")
                + line("Type", "<select name=p><option value=1>TCP<option value=2>UDP</select>")
                + "</table><input type=submit name=addRule value=Add onclick='return check()'></form>";
        assertThat(sent(html, 8081, 80)).endsWith("ip=192.168.1.77&list=-&from=80&to=8081&p=1&addRule=Add");
    }

    @Test
    void a_box_for_the_same_port_and_a_locked_end_follow_what_is_entered() throws Exception {
        String html = "<form action=pf.cgi method=post><table>" + line("Service Name", "<input name=n>")
                + line("Protocol", "<select name=p><option>TCP/UDP<option>TCP<option>UDP</select>")
                + line("External Starting Port", "<input name=es>") + line("External Ending Port", "<input name=ee>")
                + "<tr><td colspan=2><input type=checkbox name=same value=1 checked> Use the same port range for Internal port</td></tr>"
                + line("Internal Starting Port", "<input name=is>")
                + line("Internal Ending Port", "<input name=ie readonly>")
                + line(
                        "Internal IP address",
                        "<input name=a1 maxlength=3 value=192>.<input name=a2 maxlength=3 value=168>.<input name=a3 maxlength=3 value=1>.<input name=a4 maxlength=3>")
                + "</table><table><tr><td></td><td>IP Address</td><td>Device Name</td></tr><tr><td><input type=radio name=pc value=192.168.1.5></td><td>192.168.1.5</td><td>tv</td></tr></table>"
                + "<input type=submit name=apply value=Apply></form>";
        assertThat(sent(html, 8081, 80))
                .endsWith("p=TCP&es=8081&ee=8081&is=80&ie=80&a1=192&a2=168&a3=1&a4=77&apply=Apply");
        assertThat(sent(html, 8081, 8081)).contains("&same=1&is=8081&");
    }

    @Test
    void a_form_that_only_a_script_sends_is_not_sent_bare() throws Exception {
        String html = "<script>var a = 1;</script><form action=x method=post><table>"
                + line("External Port", "<input name=e>") + line("Internal Port", "<input name=i>")
                + line("IP Address", "<input name=ip>") + "</table></form>";
        assertThatThrownBy(() -> sent(html, 8081, 80))
                .isInstanceOfSatisfying(
                        NotUnderstoodException.class,
                        e -> assertThat(e.kind()).isEqualTo(NotUnderstoodException.Kind.NEEDS_SCRIPT));
    }
}
