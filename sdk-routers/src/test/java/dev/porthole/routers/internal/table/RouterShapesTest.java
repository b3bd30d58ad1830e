package dev.porthole.routers.internal.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pages in the shapes that families of routers have, written for these tests with the names that their fields have. */
class RouterShapesTest {
    @Test
    void tp_link_prints_a_flat_list_by_script() throws Exception {
        String html = "<script>var virServerPara = new Array(1,1,1,0);\n"
                + "var virServerListPara = new Array(\n\"8080\",\"80\",\"192.168.0.100\",2,1,\n"
                + "\"5000-5010\",\"5000\",\"192.168.0.101\",3,0,\n0,0 );</script>"
                + "<form action='VirtualServerRpm.htm' method=get><table><tr><td>ID</td><td>Service Port</td><td>Internal Port</td>"
                + "<td>IP Address</td><td>Protocol</td><td>Status</td><td>Modify</td></tr>"
                + "<script>for(var i=0;i<2;i++){document.write('<a href=\"VirtualServerRpm.htm?Modify='+i+'&Page=1\">');"
                + "document.write('<a href=\"VirtualServerRpm.htm?Del='+i+'&Page=1\">');}"
                + "function doAdd(){location.href=\"VirtualServerRpm.htm?Add=Add&Page=\"+virServerPara[0];}</script></table>"
                + "<input name=Add type=button class=button value='Add New...' onclick='doAdd()'></form>";
        UnderstoodTable table = TableReader.read(
                Read.page(html),
                Map.of(
                        "1", Values.protocols("all"),
                        "2", Values.protocols("TCP"),
                        "3", Values.protocols("UDP")));
        assertThat(Read.rules(table))
                .containsExactly("8080>80 192.168.0.100 TCP", "5000-5010>5000 192.168.0.101 UDP off");
        assertThat(Read.sent(new TableEditor(table).openEntryPage().orElseThrow()))
                .isEqualTo("GET /adv/VirtualServerRpm.htm?Add=Add&Page=1");
        assertThat(Read.sent(new TableEditor(table).remove(table.rows().get(1))))
                .isEqualTo("GET /adv/VirtualServerRpm.htm?Del=1&Page=1");
    }

    @Test
    void tp_links_entry_page_names_no_rule() throws Exception {
        String html = "<form action=VirtualServerRpm.htm method=get><table>"
                + "<tr><td>Service Port:</td><td><input name=ExPort maxlength=11> (XX-XX or XX)</td></tr>"
                + "<tr><td>Internal Port:</td><td><input name=InPort maxlength=5></td></tr>"
                + "<tr><td>IP Address:</td><td><input name=Ip maxlength=15></td></tr>"
                + "<tr><td>Protocol:</td><td><select name=Protocol><option value=1>ALL<option value=2>TCP<option value=3>UDP</select></td></tr>"
                + "<tr><td>Status:</td><td><select name=State><option value=0>Disabled<option value=1>Enabled</select></td></tr>"
                + "<tr><td>Common Service Port:</td><td><select name=Commonport><option value=0>--Select One--<option value=21>FTP</select></td></tr></table>"
                + "<input type=hidden name=Changed value=0><input type=submit name=Save value=Save><input type=button name=Back value=Back></form>";
        EntryForm entry = EntryForm.in(Read.page(html), java.util.List.of()).orElseThrow();
        assertThat(Read.sent(TableEditor.add(entry, Read.wanted(8080, 80))))
                .isEqualTo(
                        "GET /adv/VirtualServerRpm.htm?ExPort=8080&InPort=80&Ip=192.168.1.77&Protocol=2&State=1&Commonport=0"
                                + "&Changed=0&Save=Save");
    }

    @Test
    void huawei_constructs_rows_whose_constructor_names_the_columns() throws Exception {
        String html =
                "<title>Port Mapping</title><script>function stPortMap(Domain,Enable,Description,Protocol,RemoteHost,ExternalPort,InternalPort,InternalClient)"
                        + "{this.Domain = Domain;}\nvar PortMap = new Array(new stPortMap('IGD.1','1','web','TCP','','8080','80','192.168.1.5'),"
                        + "new stPortMap('IGD.2','0','cam','TCP/UDP','','554','554','192.168.1.6'),null);</script>";
        assertThat(Read.rules(html))
                .containsExactly("web 8080>80 192.168.1.5 TCP", "cam 554>554 192.168.1.6 TCP+UDP off");
    }

    @Test
    void netgear_lists_start_end_and_address_beside_radio_buttons() throws Exception {
        String html =
                "<form method=POST action='forward.cgi'><table border=1><tr><td>&nbsp;</td><td>#</td><td>Service Name</td>"
                        + "<td>External Start Port</td><td>External End Port</td><td>Internal Start Port</td><td>Internal End Port</td><td>Internal IP address</td></tr>"
                        + "<tr><td><input type=radio name=RouterServers value=0></td><td>1</td><td>HTTP</td><td>8080</td><td>8080</td><td>80</td><td>80</td><td>192.168.1.3</td></tr>"
                        + "<tr><td><input type=radio name=RouterServers value=1></td><td>2</td><td>RTSP</td><td>554</td><td>554</td><td>554</td><td>554</td><td>192.168.1.4</td></tr></table>"
                        + "<input type=submit name=editService value='Edit Service'><input type=submit name=delService value='Delete Service'>"
                        + "<input type=submit name=addCustom value='Add Custom Service'></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table))
                .containsExactly("HTTP 8080>80 192.168.1.3 TCP+UDP", "RTSP 554>554 192.168.1.4 TCP+UDP");
        assertThat(Read.sent(new TableEditor(table).remove(table.rows().get(1))))
                .isEqualTo("POST /adv/forward.cgi RouterServers=1&delService=Delete Service");
        assertThat(Read.sent(new TableEditor(table).openEntryPage().orElseThrow()))
                .isEqualTo("POST /adv/forward.cgi addCustom=Add Custom Service");
    }

    @Test
    void dd_wrt_translates_from_and_to_with_the_address_between() throws Exception {
        String html =
                "<form name=portfw action=apply.cgi method=post><input type=hidden name=submit_button value=ForwardSpec>"
                        + "<input type=hidden name=change_action><input type=hidden name=submit_type><input type=hidden name=action value=Apply>"
                        + "<table><tr><th>Application</th><th>Protocol</th><th>Source Net</th><th>Port from</th><th>IP Address</th><th>Port to</th><th>Enable</th></tr>"
                        + "<tr><td><input name=name0 value=web></td><td><select name=pro0><option value=tcp selected>TCP<option value=udp>UDP<option value=both>Both</select></td>"
                        + "<td><input name=src0 value=''></td><td><input name=from0 value=8080></td><td><input name=ip0 value=192.168.1.5></td><td><input name=to0 value=80></td>"
                        + "<td><input type=checkbox name=enable0 value=on checked></td></tr></table>"
                        + "<script>function forward_add_submit(F){F.change_action.value=\"gozila_cgi\";F.submit_type.value=\"add_forward_spec\";F.submit();}</script>"
                        + "<input type=button value=Add onclick=forward_add_submit(this.form)><input type=button value=Save onclick='this.form.submit()'></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table)).containsExactly("web 8080>80 192.168.1.5 TCP");
        assertThat(new TableEditor(table).addToRows(Read.wanted(1, 2))).isEmpty();
        assertThat(Read.sent(new TableEditor(table).openEntryPage().orElseThrow()))
                .startsWith(
                        "POST /adv/apply.cgi submit_button=ForwardSpec&change_action=gozila_cgi&submit_type=add_forward_spec&action=Apply&name0=web");
    }

    @Test
    void zyxel_translates_ranges() throws Exception {
        String html =
                "<table><tr><td>No.</td><td>Active</td><td>Service Name</td><td>Start Port</td><td>End Port</td><td>Port Translation Start Port</td>"
                        + "<td>Port Translation End Port</td><td>Server IP Address</td><td>Modify</td></tr>"
                        + "<tr><td>1</td><td><img src=on.gif alt=Active></td><td>WWW</td><td>8080</td><td>8081</td><td>80</td><td>81</td><td>192.168.1.33</td>"
                        + "<td><a href=edit.html?1><img src=i_edit.gif></a><a href=del.html?1><img src=i_delete.gif></a></td></tr></table>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table)).containsExactly("WWW 8080-8081>80 192.168.1.33 TCP+UDP");
        assertThat(Read.sent(new TableEditor(table).remove(table.rows().get(0))))
                .isEqualTo("GET /adv/del.html?1");
    }

    @Test
    void comtrend_shows_two_ports_on_each_side() throws Exception {
        String html =
                "<table border=1><tr><td>Server Name</td><td>External Port Start</td><td>External Port End</td><td>Protocol</td><td>Internal Port Start</td>"
                        + "<td>Internal Port End</td><td>Server IP Address</td><td>WAN Interface</td><td>Remove</td></tr>"
                        + "<tr><td>cam</td><td>8080</td><td>8080</td><td>TCP</td><td>80</td><td>80</td><td>192.168.1.9</td><td>ppp0.1</td><td><input type=checkbox name=rml value=0></td></tr></table>";
        assertThat(Read.rules(html)).containsExactly("cam 8080>80 192.168.1.9 TCP");
    }

    @Test
    void asus_packs_the_list_into_one_field() throws Exception {
        UnderstoodTable table = Read.table(
                "<form name=form method=post action=/start_apply.htm><input type=hidden name=current_page value=x.asp>"
                        + "<input type=hidden name=vts_rulelist value='&#60;web&#62;8080&#62;192.168.1.5&#62;80&#62;TCP&#62;&#60;cam&#62;554&#62;192.168.1.6&#62;&#62;BOTH&#62;'>"
                        + "<input type=submit value=Apply></form>");
        assertThat(Read.rules(table)).containsExactly("web 8080>80 192.168.1.5 TCP", "cam 554>554 192.168.1.6 TCP+UDP");
        assertThat(Read.sent(
                        new TableEditor(table).addToRows(Read.wanted(8081, 80)).orElseThrow()))
                .endsWith(
                        "vts_rulelist=<web>8080>192.168.1.5>80>TCP><cam>554>192.168.1.6>>BOTH><porthole-door-http>8081>192.168.1.77>80>TCP>");
        assertThat(Read.sent(new TableEditor(table).remove(table.rows().get(0))))
                .endsWith("vts_rulelist=<cam>554>192.168.1.6>>BOTH>");
    }

    @Test
    void the_axis_guide_presets_services_without_an_address() throws Exception {
        String html =
                "<form method=post action=pf.cgi><table><tr><td>Service name</td><td>Start port</td><td>End port</td><td>Server IP Address</td></tr>"
                        + row("FTP", "21", "ip0", "Not configured") + row("HTTP (Web)", "80", "ip1", "")
                        + row("SMTP", "25", "ip2", "192.168.1.4")
                        + "<tr><td><input name=n3></td><td><input name=s3></td><td><input name=e3></td><td><input name=ip3></td></tr></table>"
                        + "<input type=submit value=Save></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table)).containsExactly("SMTP 25>25 192.168.1.4 TCP+UDP");
        assertThat(table.translates()).isFalse();
        TableEditor editor = new TableEditor(table);
        assertThat(Read.sent(editor.addToRows(Read.wanted(80, 80)).orElseThrow()))
                .isEqualTo("POST /adv/pf.cgi ip0=Not configured&ip1=192.168.1.77&ip2=192.168.1.4&n3=&s3=&e3=&ip3=");
        assertThat(Read.sent(editor.addToRows(Read.wanted(8001, 8001)).orElseThrow()))
                .endsWith("n3=porthole-door-http&s3=8001&e3=8001&ip3=192.168.1.77");
        assertThat(Read.sent(editor.remove(table.rows().get(2)))).contains("&ip2=&");
    }

    private static String row(String name, String port, String field, String value) {
        return "<tr><td>" + name + "</td><td>" + port + "</td><td>" + port + "</td><td><input name=" + field
                + " value='" + value + "'></td></tr>";
    }

    @Test
    void source_and_destination_are_decided_by_the_whole_row() throws Exception {
        String header =
                "<tr><th>Source IP</th><th>Source Port</th><th>Destination IP</th><th>Destination Port</th><th>Protocol</th></tr>";
        assertThat(
                        Read.rules(
                                "<table>" + header
                                        + "<tr><td>0.0.0.0/0</td><td>8888</td><td>192.168.69.110</td><td>80</td><td>TCP</td></tr></table>"))
                .containsExactly("8888>80 192.168.69.110 TCP");
        assertThatThrownBy(() -> Read.rules("<table>" + header + "</table><a href=add>Add Rule</a>"))
                .hasMessageContaining("Source Port");
        assertThatThrownBy(() -> Read.rules("<table>" + header
                        + "<tr><td>any</td><td>*</td><td>192.168.1.9</td><td>80</td><td>TCP</td></tr></table>"))
                .isInstanceOf(NotUnderstoodException.class);
        String pfsense =
                "<table><tr><th></th><th>Interface</th><th>Protocol</th><th>Source Address</th><th>Source Ports</th><th>Dest. Address</th><th>Dest. Ports</th><th>NAT IP</th><th>NAT Ports</th><th>Description</th><th>Actions</th></tr>"
                        + "<tr><td><input type=checkbox name='rule[]' value=0></td><td>WAN</td><td>TCP</td><td>*</td><td>*</td><td>WAN address</td><td>8888</td><td>192.168.1.5</td><td>80</td><td>cam</td><td><a href=edit>e</a></td></tr></table>";
        assertThat(Read.rules(pfsense)).containsExactly("cam 8888>80 192.168.1.5 TCP");
    }

    @Test
    void words_that_fit_two_readings_are_refused_by_name() {
        assertThatThrownBy(() -> Read.rules("<table><tr><th>Name</th><th>Port</th><th>Port</th><th>IP Address</th></tr>"
                        + "<tr><td>a</td><td>80</td><td>8080</td><td>192.168.1.2</td></tr></table>"))
                .isInstanceOfSatisfying(
                        NotUnderstoodException.class,
                        e -> assertThat(e.kind()).isEqualTo(NotUnderstoodException.Kind.AMBIGUOUS))
                .hasMessageContaining("'Port', 'Port'");
    }

    @Test
    void a_page_that_is_filled_by_script_is_said_to_be() {
        for (String html : new String[] {
            "<title>Port Forwarding</title><div id=app></div><script src=app.js></script>",
            "<h1>Port Forwarding</h1><table id=t><tr><th>Name</th><th>External Port</th><th>Internal Port</th><th>Internal IP</th></tr></table>"
                    + "<script>$.ajax({url:'/api/pf', success: draw});</script>"
        }) {
            assertThatThrownBy(() -> Read.table(html))
                    .isInstanceOfSatisfying(
                            NotUnderstoodException.class,
                            e -> assertThat(e.kind()).isEqualTo(NotUnderstoodException.Kind.NEEDS_SCRIPT));
        }
    }

    @Test
    void zte_and_others_keep_fields_in_numbered_hidden_inputs_per_rule() throws Exception {
        String html =
                "<form method=post action=x.cgi><input type=hidden name=VirtualSer0 value='80,8080,192.168.0.5,TCP,web'>"
                        + "<input type=hidden name=VirtualSer1 value=''><input type=hidden name=VirtualSer2 value='554,5554,192.168.0.6,UDP,cam'>"
                        + "<table><tr><td>Internal Port</td><td>External Port</td><td>LAN IP</td><td>Protocol</td><td>Name</td></tr></table><input type=submit value=OK></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table))
                .anyMatch(rule -> rule.contains("8080>80 192.168.0.5 TCP"))
                .anyMatch(rule -> rule.contains("5554>554 192.168.0.6 UDP"));
        Optional<dev.porthole.routers.internal.RouterRequest> add =
                new TableEditor(table).addToRows(Read.wanted(8081, 80));
        assertThat(Read.sent(add.orElseThrow())).contains("VirtualSer1=80,8081,192.168.1.77,TCP,");
    }

    @Test
    void zte_assigns_numbered_names_by_calls() throws Exception {
        String html =
                "<script>Transfer_meaning('IF_ERRORSTR','SUCC');Transfer_meaning('Enable0','1');Transfer_meaning('Description0','web');Transfer_meaning('Protocol0','TCP');"
                        + "Transfer_meaning('MinExtPort0','8080');Transfer_meaning('MaxExtPort0','8080');Transfer_meaning('InternalHost0','192\\x2e168\\x2e1\\x2e5');"
                        + "Transfer_meaning('MinIntPort0','80');Transfer_meaning('MaxIntPort0','80');</script>";
        assertThat(Read.rules(html)).containsExactly("web 8080>80 192.168.1.5 TCP");
    }

    @Test
    void a_transport_may_stand_beside_the_port_and_a_port_behind_the_address() throws Exception {
        assertThat(Read.rules("<table><tr><th>Service</th><th>WAN Port</th><th>LAN Host</th></tr>"
                        + "<tr><td>web</td><td>TCP: 8080</td><td>192.168.1.5:80</td></tr>"
                        + "<tr><td>sip</td><td>5060/udp</td><td>192.168.1.6:5061</td></tr></table>"))
                .containsExactly("web 8080>80 192.168.1.5 TCP", "sip 5060>5061 192.168.1.6 UDP");
    }

    @Test
    void belkin_and_smc_enter_two_ports_in_one_cell_and_the_last_octet() throws Exception {
        String html =
                "<form action=x method=post><table><tr><td>Enable</td><td>Description</td><td>Inbound port</td><td>Type</td><td>Private IP address</td><td>Private port</td></tr>"
                        + belkin(0, "web", "8080", "5", "80", " checked") + belkin(1, "", "", "", "", "")
                        + "</table><input type=submit value='Apply Changes'></form>";
        UnderstoodTable table = Read.table(html);
        assertThat(Read.rules(table)).containsExactly("web 8080>80 192.168.2.5 TCP");
        assertThatThrownBy(() -> new TableEditor(table).addToRows(Read.wanted(8081, 80)))
                .hasMessageContaining("192.168.2.x only");
    }

    private static String belkin(int n, String name, String ext, String host, String in, String checked) {
        return "<tr><td><input type=checkbox name=en" + n + checked + "></td><td><input name=desc" + n + " value='"
                + name + "'></td>"
                + "<td><input name=inb_s" + n + " value='" + ext + "' size=5> - <input name=inb_e" + n + " value='"
                + ext + "' size=5></td>"
                + "<td><select name=type" + n
                + "><option>TCP<option>UDP<option>BOTH</select></td><td>192.168.2.<input name=ip" + n
                + " maxlength=3 value='" + host + "'></td>"
                + "<td><input name=prv_s" + n + " value='" + in + "'> - <input name=prv_e" + n + " value='" + in
                + "'></td></tr>";
    }

    @Test
    void surfboard_groups_local_and_external() throws Exception {
        assertThat(
                        Read.rules(
                                "<table><tr><th colspan=3>Local</th><th colspan=3>External</th><th rowspan=2>Prot</th><th rowspan=2>Description</th><th rowspan=2>Enabled</th></tr>"
                                        + "<tr><th>IP Address</th><th>Start Port</th><th>End Port</th><th>IP Address</th><th>Start Port</th><th>End Port</th></tr>"
                                        + "<tr><td>192.168.0.9</td><td>80</td><td>80</td><td>0.0.0.0</td><td>8080</td><td>8080</td><td>TCP</td><td>cam</td><td>On</td></tr></table>"))
                .containsExactly("cam 8080>80 192.168.0.9 TCP");
    }

    @Test
    void javascript_objects_and_json_are_read_as_literals() throws Exception {
        assertThat(
                        Read.rules(
                                "<script>var rules = [{name:'web', extPort:8080, intPort:80, ip:'192.168.1.5', proto:'TCP', enable:1},"
                                        + "{name:'cam', extPort:554, intPort:554, ip:'192.168.1.6', proto:'UDP', enable:0}];</script>"))
                .containsExactly("web 8080>80 192.168.1.5 TCP", "cam 554>554 192.168.1.6 UDP off");
        assertThat(
                        Read.rules(
                                "<script type='application/json'>{\"portForwarding\":{\"rules\":[{\"description\":\"web\",\"externalPort\":\"8080\",\"internalPort\":\"80\",\"internalClient\":\"192.168.1.5\",\"protocol\":\"TCP\"}]}}</script>"))
                .containsExactly("web 8080>80 192.168.1.5 TCP");
    }

    @Test
    void what_only_looks_like_port_mappings_is_none() throws Exception {
        for (String html : new String[] {
            "<title>UPnP</title><h2>UPnP Portmap Table</h2><table><tr><td>Active</td><td>Protocol</td><td>Int. Port</td><td>Ext. Port</td><td>IP Address</td></tr>"
                    + "<tr><td>Yes</td><td>TCP</td><td>80</td><td>8080</td><td>192.168.1.4</td></tr></table>",
            "<h2>Active Sessions</h2><table><tr><td>Protocol</td><td>Local IP</td><td>Local Port</td><td>Remote IP</td><td>Remote Port</td></tr>"
                    + "<tr><td>TCP</td><td>192.168.1.4</td><td>51234</td><td>203.0.113.9</td><td>443</td></tr></table>",
            "<h2>List</h2><table><tr><td>Protocol</td><td>Local IP</td><td>Local Port</td><td>Remote IP</td><td>Remote Port</td></tr>"
                    + "<tr><td>TCP</td><td>192.168.1.4</td><td>51234</td><td>203.0.113.9</td><td>443</td></tr></table>",
            "<h2>Filters</h2><form><table><tr><td>Source IP</td><td>Source Port</td><td>Destination IP</td><td>Destination Port</td></tr>"
                    + "<tr><td><input name=s0 value=192.168.1.4></td><td><input name=sp0 value=1-65535></td><td><input name=d0 value=203.0.113.4></td><td><input name=dp0 value=25></td></tr></table></form>",
            "<h2>Port filtering</h2><table><tr><td>Comment</td><td>LAN IP Address</td><td>Port Range</td><td>Protocol</td></tr><tr><td>x</td><td>192.168.1.4</td><td>25-25</td><td>TCP</td></tr></table>",
            "<h2>Address Reservation</h2><table><tr><td>Client Name</td><td>MAC Address</td><td>IP Address</td></tr><tr><td>pc</td><td>00:11:22:33:44:55</td><td>192.168.1.4</td></tr></table>",
            "<form><table><tr><td>Enable</td><td><input type=checkbox name=e></td></tr><tr><td>Server IP Address</td><td><input name=ip></td></tr><tr><td>Server Port</td><td><input name=port value=514></td></tr></table></form>",
        }) {
            assertThatThrownBy(() -> Read.table(html)).as(html).isInstanceOf(NotUnderstoodException.class);
        }
        Page lan = Read.page(
                "<form>HTTP Port <input name=http value=80> IP Address <input name=ip value=192.168.1.1></form>");
        assertThat(EntryForm.in(lan, java.util.List.of())).isEmpty();
    }

    @Test
    void a_form_that_asks_for_the_rows_number_gets_a_free_one() throws Exception {
        String html =
                "<form method=post action=/Forms/rpNATvirsvr_1><table><tr><td>Rule Index</td><td><select name=VirSvr_index><option selected>1<option>2<option>3</select></td></tr>"
                        + "<tr><td>Application</td><td><input name=VirSvr_App maxlength=20 value=web></td></tr><tr><td>Protocol</td><td><select name=VirSvr_Proto><option value=0>ALL<option value=1 selected>TCP</select></td></tr>"
                        + "<tr><td>Start Port Number</td><td><input name=VirSvr_startport value=80></td></tr><tr><td>End Port Number</td><td><input name=VirSvr_endport value=80></td></tr>"
                        + "<tr><td>Local IP Address</td><td><input name=VirSvr_localip value=192.168.1.4></td></tr></table>"
                        + "<table><tr><td>Rule</td><td>Application</td><td>Protocol</td><td>Start Port</td><td>End Port</td><td>Local IP Address</td></tr>"
                        + "<tr><td>1</td><td>web</td><td>TCP</td><td>80</td><td>80</td><td>192.168.1.4</td></tr><tr><td>2</td><td>cam</td><td>TCP</td><td>554</td><td>554</td><td>192.168.1.5</td></tr>"
                        + "<tr><td>3</td><td>-</td><td>-</td><td>0</td><td>0</td><td>0.0.0.0</td></tr></table><input type=submit name=SAVE value=SAVE><input type=submit name=DELETE value=DELETE></form>";
        UnderstoodTable table = Read.table(html);
        EntryForm entry = EntryForm.in(table.page(), table.sheet().fields()).orElseThrow();
        TableEditor editor = new TableEditor(table);
        assertThat(Read.sent(editor.addBy(entry, Read.wanted(8080, 8080))))
                .isEqualTo(
                        "POST /Forms/rpNATvirsvr_1 VirSvr_index=3&VirSvr_App=porthole-door-http&VirSvr_Proto=1&VirSvr_startport=8080&VirSvr_endport=8080&VirSvr_localip=192.168.1.77&SAVE=SAVE");
        assertThat(Read.sent(editor.removeBy(entry, table.rows().get(1)).orElseThrow()))
                .contains("VirSvr_index=2&")
                .endsWith("&DELETE=DELETE");
        UnderstoodTable full = Read.table(html.replace(
                "<td>3</td><td>-</td><td>-</td><td>0</td><td>0</td><td>0.0.0.0</td>",
                "<td>3</td><td>x</td><td>TCP</td><td>90</td><td>90</td><td>192.168.1.6</td>"));
        assertThatThrownBy(() -> new TableEditor(full).addBy(entry, Read.wanted(8080, 8080)))
                .hasMessageContaining("none that is free");
    }

    @Test
    void empty_rows_that_a_script_fills_are_neither_taken_for_empty_nor_stored() throws Exception {
        String form =
                "<form action=s method=post name=f><table><tr><td>Name</td><td>External Port</td><td>Internal Port</td><td>IP Address</td></tr>"
                        + "<tr><td><input name=n0></td><td><input name=e0></td><td><input name=i0></td><td><input name=ip0></td></tr></table><input type=submit value=Save></form>";
        assertThatThrownBy(() -> Read.table(
                        "<script>function init(){for(i=0;i<rules();i++){document.f.elements['n'+i].value = rule(i);}}</script><body onload='init()'>"
                                + form))
                .isInstanceOfSatisfying(
                        NotUnderstoodException.class,
                        e -> assertThat(e.kind()).isEqualTo(NotUnderstoodException.Kind.NEEDS_SCRIPT));
        UnderstoodTable plain = Read.table("<script>function clear1(){document.f.n0.value = '';}</script>" + form);
        assertThat(new TableEditor(plain).addToRows(Read.wanted(8080, 80))).isPresent();
        UnderstoodTable other =
                Read.table("<script>function init(){clock.title.value = now();}</script><body onload=init()>" + form);
        assertThat(new TableEditor(other).addToRows(Read.wanted(8080, 80))).isPresent();
    }

    @Test
    void a_button_beside_fields_that_were_not_understood_is_not_pressed() throws Exception {
        String html =
                "<form method=POST action=pforward.cgi><table><tr><td>Service Name</td><td>Server IP Address</td></tr><tr><td><select name=svc><option>FTP</select></td>"
                        + "<td><input name=SVCIP1 size=3 maxlength=3 value=192>.<input name=SVCIP2 size=3>.<input name=SVCIP3 size=3>.<input name=SVCIP4 size=3></td><td><input type=submit name=Add value=Add></td></tr></table>"
                        + "<table><tr><td></td><td>#</td><td>Service Name</td><td>Start Port</td><td>End Port</td><td>Server IP Address</td></tr>"
                        + "<tr><td><input type=radio name=sel value=0></td><td>1</td><td>HTTP</td><td>80</td><td>80</td><td>192.168.1.5</td></tr></table>"
                        + "<input type=button value='Add Custom Service' onclick=\"location.href='FW_add.htm'\"></form>";
        assertThat(Read.sent(new TableEditor(Read.table(html)).openEntryPage().orElseThrow()))
                .isEqualTo("GET /adv/FW_add.htm");
        String without = html.replaceAll("<input type=button.*?>", "");
        assertThat(new TableEditor(Read.table(without)).openEntryPage()).isEmpty();
    }
}
