package dev.porthole.routers.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.routers.internal.table.TableRow.State;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Lists of rules as firmware prints them; each in the shape of a family, with values of our own. */
class ListShapesTest {
    private static String row(String... cells) {
        return "<tr><td>" + String.join("</td><td>", cells) + "</td></tr>";
    }

    @Test
    void a_port_may_carry_the_name_of_its_service() throws Exception {
        String header = row("If", "Proto", "Ext. port range", "NAT IP", "Int. port range", "Description");
        assertThat(Read.rules("<table>" + header + row("WAN", "TCP", "2222", "192.168.7.4", "22 (SSH)", "shell")
                        + row("WAN", "UDP", "6000 -- 6010", "nas", "7000 -- 7010", "voice")
                        + row("WAN", "TCP", "HTTPS (443)", "192.168.7.5", "8443", "door") + "</table>"))
                .containsExactly(
                        "shell 2222>22 192.168.7.4 TCP",
                        "voice 6000-6010>7000 nas UDP",
                        "door 443>8443 192.168.7.5 TCP");
    }

    @Test
    void an_internal_port_that_is_no_number_is_not_taken_for_the_external_one() throws Exception {
        UnderstoodTable table =
                Read.table("<table>" + row("Name", "External Port", "Internal Port", "IP Address", "Protocol")
                        + row("a", "2222", "ssh_ports", "192.168.7.4", "TCP")
                        + row("b", "80,443", "8080", "192.168.7.4", "TCP")
                        + row("c", "80,443", "8080,8443", "192.168.7.4", "TCP")
                        + row("d", "81", "81", "192.168.7.5:web", "TCP")
                        + row("e", "82", "-", "192.168.7.5", "TCP") + "</table>");
        assertThat(Read.rules(table))
                .containsExactly(
                        "c 80>8080 192.168.7.4 TCP",
                        "c 443>8443 192.168.7.4 TCP",
                        "d 81>81 192.168.7.5 TCP",
                        "e 82>82 192.168.7.5 TCP");
        assertThat(table.in(State.OPAQUE)).hasSize(2);
        assertThat(Read.table("<table>" + row("Name", "Public Port", "Private IP") + row("x", "81", "192.168.7.5:web")
                                + row("y", "82", "192.168.7.6") + "</table>")
                        .in(State.OPAQUE))
                .hasSize(1);
    }

    @Test
    void the_header_may_be_a_table_of_its_own() throws Exception {
        String html = "<form action=/goform/vs method=post><table>"
                + row("No", "Private IP", "Private Port", "Type", "Public Port", "Comment", "Select")
                + "</table><table>"
                + row("1", "192.168.7.4", "80", "TCP", "8081", "hall", "<input type=checkbox name=sel1 value=ON>")
                + row("2", "192.168.7.5", "554", "Both", "5541", "yard", "<input type=checkbox name=sel2 value=ON>")
                + "</table><input type=submit name=del value='Delete Selected'><input type=submit name=all value='Delete All'></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table))
                .containsExactly("hall 8081>80 192.168.7.4 TCP", "yard 5541>554 192.168.7.5 TCP+UDP");
        assertThat(Read.sent(new TableEditor(table).remove(table.rows().get(1))))
                .isEqualTo("POST /goform/vs sel2=ON&del=Delete Selected");
    }

    @Test
    void buttons_may_stand_in_the_header_and_in_tables_of_their_own() throws Exception {
        String buttons =
                "<table><tr><td><input type=image name=move0 src=left.gif></td><td><a href='edit.php?id=0'><img alt=edit></a></td></tr>"
                        + "<tr><td><a href='list.php?act=del&id=0'><img alt=delete title='delete rule'></a></td><td></td></tr></table>";
        String html =
                "<form name=f action=list.php method=post><table><tr><th colspan=2>Local</th><th colspan=2>External</th>"
                        + "<th rowspan=2>Protocol</th><th rowspan=2><input type=submit value='Remove All' onclick='x()'></th></tr>"
                        + "<tr><th>IP Address</th><th>Port</th><th>IP Address</th><th>Port</th></tr>"
                        + row("192.168.7.4", "80", "0.0.0.0", "8081", "TCP", buttons) + "</table></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table)).containsExactly("8081>80 192.168.7.4 TCP");
        assertThat(Read.sent(new TableEditor(table).remove(table.rows().get(0))))
                .isEqualTo("GET /adv/list.php?act=del&id=0");
    }

    @Test
    void names_may_stand_in_another_table_than_their_ports() throws Exception {
        StringBuilder names = new StringBuilder("<tr><td>Application Name</td></tr>");
        StringBuilder ports =
                new StringBuilder(row("External Port", "Internal Port", "Protocol", "To IP Address", "Enabled"));
        for (int i = 0; i < 6; i++) {
            boolean preset = i < 2;
            names.append(row(
                    preset
                            ? "<select name=name" + i + "><option>None<option>FTP</select>"
                            : "<input name=name" + i + " maxlength=12 value='" + (i == 2 ? "hall" : "") + "'>"));
            ports.append(row(
                    preset ? "" : "<input name=from" + i + " value=" + (i == 2 ? 8081 : 0) + ">",
                    preset ? "" : "<input name=to" + i + " value=" + (i == 2 ? 80 : 0) + ">",
                    preset ? "" : "<select name=pro" + i + "><option value=tcp>TCP<option value=udp>UDP</select>",
                    "192 . 168 . 7 .&nbsp;<input name=ip" + i + " maxlength=3 value=" + (i == 2 ? 4 : 0) + ">",
                    "<input type=checkbox name=on" + i + (i == 2 ? " checked" : "") + ">"));
        }
        String html = "<form action=apply.cgi method=post><table><tr><td><table>" + names + "</table></td><td><table>"
                + ports + "</table></td></tr></table><input type=submit value='Save Settings'></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table)).containsExactly("hall 8081>80 192.168.7.4 TCP");
        String sent = Read.sent(new TableEditor(table)
                .addToRows(new Wanted("x", 8082, 81, "192.168.7.9", dev.porthole.mapping.TransportProtocol.TCP, ""))
                .orElseThrow());
        assertThat(sent).contains("&name3=x&", "&from3=8082&to3=81&pro3=tcp&ip3=9&on3=on", "&from2=8081&");
    }

    @Test
    void an_address_is_completed_in_the_cell_that_prints_its_beginning() throws Exception {
        String html = "<form action=/nat method=post><table>"
                + row("Nom", "Protocole", "Ports externes", "Adresse IP de destination", "Ports de destination", "")
                + row(
                        "porte",
                        "TCP",
                        "8081",
                        "192.168.7.4",
                        "80",
                        "<button name=rm.0 value=1 title=Supprimer></button>")
                + row(
                        "<input name=n>",
                        "<select name=p><option value=tcp>TCP<option value=udp>UDP</select>",
                        "<input name=e>",
                        "192.168.1.<input name=last maxlength=3>",
                        "<input name=i>",
                        "<button name=add value=1>Ajouter</button>")
                + "</table></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table)).containsExactly("porte 8081>80 192.168.7.4 TCP");
        assertThat(Read.sent(
                        new TableEditor(table).addToRows(Read.wanted(8082, 81)).orElseThrow()))
                .contains("e=8082&last=77&i=81&add=1");
    }

    @Test
    void a_row_may_show_by_its_class_or_an_icon_that_it_is_off() throws Exception {
        String header = row("", "Protocol", "Dest. Ports", "NAT IP", "NAT Ports", "Description");
        assertThat(
                        Read.rules(
                                "<table>" + header
                                        + row("<i title=Enabled></i>", "TCP", "8081", "192.168.7.4", "80", "a")
                                        + row("<i title=Disabled></i>", "TCP", "8082", "192.168.7.4", "80", "b")
                                        + row(
                                                "<a href=t title=Disable><i></i></a>",
                                                "TCP",
                                                "8083",
                                                "192.168.7.4",
                                                "80",
                                                "c")
                                        + "<tr class='rule disabled'><td></td><td>TCP</td><td>8084</td><td>192.168.7.4</td><td>80</td><td>d</td></tr></table>"))
                .containsExactly(
                        "a 8081>80 192.168.7.4 TCP",
                        "b 8082>80 192.168.7.4 TCP off",
                        "c 8083>80 192.168.7.4 TCP",
                        "d 8084>80 192.168.7.4 TCP off");
    }

    @Test
    void rules_may_be_told_in_sentences() throws Exception {
        String luci = "<h2>Port Forwards</h2><form method=post action=fw><table>"
                + row("Name", "Match", "Forward to", "Enable", "")
                + row(
                        "hall",
                        "IPv4-tcp<br>From any host in wan<br>Via any router IP at port 8081",
                        "IP 192.168.7.4, port 80 in lan",
                        "<input type=checkbox name=on1 checked>",
                        "<input type=submit name=del.cfg1 value=Delete>")
                + row(
                        "yard",
                        "IPv4-udp<br>From IP 203.0.113.9 in wan<br>Via any router IP at ports 5540-5549",
                        "IP 192.168.7.5 in lan",
                        "<input type=checkbox name=on2>",
                        "<input type=submit name=del.cfg2 value=Delete>")
                + "</table><table>"
                + row("Name", "Protocol", "External port", "Internal IP address", "Internal port", "")
                + row(
                        "<input name=_n>",
                        "<select name=_p><option value='tcp udp'>TCP+UDP<option value=tcp>TCP</select>",
                        "<input name=_e>",
                        "<input name=_ip>",
                        "<input name=_i>",
                        "<input type=submit name=add value=Add>")
                + "</table></form>";
        UnderstoodTable table = Read.table(luci);
        assertThat(Read.rules(table))
                .containsExactly(
                        "hall 8081>80 192.168.7.4 TCP", "yard 5540-5549>5540 192.168.7.5 UDP off from 203.0.113.9");
        TableEditor editor = new TableEditor(table);
        EntryForm entry = EntryForm.in(table.page(), table.sheet().fields()).orElseThrow();
        assertThat(Read.sent(editor.addBy(entry, Read.wanted(8082, 81))))
                .endsWith("_p=tcp&_e=8082&_ip=192.168.1.77&_i=81&add=Add");
        assertThat(Read.sent(editor.remove(table.rows().get(1)))).contains("del.cfg2=Delete");
        assertThat(Read.rules("<table>" + row("#", "Protocol", "Source", "Destination")
                        + row("1", "TCP", "Any", "RED: 8081 -><br>192.168.7.4: 80") + "</table>"))
                .containsExactly("8081>80 192.168.7.4 TCP");
    }

    @Test
    void rules_may_stand_in_a_list_box() throws Exception {
        String html =
                "<h3>Port Range Forwarding</h3><form action=f method=post><select multiple size=6 name=flist><option>HTTP [TCP/80~80]-&gt;192.168.7.4 Enabled"
                        + "<option>talk [UDP/5540~5549]-&gt;192.168.7.5 Disabled</select></form>";
        assertThat(Read.rules(html))
                .containsExactly("HTTP 80>80 192.168.7.4 TCP", "talk 5540-5549>5540 192.168.7.5 UDP off");
    }

    @Test
    void a_list_is_not_taken_for_empty_where_something_on_the_page_may_be_a_rule() {
        String slots = "<form action=x method=post><table>" + row("Port Range", "Local IP", "Local Port", "Protocol")
                + row(
                        "<input name=p0>",
                        "<input name=a0>",
                        "<input name=l0>",
                        "<select name=t0><option>TCP<option>UDP</select>")
                + "</table>%s<input type=submit value=Save></form>";
        for (String beside : List.of(
                "<select size=8 name=l><option>8081 192.168.7.4 80 TCP hall</select>",
                "<table><tr><td>TCP 8081 / 80</td><td>192.168.7.4</td></tr></table>",
                "<script>var list = '8081;8081;192.168.7.4;1;1';</script>",
                "<script>var list = [['hall', 8081, 80, '192.168.7.4']];</script>")) {
            assertThatThrownBy(() -> Read.table(slots.formatted(beside)))
                    .as(beside)
                    .hasMessageContaining("may be rules and was not understood");
        }
        for (String beside : List.of(
                "<script>var clients = [['laptop','192.168.7.4','02:00:00:00:00:01','3600']];</script>",
                "<script>var lan = '192.168.1.1'; var note = 'For example 192.168.7.4 may be given port 80 as a web server';</script>",
                "<p>Enter the port, such as 80, and an address, such as 192.168.7.4 (TCP).</p>")) {
            assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> Read.table(slots.formatted(beside))))
                    .as(beside)
                    .isNull();
        }
    }

    @Test
    void headers_in_further_languages_are_known() throws Exception {
        for (String[] words : new String[][] {
            {"Ad", "Dış Port", "İç Port", "IP Adresi", "Protokol"},
            {"Název", "Vnější port", "Vnitřní port", "IP adresa", "Protokol"},
            {"Namn", "Extern port", "Intern port", "IP-adress", "Protokoll"},
            {"Név", "Külső port", "Belső port", "IP cím", "Protokoll"},
            {"Tên dịch vụ", "Cổng ngoài", "Cổng trong", "Địa chỉ IP", "Giao thức"},
            {"Όνομα", "Εξωτερική θύρα", "Εσωτερική θύρα", "Διεύθυνση IP", "Πρωτόκολλο"},
            {"Nume", "Port extern", "Port intern", "Adresă IP", "Protocol"},
            {"규칙 이름", "외부 포트", "내부 포트", "내부 IP 주소", "프로토콜"},
            {"映射名称", "外部端口号", "内部端口号", "内部主机", "协议"}
        }) {
            assertThat(Read.rules("<table>" + row(words) + row("a", "8081", "80", "192.168.7.4", "TCP") + "</table>"))
                    .as(String.join(",", words))
                    .containsExactly("a 8081>80 192.168.7.4 TCP");
        }
    }

    @Test
    void names_of_fields_hold_the_word_port_for_many_reasons() throws Exception {
        assertThat(
                        Read.rules(
                                "<script>function stPortMap(Domain,Enable,PortMapCreator,Protocol,RemoteHost,RemoteHostRange,ExternalPort,ExternalPortEndRange,InternalPort,InternalClient,Description){}"
                                        + "var PortMapList = new Array(new stPortMap('d.1','1','IGD','TCP','','','8081','8081','80','192.168.7.4','hall'),new stPortMap('d.2','0','IGD','UDP','','','5540','5549','6540','192.168.7.5','yard'));</script>"))
                .containsExactly("hall 8081>80 192.168.7.4 TCP", "yard 5540-5549>6540 192.168.7.5 UDP off");
    }
}
