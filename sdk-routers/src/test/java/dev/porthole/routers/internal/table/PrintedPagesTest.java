package dev.porthole.routers.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Pages whose scripts write the list, its labels or its fields from data on the page; in the shapes of firmware. */
class PrintedPagesTest {
    @Test
    void rows_that_a_loop_writes_are_read_and_deleted_as_a_person_sees_them() throws Exception {
        String html =
                "<script>var para = new Array(3, 0, 2, 5);\nvar list = new Array(8081, 80, '192.168.7.4', 2, 1,\n554, 8554, '192.168.7.5', 3, 0,\n0,0 );</script>"
                        + "<form action=vs.htm method=get><table><tr><td>ID</td><td>Service Port</td><td>Internal Port</td><td>IP Address</td><td>Protocol</td><td>Status</td><td>Modify</td></tr>"
                        + "<script>var words = ['', 'ALL', 'TCP', 'UDP'];\nif (window.parent == window) { window.location.href = '/'; }\nvar row = 0;\n"
                        + "for (var i = 0; i < para[2]; i++) {\n document.write('<tr><td>' + (i + 1) + '</td>');\n for (j = 0; j < 3; j++) document.write('<td>' + list[row + j] + '</td>');\n"
                        + " document.write('<td>' + words[list[row + 3]] + '</td>');\n if (list[row + 4] == 1) document.write('<td>Enabled</td>'); else document.write('<td>Disabled</td>');\n"
                        + " document.write('<td><a href=\"vs.htm?Modify=' + i + '\">Modify</a> <a href=\"vs.htm?Del=' + i + '&Page=' + para[0] + '\">Delete</a></td></tr>');\n row += para[3];\n}</script></table></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table)).containsExactly("8081>80 192.168.7.4 TCP", "554>8554 192.168.7.5 UDP off");
        assertThat(Read.sent(new TableEditor(table).remove(table.rows().get(1))))
                .isEqualTo("GET /adv/vs.htm?Del=1&Page=3");
    }

    @Test
    void two_rows_a_rule_are_written_from_packed_data() throws Exception {
        String html =
                "<script>var token = new Array(3);\nfunction rows(n) {\n token[0] = \"1/hall/6/8081/80/192.168.7.4/8081/80\"\n token[1] = \"0/yard/17/5540/6540/192.168.7.5/5549/6549\"\n token[2] = \"0///0/0/0.0.0.0/0/0\"\n"
                        + " for (var i = 0; i < n; i++) {\n  d = token[i].split('/');\n"
                        + "  document.write('<tr><td rowspan=2><input type=checkbox name=on_' + i + (d[0] == '1' ? ' checked' : '') + '></td><td>Name<br><input name=name_' + i + ' value=\"' + d[1] + '\"></td>');\n"
                        + "  document.write('<td>Public Port<br><input name=pub_' + i + ' value=' + d[3] + '> ~ <input name=pube_' + i + ' value=' + d[6] + '></td><td rowspan=2><select name=proto_' + i + '>');\n"
                        + "  document.write('<option value=6' + (d[2] == 6 ? ' selected' : '') + '>TCP</option><option value=17' + (d[2] == 17 ? ' selected' : '') + '>UDP</option></select></td></tr>');\n"
                        + "  document.write('<tr><td>IP Address<br><input name=ip_' + i + ' value=' + d[5] + '></td><td>Private Port<br><input name=priv_' + i + ' value=' + d[4] + '></td></tr>');\n }\n}</script>"
                        + "<form action=/goform/vs method=post><table><tr><th></th><th></th><th>Port</th><th>Traffic Type</th></tr><script>rows(3);</script></table><input type=submit value='Save Settings'></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table))
                .containsExactly("hall 8081>80 192.168.7.4 TCP", "yard 5540-5549>6540 192.168.7.5 UDP off");
        assertThat(Read.sent(
                        new TableEditor(table).addToRows(Read.wanted(8082, 81)).orElseThrow()))
                .contains("name_2=porthole-door-http&pub_2=8082&pube_2=8082&proto_2=6&ip_2=192.168.1.77&priv_2=81");
    }

    @Test
    void labels_are_known_by_the_name_of_their_text() throws Exception {
        String html =
                "<table><tr><td><script>dw(PrivateIP)</script></td><td><script>dw(PrivatePort)</script></td><td><script>Capture(share.protocol)</script></td>"
                        + "<td><script>show_words('_PublicPort')</script></td></tr><tr><td>192.168.7.4</td><td>80</td><td>TCP</td><td>8081</td></tr></table>";
        assertThat(Read.rules(html)).containsExactly("8081>80 192.168.7.4 TCP");
        assertThat(
                        Read.rules(
                                "<script>var share = {outside: 'External port', inside: 'Internal port'}; var dw = function(t){ document.write(t); }</script><table><tr><td><script>dw(share.inside)</script></td><td>IP Address</td><td><script>dw(share.outside)</script></td></tr><tr><td>80</td><td>192.168.7.4</td><td>8081</td></tr></table>"))
                .containsExactly("8081>80 192.168.7.4 TCP+UDP");
    }

    @Test
    void fields_are_read_as_the_page_fills_them() throws Exception {
        String html = "<script>var list = [['8081','80','192.168.7.4','1','1'],['554','554','192.168.7.5','2','0']];\n"
                + "function init(f) { for (var i = 0; i < list.length; i++) { f.elements['e' + i].value = list[i][0]; f['i' + i].value = list[i][1]; document.getElementById('ip' + i).value = list[i][2];"
                + " f.elements['p' + i].value = list[i][3]; f.elements['on' + i].checked = list[i][4] == '1'; } }</script><body onload=\"init(document.frm)\"><form name=frm action=s method=post><table>"
                + "<tr><td>External Port</td><td>Internal Port</td><td>LAN IP</td><td>Protocol</td><td>Enable</td></tr>"
                + slot(0) + slot(1) + slot(2)
                + "</table><input type=submit value=OK></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table)).containsExactly("8081>80 192.168.7.4 TCP", "554>554 192.168.7.5 UDP off");
        assertThat(Read.sent(
                        new TableEditor(table).addToRows(Read.wanted(8082, 81)).orElseThrow()))
                .contains("e0=8081&i0=80&ip0=192.168.7.4&p0=1&on0=1", "e2=8082&i2=81&ip2=192.168.1.77&p2=1&on2=1");
    }

    private static String slot(int n) {
        return "<tr><td><input name=e" + n + "></td><td><input name=i" + n + "></td><td><input id=ip" + n + " name=ip"
                + n
                + "></td><td><select name=p" + n
                + "><option value=1>TCP<option value=2>UDP</select></td><td><input type=checkbox value=1 name=on"
                + n + "></td></tr>";
    }

    @Test
    void what_hangs_on_something_unknown_prints_nothing() {
        for (String script : new String[] {
            "if (browser.old) document.write('<tr><td>8081</td><td>80</td><td>192.168.7.4</td></tr>');",
            "for (i = 0; i < count(); i++) document.write('<tr><td>8081</td><td>80</td><td>192.168.7.4</td></tr>');",
            "document.write('<tr><td>8081</td><td>80</td><td>192.168.7.4</td></tr>'); while (more) {}"
        }) {
            assertThatThrownBy(() -> Read.rules(
                            "<h1>Port forwarding</h1><table><tr><th>External Port</th><th>Internal Port</th><th>IP Address</th></tr><script>"
                                    + script + "</script></table>"))
                    .as(script)
                    .isInstanceOf(NotUnderstoodException.class);
        }
    }

    @Test
    void numbers_for_protocols_are_known_by_the_scripts_that_turn_them_into_words() throws Exception {
        String list =
                "var vs = [{name:'hall',extPort:8081,intPort:80,ip:'192.168.7.4',proto:1},{name:'yard',extPort:554,intPort:554,ip:'192.168.7.5',proto:2}];";
        assertThat(
                        Read.rules(
                                "<script>" + list
                                        + "function show(p) { if (p == 1) return 'TCP'; else if (p == 2) return 'UDP'; return 'Both'; }</script>"))
                .containsExactly("hall 8081>80 192.168.7.4 TCP", "yard 554>554 192.168.7.5 UDP");
        assertThat(Read.rules("<script>" + list + "var names = ['ALL','UDP','TCP'];</script>"))
                .containsExactly("hall 8081>80 192.168.7.4 UDP", "yard 554>554 192.168.7.5 TCP");
        assertThat(
                        Read.rules(
                                "<script>" + list
                                        + "var names = ['ALL','UDP','TCP']; function show(p) { switch (p) { case 1: s = 'TCP'; break; case 2: s = 'UDP'; } }</script>"))
                .as("two that contradict each other")
                .containsExactly("hall 8081>80 192.168.7.4 TCP+UDP", "yard 554>554 192.168.7.5 TCP+UDP");
    }
}
