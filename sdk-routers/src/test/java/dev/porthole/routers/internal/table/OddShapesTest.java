package dev.porthole.routers.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Pages in the shape of firmware whose tables say something beside the words over their columns. */
class OddShapesTest {
    private static String table(String header, String... rows) {
        StringBuilder html = new StringBuilder("<h1>Port Forwarding</h1><table>").append(row("th", header));
        for (String row : rows) {
            html.append(row("td", row));
        }
        return html.append("</table>").toString();
    }

    private static String row(String cell, String texts) {
        StringBuilder row = new StringBuilder("<tr>");
        for (String text : texts.split("\\|", -1)) {
            row.append('<')
                    .append(cell)
                    .append('>')
                    .append(text)
                    .append("</")
                    .append(cell)
                    .append('>');
        }
        return row.append("</tr>").toString();
    }

    @Test
    void netgear_genie_keeps_rows_in_numbered_variables_and_evaluates_their_names() throws Exception {
        String html =
                "<script>var rows = 2; var forwardArray1 = 'web TCP 8080 8080 80 80 192.168.1.30'; var forwardArray2 = 'stream UDP 554 560 554 560 192.168.1.31';</script>"
                        + "<form method=post action=apply.cgi><table><tr><td>&nbsp;</td><td>#</td><td>Service Name</td><td>External Start Port</td><td>External End Port</td><td>Internal Start Port</td><td>Internal End Port</td><td>Internal IP address</td></tr>"
                        + "<script>for (i = 1; i <= rows; i++) { var info = LOOKUP.split(' '); document.write('<tr><td><input type=radio name=serviceSelect value=' + i + '></td><td>' + i + '</td><td>' + info[0] + '</td><td>' + info[2] + '</td><td>' + info[3] + '</td><td>' + info[4] + '</td><td>' + info[5] + '</td><td>' + info[6] + '</td></tr>'); }</script></table></form>";
        for (String lookup : new String[] {"eval('forwardArray' + i)", "window['forwardArray' + i]"}) {
            UnderstoodTable table = Read.table(html.replace("LOOKUP", lookup));
            assertThat(table.sheet().source()).isEqualTo(Sheet.Source.TABLE);
            assertThat(Read.rules(table))
                    .containsExactly("web 8080>80 192.168.1.30 TCP+UDP", "stream 554-560>554 192.168.1.31 TCP+UDP");
        }
        assertThat(Read.rules(html.replace("LOOKUP", "other(i)")))
                .as("from the data, in the order of the header")
                .containsExactly("web 8080>80 192.168.1.30 TCP", "stream 554-560>554 192.168.1.31 UDP");
    }

    @Test
    void huawei_names_the_port_of_clients_beside_the_external_one() throws Exception {
        assertThat(
                        Read.rules(
                                "<title>PortMapping</title><script>function stPortMap(Domain,PortMappingEnabled,PortMappingDescription,RemoteHost,ExternalPort,ExternalPortEndRange,InternalPort,InternalClient,PortMappingProtocol,ExternalSrcPort,ExternalSrcEndPort){}"
                                        + "var list = new Array(new stPortMap('IGD.1','1','web','','8080','8080','80','192.168.100.30','TCP','0','0'),new stPortMap('IGD.2','0','cam','','554','560','554','192.168.100.31','TCP/UDP','0','0'),null);</script>"))
                .containsExactly("web 8080>80 192.168.100.30 TCP", "cam 554-560>554 192.168.100.31 TCP+UDP off");
    }

    @Test
    void mguard_tells_from_which_port_clients_come() throws Exception {
        assertThat(Read.rules(table(
                        "No.|Protocol|From IP|From port|Incoming on IP|Incoming on port|Redirect to IP|Redirect to port|Comment|Log",
                        "1|TCP|0.0.0.0/0|any|%extern|8080|192.168.1.30|80|web|No",
                        "2|UDP|203.0.113.9|any|%extern|8554|192.168.1.31|554|cam|No")))
                .containsExactly("web 8080>80 192.168.1.30 TCP", "cam 8554>554 192.168.1.31 UDP from 203.0.113.9");
    }

    @Test
    void a_source_is_an_address_or_anyone_never_a_zone() throws Exception {
        assertThat(Read.rules(table(
                        "Source Interface|Traffic Type|Source IP|Destination Port|Translated Destination IP|Translated Destination Port",
                        "vlan1|TCP|0.0.0.0/0|8080|192.168.1.30|80",
                        "vlan1|UDP|203.0.113.9|8554|192.168.1.31|554")))
                .as("Siemens SCALANCE")
                .containsExactly("8080>80 192.168.1.30 TCP", "8554>554 192.168.1.31 UDP from 203.0.113.9");
        assertThat(Read.rules(table("名字|协议|源区域|外部端口|目标区域|内部IP地址|内部端口", "cam|TCP|wan|8080|lan|192.168.1.30|80")))
                .as("USR's LuCI")
                .containsExactly("cam 8080>80 192.168.1.30 TCP");
        assertThat(Read.rules(table(
                        "Starting Port|Ending Port|Protocol|LAN IP Address|Remote IP Address",
                        "8080|8080|TCP|192.168.0.30|All IP addresses",
                        "8554|8554|UDP|192.168.0.31|203.0.113.9")))
                .as("Actiontec")
                .containsExactly("8080>8080 192.168.0.30 TCP", "8554>8554 192.168.0.31 UDP from 203.0.113.9");
    }

    @Test
    void an_external_address_that_differs_from_row_to_row_is_who_may_connect() throws Exception {
        assertThat(Read.rules(table(
                        "Aplikacja/Usługa|Port wewnętrzny|Port zewnętrzny|Protokół|Urządzenie|Zewnętrzny adres IP",
                        "kamera|80|8080|TCP|192.168.1.30|wszystkie",
                        "strumień|554|8554|oba|192.168.1.31|203.0.113.9")))
                .as("Livebox")
                .containsExactly(
                        "kamera 8080>80 192.168.1.30 TCP", "strumień 8554>554 192.168.1.31 TCP+UDP from 203.0.113.9");
        assertThat(Read.rules(table(
                        "Name|Protocol|Private IP|Private Port|Public IP|Public Port",
                        "cam|TCP|192.168.1.30|80|203.0.113.2|8080",
                        "nvr|TCP|192.168.1.31|80|203.0.113.2|8081")))
                .as("the router's own address")
                .containsExactly("cam 8080>80 192.168.1.30 TCP", "nvr 8081>80 192.168.1.31 TCP");
        assertThat(Read.rules(table(
                        "Nom|Protocole|Port|Équipement|Port interne|Adresse IP autorisée",
                        "web|TCP|8080|192.168.1.30|80|Toutes",
                        "flux|TCP ou UDP|554|192.168.1.31|8554|203.0.113.9")))
                .as("Bbox")
                .containsExactly("web 8080>80 192.168.1.30 TCP", "flux 554>8554 192.168.1.31 TCP+UDP from 203.0.113.9");
    }

    @Test
    void lights_without_words_say_what_is_off() throws Exception {
        assertThat(Read.rules(table(
                        "Status|Name|Protocol|WAN port|LAN port|Destination IP",
                        "<div class='light green'></div>|web|TCP|8080|80|192.168.1.30",
                        "<div class='light off'></div>|cam|TCP/UDP|554:560|554:560|192.168.1.31",
                        "<img src='img/bulb_off.gif'>|old|TCP|81|81|192.168.1.32")))
                .as("Technicolor")
                .containsExactly(
                        "web 8080>80 192.168.1.30 TCP",
                        "cam 554-560>554 192.168.1.31 TCP+UDP off",
                        "old 81>81 192.168.1.32 TCP off");
    }

    @Test
    void words_on_a_link_say_what_it_would_do() throws Exception {
        assertThat(Read.rules(table(
                        "Name|External Port|Internal Port|IP Address|Status",
                        "web|8080|80|192.168.1.30|<a href='x?off=1'>Disable</a>",
                        "cam|8554|554|192.168.1.31|<a href='x?on=2'>Enable</a>")))
                .containsExactly("web 8080>80 192.168.1.30 TCP+UDP", "cam 8554>554 192.168.1.31 TCP+UDP off");
        assertThat(Read.rules(table(
                        "Name|External Port|Internal Port|IP Address|Status",
                        "web|8080|80|192.168.1.30|<a href='x?off=1'>Disabled</a>",
                        "cam|8554|554|192.168.1.31|Disable")))
                .as("a state, and words that are on no link")
                .containsExactly("web 8080>80 192.168.1.30 TCP+UDP off", "cam 8554>554 192.168.1.31 TCP+UDP off");
    }

    @Test
    void a_box_may_switch_rules_off() throws Exception {
        String html = "<form action=x method=post>"
                + table(
                        "Name|External Port|Internal Port|IP Address|Disable",
                        "<input name=n1 value=web>|<input name=e1 value=8080>|<input name=i1 value=80>|<input name=ip1 value=192.168.1.30>|<input type=checkbox name=d1 value=1>",
                        "<input name=n2 value=cam>|<input name=e2 value=8554>|<input name=i2 value=554>|<input name=ip2 value=192.168.1.31>|<input type=checkbox name=d2 value=1 checked>",
                        "<input name=n3>|<input name=e3>|<input name=i3>|<input name=ip3>|<input type=checkbox name=d3 value=1 checked>")
                + "<input type=submit value=Save></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table))
                .containsExactly("web 8080>80 192.168.1.30 TCP+UDP", "cam 8554>554 192.168.1.31 TCP+UDP off");
        assertThat(Read.sent(
                        new TableEditor(table).addToRows(Read.wanted(8081, 81)).orElseThrow()))
                .contains("d2=1")
                .endsWith("n3=porthole-door-http&e3=8081&i3=81&ip3=192.168.1.77");
    }

    @Test
    void states_in_data_are_numbers_where_protocols_are_words() throws Exception {
        assertThat(Read.rules(
                        "<script>var a = [['web','8080','80','192.168.1.30','TCP','1'],['cam','8554','554','192.168.1.31','UDP','0']];</script>"
                                + table("Name|External Port|Internal Port|IP Address|Protocol|Enable")))
                .containsExactly("web 8080>80 192.168.1.30 TCP", "cam 8554>554 192.168.1.31 UDP off");
    }

    @Test
    void rows_that_begin_with_what_has_no_header_are_read_below_their_own_words() throws Exception {
        for (String first : new String[] {"7", "<input type=checkbox name=mark>", ""}) {
            assertThat(Read.rules(table(
                            "Name|External Port|Internal Port|IP Address|Protocol",
                            first + "|web|8080|80|192.168.1.30|TCP",
                            first + "|cam|8554|554|192.168.1.31|UDP")))
                    .as(first)
                    .containsExactly("web 8080>80 192.168.1.30 TCP", "cam 8554>554 192.168.1.31 UDP");
        }
    }

    @Test
    void a_number_is_no_host() {
        assertThatThrownBy(
                        () -> Read.rules(table("External Port|Internal Port|IP Address", "1|8080|800", "2|8554|554")))
                .isInstanceOf(NotUnderstoodException.class);
    }

    @Test
    void one_column_for_both_ports_is_refused_where_it_looks_like_a_range() {
        assertThatThrownBy(() ->
                        Read.rules(table("Name|Ports (ext:int)|IP Address|Protocol", "web|80:8080|192.168.1.30|TCP")))
                .isInstanceOf(NotUnderstoodException.class)
                .hasMessageContaining("both sides");
    }

    @Test
    void asuswrt_keeps_the_list_in_a_script_with_its_signs_as_numbers() throws Exception {
        String form =
                "<form method=post name=form action=/start_apply.htm><input type=hidden name=vts_rulelist value=''><input type=submit value=Apply></form>";
        for (String list : new String[] {
            "&#60web&#628080&#62192.168.1.30&#6280&#62TCP&#60cam&#628554&#62192.168.1.31&#62554&#62BOTH",
            "%3Cweb%3E8080%3E192%2E168%2E1%2E30%3E80%3ETCP%3Ccam%3E8554%3E192%2E168%2E1%2E31%3E554%3EBOTH"
        }) {
            assertThat(Read.rules("<script>var vts_rulelist_array = '" + list + "';</script>" + form))
                    .containsExactly("web 8080>80 192.168.1.30 TCP", "cam 8554>554 192.168.1.31 TCP+UDP");
        }
    }

    @Test
    void headings_of_other_tables_and_a_menu_do_not_say_what_a_table_is_about() throws Exception {
        String leases =
                "<h2>DHCP clients</h2><table><tr><th>Name</th><th>IP Address</th></tr><tr><td>web</td><td>192.168.1.30</td></tr></table>";
        String list = table("Description|WAN Port|LAN IP|LAN Port|Protocol", "web|8080|192.168.1.30|80|TCP");
        assertThat(Read.rules("<h1>LAN</h1>" + leases + list.replace("<h1>Port Forwarding</h1>", "<h2>Rules</h2>")))
                .containsExactly("web 8080>80 192.168.1.30 TCP");
        String menu = "<div><a href=lan.htm>LAN</a> <a href=fw.htm>Port Forwarding</a></div><h1>UPnP</h1>";
        assertThatThrownBy(() -> Read.rules(menu + list.replace("<h1>Port Forwarding</h1>", "")))
                .isInstanceOf(NotUnderstoodException.class);
        assertThatThrownBy(() -> Read.rules("<h1>1:1 NAT</h1>"
                        + table("Private IP|Public IP|Range length|Enable", "192.168.1.30|203.0.113.30|1|Yes")
                                .replace("<h1>Port Forwarding</h1>", "")))
                .isInstanceOf(NotUnderstoodException.class);
    }

    @Test
    void numbers_for_protocols_are_known_by_a_select_anywhere_on_the_page() throws Exception {
        String list =
                "<script>var vs = [{name:'web',extPort:8080,intPort:80,ip:'192.168.7.4',proto:1},{name:'cam',extPort:554,intPort:554,ip:'192.168.7.5',proto:2}];</script>";
        String select =
                "<select id=Frm_Protocol><option value=1>UDP<option value=2>TCP<option value=3>TCP AND UDP</select>";
        assertThat(Read.rules(list + select))
                .containsExactly("web 8080>80 192.168.7.4 UDP", "cam 554>554 192.168.7.5 TCP");
        assertThat(Read.rules(list + select + "<select><option value=1>TCP<option value=2>UDP</select>"))
                .as("two that contradict each other")
                .containsExactly("web 8080>80 192.168.7.4 TCP+UDP", "cam 554>554 192.168.7.5 TCP+UDP");
    }

    @Test
    void words_of_more_languages() throws Exception {
        assertThat(Read.rules(
                        table("Protokol|Dış Port|Yerel IP|İç Port|Açıklama", "TCP/UDP|8554|192.168.2.31|554|akış")))
                .containsExactly("akış 8554>554 192.168.2.31 TCP+UDP");
        assertThat(Read.rules(table(
                        "Port služby|Vnitřní port|IP adresa|Protokol|Stav", "8554|554|192.168.0.31|Vše|Zakázáno")))
                .containsExactly("8554>554 192.168.0.31 TCP+UDP off");
        assertThat(Read.rules(table("LAN側ホスト|プロトコル|ポート番号|適用", "192.168.0.31|UDP|554|OFF")))
                .containsExactly("554>554 192.168.0.31 UDP off");
        assertThat(Read.rules(table(
                        "Naam|Protocol|WAN-poort|LAN-poort|LAN IP-adres|Aan/Uit", "cam|UDP|8554|554|192.168.2.31|Uit")))
                .containsExactly("cam 8554>554 192.168.2.31 UDP off");
    }
}
