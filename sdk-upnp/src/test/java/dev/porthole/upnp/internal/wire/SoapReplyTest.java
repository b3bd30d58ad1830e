package dev.porthole.upnp.internal.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.TransportProtocol;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class SoapReplyTest {
    private static final SafeXml XML = new SafeXml();
    private static final String OPEN =
            "<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\""
                    + " s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body>";
    private static final String CLOSE = "</s:Body></s:Envelope>";
    private static final String FAULT = OPEN
            + "<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail><UPnPError"
            + " xmlns=\"urn:schemas-upnp-org:control-1-0\"><errorCode>718</errorCode><errorDescription>Conflict"
            + "</errorDescription></UPnPError></detail></s:Fault>" + CLOSE;

    private static SoapReply read(String text) {
        return SoapReply.read(XML, text.getBytes(UTF_8));
    }

    private static SoapReply response(String action, String values) {
        return read(
                OPEN + "<u:" + action + "Response xmlns:u=\"urn:x\">" + values + "</u:" + action + "Response>" + CLOSE);
    }

    @Test
    void anAnswerAndItsValues() throws Exception {
        SoapReply reply =
                response("GetExternalIPAddress", "<NewExternalIPAddress>\n 203.0.113.7 </NewExternalIPAddress>");
        assertThat(reply.answers("GetExternalIPAddress")).isTrue();
        assertThat(reply.answers("AddPortMapping")).isFalse();
        assertThat(reply.value("NewExternalIPAddress")).isEqualTo("203.0.113.7");
        assertThat(reply.fault()).isEmpty();
    }

    @Test
    void ddWrtWithoutNamespaces() throws Exception {
        SoapReply reply = read("<s:Envelope><s:Body><u:AddPortMappingResponse/></s:Body></s:Envelope>");
        assertThat(reply.answers("AddPortMapping")).isTrue();
    }

    @Test
    void aFault() {
        SoapReply reply = read(FAULT);
        assertThat(reply.fault().orElseThrow().code()).hasValue(718);
        assertThat(reply.fault().orElseThrow().description()).isEqualTo("Conflict");
        assertThat(reply.answers("AddPortMapping")).isFalse();
    }

    @Test
    void faultsAsRoutersReallySendThem() {
        for (String text : List.of(
                // MikroTik: capitals.
                FAULT.replace("faultcode", "faultCode").replace("faultstring", "faultString"),
                // Other spellings of the code's own name.
                FAULT.replace("errorCode", "ErrorCode"),
                // DD-WRT: no namespaces at all.
                FAULT.replaceAll(" xmlns(:s)?=\"[^\"]*\"", "").replace("s:", ""),
                // Archer C8: ends in the middle.
                FAULT.substring(0, FAULT.indexOf("</errorCode>") + 8),
                // Garbled: tags that do not match.
                FAULT.replace("</errorDescription>", ""),
                // White space between all tags.
                FAULT.replace("><", ">\r\n  <"),
                // Bytes behind the end.
                FAULT + "\r\n\r\n\u0000")) {
            assertThat(read(text).fault().orElseThrow().code()).as(text).hasValue(718);
        }
    }

    @Test
    void undocumentedCodes() {
        assertThat(read(FAULT.replace("718", "-911")).fault().orElseThrow().code())
                .hasValue(-911);
        assertThat(read(FAULT.replace("718", " 718\n")).fault().orElseThrow().code())
                .hasValue(718);
    }

    @Test
    void codesThatAreNoNumbersOrContradictAreNone() {
        assertThat(read(FAULT.replace("718", "99999999999"))
                        .fault()
                        .orElseThrow()
                        .code())
                .isEmpty();
        assertThat(read(FAULT.replace("718", "conflict")).fault().orElseThrow().code())
                .isEmpty();
        assertThat(read(FAULT.replace("<errorCode>", "<errorCode>606</errorCode><errorCode>"))
                        .fault()
                        .orElseThrow()
                        .code())
                .isEmpty();
    }

    @Test
    void aFaultWithoutDetailIsStillOne() {
        SoapReply reply = read(OPEN
                + "<s:Fault><faultcode>s:Server</faultcode><faultstring>no\u0007pe</faultstring></s:Fault>" + CLOSE);
        assertThat(reply.fault().orElseThrow().code()).isEmpty();
        assertThat(reply.fault().orElseThrow().description()).isEqualTo("nope");
    }

    @Test
    void aLoginPageIsNeitherAnswerNorFault() {
        SoapReply reply = read("<html><head><script>if (errorCode > 5) {}</script></head><body>Login</body></html>");
        assertThat(reply.fault()).isEmpty();
        assertThat(reply.answers("AddPortMapping")).isFalse();
        assertThat(reply.problem().orElseThrow()).contains("web page");
    }

    @Test
    void twoDifferentValuesOfOneNameAreRefusedAndEqualOnesAreNot() throws Exception {
        SoapReply different =
                response("X", "<NewInternalPort>80</NewInternalPort><NewInternalPort>22</NewInternalPort>");
        assertThatThrownBy(() -> different.value("NewInternalPort")).isInstanceOf(MalformedDocumentException.class);
        SoapReply equal = response("X", "<NewInternalPort>80</NewInternalPort><NewInternalPort>80</NewInternalPort>");
        assertThat(equal.value("NewInternalPort")).isEqualTo("80");
        SoapReply empty = response("X", "<NewInternalPort>80</NewInternalPort><NewInternalPort/>");
        assertThatThrownBy(() -> empty.value("NewInternalPort")).isInstanceOf(MalformedDocumentException.class);
    }

    @Test
    void entitiesAreJoinedNotOverwritten() throws Exception {
        assertThat(response("X", "<A>a&amp;b&lt;c</A>").value("A")).isEqualTo("a&b<c");
    }

    @Test
    void entityBombsAreRefused() {
        SoapReply reply =
                read("<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY b \"bbbb\"><!ENTITY c \"&b;&b;\">]><a>&c;</a>");
        assertThat(reply.problem().orElseThrow()).contains("DOCTYPE");
        assertThat(reply.fault()).isEmpty();
    }

    @Test
    void anAnswerCutAtAnyByteIsTakenOnlyWhereItsOwnElementIsWhole() {
        String whole =
                OPEN + "<u:GetStatusInfoResponse xmlns:u=\"urn:x\"><NewConnectionStatus>Connected</NewConnectionStatus>"
                        + "<NewUptime>12345</NewUptime></u:GetStatusInfoResponse>" + CLOSE;
        int end = whole.indexOf("</u:GetStatusInfoResponse>") + "</u:GetStatusInfoResponse>".length();
        for (int cut = 0; cut <= whole.length(); cut++) {
            SoapReply reply = read(whole.substring(0, cut));
            assertThat(reply.answers("GetStatusInfo")).as("cut at %d", cut).isEqualTo(cut >= end);
            assertThat(reply.fault()).isEmpty();
        }
    }

    @Test
    void aFaultCutAtAnyByteIsNeverAnAnswer() {
        for (int cut = 0; cut <= FAULT.length(); cut++) {
            SoapReply reply = read(FAULT.substring(0, cut));
            assertThat(reply.answers("AddPortMapping")).isFalse();
            if (reply.fault().isPresent() && reply.fault().get().code().isPresent()) {
                assertThat(reply.fault().get().code().getAsInt()).isEqualTo(718);
            }
        }
    }

    @Test
    void entries() throws Exception {
        String values =
                "<NewRemoteHost></NewRemoteHost><NewExternalPort>8889</NewExternalPort><NewProtocol>tcp</NewProtocol>"
                        + "<NewInternalPort>554</NewInternalPort><NewInternalClient>192.168.1.20</NewInternalClient>"
                        + "<NewEnabled>1</NewEnabled><NewPortMappingDescription>porthole:cam:rtsp</NewPortMappingDescription>"
                        + "<NewLeaseDuration>3600</NewLeaseDuration>";
        List<PortMapping> read = EntryReader.listed(response("GetGenericPortMappingEntry", values));
        assertThat(read).hasSize(1);
        PortMapping mapping = read.get(0);
        assertThat(mapping.protocol()).isEqualTo(TransportProtocol.TCP);
        assertThat(mapping.externalPort()).isEqualTo(8889);
        assertThat(mapping.lease()).contains(Duration.ofHours(1));
        assertThat(mapping.ours()).isTrue();

        assertThat(listed(values, "<NewExternalPort>8889", "<NewExternalPort>0"))
                .as("placeholder")
                .isEmpty();
        assertThat(listed(values, "<NewExternalPort>8889", "<NewExternalPort>70000"))
                .isEmpty();
        assertThat(listed(values, "<NewExternalPort>8889", "<NewExternalPort>-1"))
                .isEmpty();
        assertThat(listed(values, "<NewExternalPort>8889", "<NewExternalPort>08889")
                        .get(0)
                        .externalPort())
                .isEqualTo(8889);
        assertThat(listed(values, ">tcp<", ">TCP/UDP<")).hasSize(2);
        assertThat(listed(values, ">tcp<", ">SCTP<")).isEmpty();
        assertThat(listed(values, ">1<", ">0<").get(0).enabled()).isFalse();
        assertThat(listed(values, "<NewEnabled>1</NewEnabled>", "").get(0).enabled())
                .isTrue();
        assertThat(listed(values, ">3600<", ">0<").get(0).lease()).isEmpty();
        assertThat(listed(values, ">3600<", ">99999999999<").get(0).lease()).isEmpty();
        assertThat(listed(values, "<NewRemoteHost>", "<NewRemoteHost>*").get(0).remoteHost())
                .isEmpty();
        assertThat(listed(values, ">554<", ">x<").get(0).internalPort()).isZero();
    }

    private static List<PortMapping> listed(String values, String before, String after) throws Exception {
        assertThat(values).contains(before);
        return EntryReader.listed(response("GetGenericPortMappingEntry", values.replace(before, after)));
    }
}
