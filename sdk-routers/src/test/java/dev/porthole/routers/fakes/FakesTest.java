package dev.porthole.routers.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The simulated routers have the traps of the real ones. */
class FakesTest {
    private static final String BASIC = "Basic "
            + Base64.getEncoder()
                    .encodeToString((FakeRouter.USER + ":" + FakeRouter.PASSWORD).getBytes(StandardCharsets.UTF_8));
    private static final Map<String, Object> ACCOUNT =
            Map.of("username", FakeRouter.USER, "password", FakeRouter.PASSWORD);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Map<String, String> headers = new HashMap<>();

    private HttpResponse<String> send(FakeRouter router, String method, String path, Object body)
            throws IOException, InterruptedException {
        String text =
                body instanceof String given ? given : Answer.json(0, body).body();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(router.uri() + path))
                .method(method, text.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(text));
        headers.forEach(request::header);
        return http.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }

    @Test
    void routeros_answers_text_and_deletes_once() throws Exception {
        try (MikroTik router = new MikroTik()) {
            assertThat(send(router, "GET", "/rest/ip/firewall/nat", "").statusCode())
                    .isEqualTo(401);
            headers.put("Authorization", BASIC);
            Map<String, Object> row = Map.of("chain", "dstnat", "action", "dst-nat", "dst-port", 81, "protocol", "tcp");
            assertThat(send(router, "PUT", "/rest/ip/firewall/nat", row).body())
                    .contains("\"dst-port\":\"81\"", "\".id\":\"*11\"");
            assertThat(send(router, "DELETE", "/rest/ip/firewall/nat/*11", "").statusCode())
                    .isEqualTo(204);
            assertThat(send(router, "DELETE", "/rest/ip/firewall/nat/*11", "").statusCode())
                    .isEqualTo(404);
            assertThat(send(router, "DELETE", "/rest/ip/firewall/nat/*7", "").statusCode())
                    .isEqualTo(400);
        }
    }

    @Test
    void opnsense_drops_flat_names_and_works_after_apply_only() throws Exception {
        try (OpnSense router = new OpnSense()) {
            headers.put("Authorization", BASIC);
            Map<String, Object> flat = Map.of("interface", "wan", "descr", "flat", "destination.port", "81");
            assertThat(send(router, "POST", "/api/firewall/d_nat/add_rule", Map.of("rule", flat))
                            .body())
                    .contains("saved");
            assertThat(router.held().get(4)).containsEntry("destination.port", "");
            Map<String, Object> nested =
                    Map.of("interface", "wan", "descr", "nested", "pass", "pass", "destination", Map.of("port", "82"));
            send(router, "POST", "/api/firewall/d_nat/add_rule", Map.of("rule", nested));
            assertThat(router.held().get(5)).containsEntry("destination.port", "82");
            assertThat(router.working()).doesNotContain("nested");
            send(router, "POST", "/api/firewall/d_nat/apply", Map.of());
            assertThat(router.working()).contains("nested").doesNotContain("flat");
            Map<String, Object> wrong = Map.of("interface", "wan", "destination", Map.of("port", "99999"));
            HttpResponse<String> refused = send(router, "POST", "/api/firewall/d_nat/add_rule", Map.of("rule", wrong));
            assertThat(refused.statusCode()).isEqualTo(200);
            assertThat(refused.body()).contains("\"result\":\"failed\"", "rule.destination.port");
        }
    }

    @Test
    void unifi_changes_its_token_with_each_write() throws Exception {
        try (UniFi router = new UniFi()) {
            String table = "/proxy/network/api/s/default/rest/portforward";
            assertThat(send(router, "GET", table, "").statusCode()).isEqualTo(401);
            HttpResponse<String> in = send(router, "POST", "/api/auth/login", ACCOUNT);
            headers.put(
                    "Cookie",
                    in.headers().firstValue("Set-Cookie").orElseThrow().split(";", 2)[0]);
            assertThat(send(router, "DELETE", table + "/1", "").statusCode()).isEqualTo(401);
            headers.put("X-CSRF-Token", in.headers().firstValue("X-CSRF-Token").orElseThrow());
            HttpResponse<String> first = send(router, "DELETE", table + "/1", "");
            assertThat(first.statusCode()).isEqualTo(400);
            assertThat(send(router, "DELETE", table + "/1", "").statusCode()).isEqualTo(401);
            headers.put(
                    "X-CSRF-Token",
                    first.headers().firstValue("X-Updated-CSRF-Token").orElseThrow());
            assertThat(send(router, "DELETE", table + "/1", "").body()).contains("api.err.IdInvalid");
        }
    }

    @Test
    void rutos_refuses_to_apply_and_a_name_twice() throws Exception {
        try (Teltonika router = new Teltonika()) {
            String table = "/api/firewall/port_forwards/config";
            String in = send(router, "POST", "/api/login", ACCOUNT).body();
            headers.put("Authorization", "Bearer " + in.replaceAll(".*\"token\":\"(\\w+)\".*", "$1"));
            Map<String, Object> rule =
                    Map.of("name", "a", "proto", List.of("tcp"), "src_dport", "81", "dest_ip", "192.168.1.9");
            assertThat(send(router, "POST", table, Map.of("data", rule)).statusCode())
                    .isEqualTo(201);
            assertThat(send(router, "POST", table, Map.of("data", rule)).body()).contains("already exists");
            assertThat(send(router, "POST", "/api/firewall/port_forwards/changes", Map.of())
                            .statusCode())
                    .isEqualTo(501);
        }
    }

    @Test
    void jnap_says_no_with_status_200_and_compares_with_ranges() throws Exception {
        try (LinksysJnap router = new LinksysJnap()) {
            headers.put("X-JNAP-Action", "http://linksys.com/jnap/firewall/SetSinglePortForwardingRules");
            HttpResponse<String> refused = send(router, "POST", "/JNAP/", Map.of());
            assertThat(refused.statusCode()).isEqualTo(200);
            assertThat(refused.body()).contains("_ErrorUnauthorized");
            headers.put("X-JNAP-Authorization", BASIC);
            Map<String, Object> rule = Map.of(
                    "isEnabled",
                    true,
                    "externalPort",
                    7005,
                    "internalPort",
                    80,
                    "protocol",
                    "TCP",
                    "internalServerIPAddress",
                    "192.168.1.9",
                    "description",
                    "in a range");
            assertThat(send(router, "POST", "/JNAP/", Map.of("rules", List.of(rule)))
                            .body())
                    .contains("ErrorRulesOverlap");
            assertThat(router.held()).hasSize(3);
        }
    }

    @Test
    void fritzos_shows_itself_and_asks_for_an_account() throws Exception {
        try (FritzBox router = new FritzBox(FritzBox.Line.PPP, FritzBox.Rights.ITSELF)) {
            assertThat(send(router, "GET", "/tr64desc.xml", "").body()).contains("FRITZ!Box 7590", "dslforum");
            assertThat(send(router, "POST", "/upnp/control/wanpppconn1", "x")
                            .headers()
                            .firstValue("WWW-Authenticate")
                            .orElseThrow())
                    .contains("realm=\"HTTPS Access\",nonce=");
        }
    }

    @Test
    void hilink_wants_a_session_for_reading_and_spends_a_token() throws Exception {
        try (HuaweiHiLink router = new HuaweiHiLink()) {
            assertThat(send(router, "GET", "/api/security/virtual-servers", "").body())
                    .contains("<code>100003</code>");
            String token = (String) Xml.leaves(
                            send(router, "GET", "/api/webserver/SesTokInfo", "").body())
                    .get("TokInfo");
            headers.put("__RequestVerificationToken", token);
            String asked = "<request><username>admin</username><firstnonce>ab</firstnonce><mode>1</mode></request>";
            assertThat(send(router, "POST", "/api/user/challenge_login", asked).body())
                    .contains("<iterations>100</iterations>");
            assertThat(send(router, "POST", "/api/user/challenge_login", asked).body())
                    .contains("<code>125003</code>");
        }
    }
}
