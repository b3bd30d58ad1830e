package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.porthole.relay.Relay;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.testing.TableEntry;
import dev.porthole.upnp.UpnpGatewayFinder;
import dev.porthole.verify.CameraVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code publish --relay} in a home whose router maps for the asking host only. */
@Timeout(120)
class RelayCommandTest {
    @TempDir
    Path folder;

    private SimulatedHome home;

    @BeforeEach
    void startHome() throws Exception {
        home = SimulatedHome.start();
        home.gateway().add(Quirk.SECURE_MODE);
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    /** A command line that stays, until it is interrupted. */
    private final class Staying {
        private final CountDownLatch answered = new CountDownLatch(1);
        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private final ByteArrayOutputStream err = new ByteArrayOutputStream();
        private final FutureTask<Integer> run;
        private final Thread thread;

        Staying(String... more) {
            List<String> args =
                    new ArrayList<>(List.of("publish", "--camera", "192.168.69.110", "--json", "--gateway"));
            args.add("127.0.0.1:" + home.gateway().ssdpAddress().getPort());
            args.addAll(List.of(more));
            PrintStream said = new PrintStream(out, true, StandardCharsets.UTF_8) {
                @Override
                public void println(String line) {
                    super.println(line);
                    answered.countDown();
                }
            };
            Session session = new Session(
                    new ByteArrayInputStream(new byte[0]),
                    said,
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    false,
                    () -> List.of(UpnpGatewayFinder.builder()
                            .window(Duration.ofSeconds(1))
                            .build()),
                    () -> Relay.builder().route(home.route()),
                    builder -> builder.verifier(CameraVerifier.builder()
                            .route(home.route())
                            .mediaTime(Duration.ofMillis(200))
                            .build()),
                    porthole -> Optional.empty());
            run = new FutureTask<>(() -> PortholeCommand.run(session, args.toArray(String[]::new)));
            thread = new Thread(run, "publish");
            thread.start();
        }

        Map<String, Object> answer() throws Exception {
            answered.await();
            return JSON.std.mapFrom(out.toString(StandardCharsets.UTF_8));
        }

        ExitStatus stop() throws Exception {
            thread.interrupt();
            int number = run.get();
            assertThat(out.toString(StandardCharsets.UTF_8).strip().lines()).hasSize(1);
            return java.util.Arrays.stream(ExitStatus.values())
                    .filter(status -> status.number() == number)
                    .findFirst()
                    .orElseThrow();
        }
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> endpoints(Map<String, Object> answer) {
        return (List<Map<String, Object>>) answer.get("endpoints");
    }

    @Test
    void the_camera_is_seen_from_outside_through_this_host_and_what_led_here_is_released_in_the_end() throws Exception {
        Staying publish = new Staying("--relay");
        Map<String, Object> answer = publish.answer();
        assertThat(endpoints(answer)).hasSize(2).allSatisfy(endpoint -> {
            assertThat(endpoint).containsEntry("via", "relay").containsEntry("internalAddress", "192.168.69.110");
            assertThat(endpoint.get("relay")).asString().contains("127.0.0.1");
            assertThat(endpoint.get("verdict")).asString().contains("REACHABLE");
        });
        assertThat(endpoints(answer)).extracting(e -> e.get("internalPort")).containsExactly(80, 554);
        assertThat(answer.get("findings")).asString().contains("RELAYED", "SECURE_MODE");
        assertThat(home.gateway().mappings())
                .extracting(TableEntry::internalClient)
                .containsOnly("127.0.0.1");
        assertThat(publish.stop()).isEqualTo(ExitStatus.DONE);
        assertThat(home.gateway().mappings()).isEmpty();
        assertThat(publish.err.toString(StandardCharsets.UTF_8)).contains("relaying through this host", "stopping");
    }

    @Test
    void the_relay_can_be_named_among_the_providers() throws Exception {
        Staying publish = new Staying("--providers", "upnp,relay", "--no-verify");
        assertThat(endpoints(publish.answer())).extracting(e -> e.get("via")).containsOnly("relay");
        assertThat(publish.stop()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void doctor_list_and_release_know_the_relay_while_it_runs() throws Exception {
        Staying publish = new Staying("--relay", "--no-verify");
        publish.answer();
        CommandLineRun doctor =
                CommandLineRun.in(home, "doctor", "--camera", "192.168.69.110").exits(ExitStatus.DONE);
        assertThat(doctor.out()).contains("relay (here)", "asks for login").doesNotContain("STALE", "WRONG");
        assertThat(CommandLineRun.in(home, "list").out()).contains("(this host)");
        assertThat(CommandLineRun.in(home, "release", "--camera", "192.168.69.110", "--json")
                        .exits(ExitStatus.DONE)
                        .list("released"))
                .hasSize(2);
        assertThat(publish.stop()).isEqualTo(ExitStatus.DONE);
    }

    @Test
    void doctor_says_that_the_relay_does_not_run() throws Exception {
        Path ledger = folder.resolve("ledger");
        Staying publish = new Staying("--relay", "--no-verify", "--ledger", ledger.toString());
        publish.answer();
        List<TableEntry> led = home.gateway().mappings();
        publish.stop();
        led.forEach(home.gateway()::addForeign);
        CommandLineRun doctor = CommandLineRun.in(home, "doctor", "--camera", "192.168.69.110", "--json");
        assertThat(doctor.codes()).startsWith("RELAY_DOWN");
        assertThat(doctor.list("services")).extracting(s -> s.get("brokenAt")).containsOnly("RELAY");
    }

    @Test
    void a_router_that_maps_for_cameras_needs_no_relay_and_the_command_does_not_stay() {
        home.gateway().remove(Quirk.SECURE_MODE);
        CommandLineRun run = CommandLineRun.in(home, "publish", "--camera", "192.168.69.110", "--relay", "--json");
        assertThat(run.exits(ExitStatus.DONE).list("endpoints"))
                .extracting(e -> e.get("via"))
                .containsOnly("direct");
    }

    @Test
    void the_relay_alone_is_no_way() {
        CommandLineRun run =
                CommandLineRun.in(home, "publish", "--camera", "192.168.69.110", "--providers", "relay", "--json");
        assertThat(run.exits(ExitStatus.USAGE).codes()).containsExactly("INVALID_INPUT");
    }
}
