package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.fakes.FakeTplink;
import dev.porthole.routers.internal.RouterTransport;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.simple.SimpleLogger;
import org.slf4j.spi.LocationAwareLogger;

class TplinkUserRpmTest extends FormRouterTest<FakeTplink> {
    @Override
    FakeTplink start() throws Exception {
        FakeTplink many = new FakeTplink(FakeTplink.Stride.SEVEN);
        for (int i = 0; i < 17; i++) {
            many.add(3000 + 10 * i, 3004 + 10 * i, 3000 + 10 * i, "192.168.1.40", 1);
        }
        return many;
    }

    @Test
    void all_pages_are_read() throws InterruptedException {
        assertThat(mappings()).hasSize(2 + 2 * 17).anyMatch(m -> m.external().contains(3164));
    }

    @Test
    void a_rule_on_the_third_page_is_found_and_removed_and_no_other() throws InterruptedException {
        List<String> others = router.foreign();
        PortMapping made = mapped(request(554, 8554));
        assertThat(router.ours())
                .containsExactly("Rule[first=8554, last=8554, inner=554, host=192.168.1.77, protocol=2, state=1]");
        router.add(9000, 9000, 9000, "192.168.1.41", 2);
        release(made);
        assertThat(router.ours()).isEmpty();
        assertThat(router.foreign()).startsWith(others.toArray(String[]::new)).hasSize(others.size() + 1);
    }

    @Test
    void udp_is_told_apart() throws InterruptedException {
        mapped(request(554, 8554).protocol(TransportProtocol.UDP));
        assertThat(router.ours()).singleElement().asString().contains("protocol=3");
    }

    @Test
    void ports_of_ranges_for_all_transports_are_taken() throws InterruptedException {
        assertThat(refused(request(554, 3002)).reason()).isEqualTo(Refusal.CONFLICT);
        assertThat(refused(request(554, 3002).protocol(TransportProtocol.UDP)).reason())
                .isEqualTo(Refusal.CONFLICT);
    }

    @Test
    void the_token_in_its_paths_is_neither_logged_nor_told() throws Exception {
        Field level = SimpleLogger.class.getDeclaredField("currentLogLevel");
        level.setAccessible(true);
        Logger wire = LoggerFactory.getLogger(RouterTransport.class);
        int before = level.getInt(wire);
        PrintStream err = System.err;
        ByteArrayOutputStream log = new ByteArrayOutputStream();
        try {
            level.setInt(wire, LocationAwareLogger.DEBUG_INT);
            System.setErr(new PrintStream(log, true, StandardCharsets.UTF_8));
            mappings();
            router.trouble(1, RouterUnderTest.Trouble.LOST_REPLY);
            assertThat(failure().getMessage()).doesNotContain(router.tokens());
            router.breakList();
            assertThat(failure().getMessage()).doesNotContain(router.tokens());
        } finally {
            System.setErr(err);
            level.setInt(wire, before);
        }
        assertThat(log.toString(StandardCharsets.UTF_8))
                .contains("GET /.../userRpm/VirtualServerRpm.htm -> 200")
                .doesNotContain(router.tokens());
    }

    @Test
    void another_administrator_is_no_wrong_password() throws InterruptedException {
        router.anotherIsIn(true);
        NatTraversalException busy = failure();
        assertThat(busy.code()).isNotIn(FindingCode.LOGIN_REFUSED, FindingCode.LOGIN_LOCKED);
        assertThat(busy).hasMessageContaining("logged in");
        router.anotherIsIn(false);
        assertThat(mappings()).isNotEmpty();
    }
}
