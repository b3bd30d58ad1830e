package dev.porthole.testing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The traps of the simulated router, as a client without our driver meets them. */
class SimulatedMilesightTest {
    private static final String CORE = "yruo_firewall_port_mapping";
    private static final String RULE =
            "\"source_ip\":\"0.0.0.0/0\",\"source_port\":8888,\"dest_ip\":\"192.168.69.110\","
                    + "\"dest_port\":80,\"protocol\":\"TCP\",\"description\":\"x\"";

    private SimulatedMilesight router;
    private String authorization = "";

    @AfterEach
    void stop() {
        router.close();
    }

    private Raw.SoapReply post(String path, String body) throws IOException {
        String shown = authorization.isEmpty() ? "" : "Authorization: " + authorization + "\r\n";
        return Raw.parsed(Raw.exchange(
                new InetSocketAddress("127.0.0.1", router.uri().getPort()),
                "POST " + path + " HTTP/1.0\r\n" + shown + "Content-Length: " + body.length() + "\r\n\r\n" + body));
    }

    private Map<String, Object> cgi(String core, String function, String values) throws Exception {
        return JSON.std.mapFrom(post(
                        "/cgi",
                        "{\"id\":\"1\",\"execute\":1,\"core\":\"" + core + "\",\"function\":\"" + function
                                + "\",\"values\":[" + values + "]}")
                .body());
    }

    private Map<String, Object> login(String password) throws Exception {
        Cipher cipher = Cipher.getInstance("AES/CBC/PKCS5Padding");
        cipher.init(
                Cipher.ENCRYPT_MODE,
                new SecretKeySpec("1111111111111111".getBytes(StandardCharsets.US_ASCII), "AES"),
                new IvParameterSpec("2222222222222222".getBytes(StandardCharsets.US_ASCII)));
        String hidden = Base64.getEncoder().encodeToString(cipher.doFinal(password.getBytes(StandardCharsets.UTF_8)));
        return cgi("user", "login", "{\"username\":\"admin\",\"password\":\"" + hidden + "\"}");
    }

    private void start() throws Exception {
        router = SimulatedMilesight.options(MilesightFlavour.UG65)
                .pace(Duration.ZERO)
                .start();
        String td = login("password").toString().replaceAll(".*td=([^},]*).*", "$1");
        authorization = "Bearer login=admin;" + td;
    }

    private void add(String index, String rule) throws Exception {
        assertThat(cgi(CORE, "add", "{\"base\":\"" + CORE + "\",\"index\":" + index + ",\"value\":{" + rule + "}}"))
                .containsEntry("status", 0);
    }

    @Test
    void only_a_text_index_and_a_null_one_inside_store_a_rule_and_all_answer_yes() throws Exception {
        start();
        String right = "\"" + CORE + "abcd1234\"";
        add("1", RULE + ",\"index\":null");
        add(right, RULE + ",\"index\":1");
        add(right, RULE);
        add(right, RULE.replace("dest_ip", "target_ip") + ",\"index\":null");
        add("\"" + CORE + "\"", RULE + ",\"index\":null");
        assertThat(router.rules()).isEmpty();
        add(right, RULE + ",\"index\":null");
        assertThat(router.rules()).hasSize(1);
        add(right, RULE.replace("8888", "443") + ",\"index\":null");
        assertThat(router.rules()).hasSize(1);
    }

    @Test
    void what_is_not_committed_is_lost_at_a_reboot() throws Exception {
        start();
        add("\"" + CORE + "abcd1234\"", RULE + ",\"index\":null");
        router.reboot();
        assertThat(router.rules()).isEmpty();
        assertThat(cgi(CORE, "get", "{\"base\":\"" + CORE + "\"}").toString()).contains("-32001");
    }

    @Test
    void five_wrong_passwords_lock_everybody_out() throws Exception {
        start();
        for (int left = 4; left > 0; left--) {
            assertThat(login("wrong").toString()).contains("status=-2", "chance=" + left);
        }
        assertThat(login("wrong").toString()).contains("chance=0", "locktime=600");
        assertThat(login("password").toString()).contains("status=-2", "chance=0");
    }

    @Test
    void calls_that_come_too_fast_are_answered_503() throws Exception {
        router = SimulatedMilesight.start(MilesightFlavour.UG65);
        assertThat(post("/islogin", "").status()).isEqualTo(200);
        assertThat(post("/islogin", "").status()).isEqualTo(503);
    }

    @Test
    void each_firmware_deletes_by_its_own_function() throws Exception {
        start();
        router.addRule(1, "192.168.1.1", 1, "x");
        assertThat(cgi(CORE, "del", "{\"base\":\"" + CORE + "\",\"index\":0}")).containsEntry("status", -1);
        assertThat(cgi(CORE, "delete", "{\"base\":\"" + CORE + "\",\"index\":0}"))
                .containsEntry("status", 0);
        assertThat(router.rules()).isEmpty();
        assertThat(router.rulesInEffect()).hasSize(1);
    }
}
