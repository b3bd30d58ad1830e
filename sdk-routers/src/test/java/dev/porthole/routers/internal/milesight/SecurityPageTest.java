package dev.porthole.routers.internal.milesight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SecurityPageTest {
    private static List<Integer> ports(Object value) {
        return SecurityPage.ports(List.of(Map.of("type", "x", "index", 1, "value", value))).stream()
                .map(port -> port.ports().first())
                .sorted()
                .toList();
    }

    @Test
    void ports_are_found_under_names_of_services() {
        assertThat(ports(Map.of("http_port", 80, "httpsPort", "8443", "ssh_port", 22, "telnet_enable", 1)))
                .containsExactly(22, 80, 8443);
    }

    @Test
    void ports_are_found_in_objects_and_in_rows_of_services() {
        assertThat(ports(Map.of("http", Map.of("port", 8080, "local", 1), "https", Map.of("port", 443))))
                .containsExactly(443, 8080);
        assertThat(ports(Map.of(
                        "access",
                        List.of(Map.of("service", "HTTP", "port", 80), Map.of("service", "SSH", "port", 2222)))))
                .containsExactly(80, 2222);
        assertThat(ports(Map.of("service", "TELNET", "port", 23))).containsExactly(23);
    }

    @Test
    void what_is_no_port_of_a_service_reserves_nothing() {
        assertThat(ports(Map.of("http_port", 0, "https_port", "open", "portal", 99, "icmp", 1)))
                .isEmpty();
        assertThat(ports("text")).isEmpty();
        assertThat(SecurityPage.ports(List.of("text", List.of()))).isEmpty();
    }

    @Test
    void names_without_end_cost_nothing() {
        Map<String, Object> inner = new HashMap<>();
        for (int i = 0; i < 100_000; i++) {
            inner.put("http_port" + i, i % 65_000 + 1);
        }
        assertThat(ports(Map.of("x".repeat(1_000_000), inner))).isEmpty();
        assertThat(ports(inner)).hasSizeLessThanOrEqualTo(500);
    }
}
