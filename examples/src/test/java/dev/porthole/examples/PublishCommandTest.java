package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.CameraLook;
import dev.porthole.testing.CameraOptions;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.FakeGateway;
import dev.porthole.testing.Fault;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.testing.TableEntry;
import dev.porthole.testing.WanSpec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PublishCommandTest {
    private static final String CAMERA = "192.168.69.110";

    @TempDir
    Path directory;

    private SimulatedHome home;
    private String password;

    @BeforeEach
    void startHome() throws IOException {
        home = SimulatedHome.options()
                .camera("front-door", FakeCamera.options().look(CameraLook.MILESIGHT))
                .camera("yard", FakeCamera.options().look(CameraLook.AXIS))
                .start();
        password = passwordFile("password", CameraOptions.DEFAULT_PASSWORD + "\n");
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    private String passwordFile(String name, String content) throws IOException {
        return Files.writeString(directory.resolve(name), content).toString();
    }

    private CommandLineRun publish(String... more) {
        String[] args = new String[more.length + 3];
        args[0] = "publish";
        args[1] = "--camera";
        args[2] = CAMERA;
        System.arraycopy(more, 0, args, 3, more.length);
        return CommandLineRun.in(home, args);
    }

    @Test
    void a_camera_is_mapped_and_verified_and_the_document_says_so() {
        CommandLineRun run = publish(
                "--name",
                "front-door",
                "--brand",
                "milesight",
                "--user",
                CameraOptions.DEFAULT_USER,
                "--password-file",
                password,
                "--json");
        run.exits(ExitStatus.DONE);
        Map<String, Object> document = run.json();
        assertThat(document.keySet())
                .containsExactly(
                        "gateway", "externalAddress", "reflexiveAddress", "endpoints", "findings", "rungs", "timings");
        assertThat(run.object("gateway").keySet()).containsExactly("id", "protocol", "lanAddress", "model");
        assertThat(run.object("gateway")).containsEntry("protocol", "upnp").containsEntry("lanAddress", "127.0.0.1");
        assertThat(document).containsEntry("externalAddress", "203.0.113.7").containsEntry("reflexiveAddress", null);
        assertThat(run.object("timings").keySet()).containsExactly("discoverMs", "mapMs", "verifyMs");
        List<Map<String, Object>> endpoints = run.list("endpoints");
        assertThat(endpoints).extracting(e -> e.get("service")).containsExactly("http", "rtsp");
        Map<String, Object> rtsp = endpoints.get(1);
        assertThat(rtsp.keySet())
                .containsExactly(
                        "camera",
                        "service",
                        "uri",
                        "externalPort",
                        "internalAddress",
                        "internalPort",
                        "via",
                        "relay",
                        "protocol",
                        "leaseSeconds",
                        "verdict");
        assertThat(rtsp)
                .containsEntry("camera", "front-door")
                .containsEntry("uri", "rtsp://203.0.113.7:" + rtsp.get("externalPort") + "/main")
                .containsEntry("internalAddress", CAMERA)
                .containsEntry("internalPort", 554)
                .containsEntry("protocol", "TCP")
                .containsEntry("leaseSeconds", 86_400);
        for (Map<String, Object> endpoint : endpoints) {
            assertThat(endpoint.get("verdict"))
                    .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.map(String.class, Object.class))
                    .containsOnlyKeys("status", "stage", "vantage", "evidence", "timesMs")
                    .containsEntry("status", "REACHABLE");
        }
        assertThat(run.list("rungs").get(0))
                .containsOnlyKeys("protocol", "gateway", "outcome", "reason", "codes")
                .containsEntry("protocol", "upnp")
                .containsEntry("outcome", "MAPPED")
                .containsEntry("gateway", document.get("gateway"));
        assertThat(run.codes()).containsExactlyInAnyOrder("OPEN_TO_ANYONE", "CLEAR_TEXT");
        assertThat(run.list("findings").get(0).keySet()).containsExactly("code", "severity", "message", "remedy");
        assertThat(run.err()).contains("looking for gateways by upnp ...").doesNotContain("\u001b");
    }

    @Test
    void people_get_urls_on_lines_of_their_own_and_80_columns() {
        CommandLineRun run =
                publish("--name", "front-door", "--brand", "milesight").exits(ExitStatus.DONE);
        assertThat(run.out())
                .containsPattern("(?m)^  http://203\\.0\\.113\\.7:\\d+/$")
                .containsPattern("(?m)^  rtsp://203\\.0\\.113\\.7:\\d+/main$")
                .contains("Published and reachable.")
                .contains("What to do")
                .contains("AUTH_REQUIRED");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void the_same_camera_keeps_its_ports_and_nothing_is_mapped_twice() {
        List<Object> first = ports(publish("--name", "front-door", "--json"));
        assertThat(ports(publish("--name", "front-door", "--json"))).isEqualTo(first);
        assertThat(home.gateway().mappings()).hasSize(2);
    }

    private static List<Object> ports(CommandLineRun run) {
        return run.list("endpoints").stream().map(e -> e.get("externalPort")).toList();
    }

    @Test
    void a_ledger_keeps_the_port_that_was_once_taken_for_want_of_another() {
        String ledger = directory.resolve("ledger").toString();
        home.gateway()
                .addForeign(TableEntry.tcp(
                        (Integer) ports(publish("--json", "--no-verify")).get(1), "192.168.69.66", 1, "Skype"));
        CommandLineRun.in(home, "release", "--all-ours").exits(ExitStatus.DONE);
        List<Object> moved = ports(publish("--json", "--ledger", ledger));
        home.gateway().reboot();
        assertThat(ports(publish("--json", "--ledger", ledger))).isEqualTo(moved);
    }

    @Test
    void external_ports_can_be_given_one_by_one() {
        CommandLineRun run =
                publish("--external", "http=8888", "--external", "rtsp=8889", "--policy", "manual", "--json");
        assertThat(ports(run.exits(ExitStatus.DONE))).containsExactly(8888, 8889);
    }

    @Test
    void policies_choose_the_ports() {
        assertThat(ports(publish("--policy", "same", "--json", "--no-http"))).containsExactly(554);
        assertThat(ports(publish("--policy", "80xx", "--json", "--name", "yard")))
                .allMatch(port -> (Integer) port >= 8000 && (Integer) port <= 8099);
    }

    @Test
    void a_lease_can_be_given() {
        publish("--lease", "600", "--json").exits(ExitStatus.DONE);
        assertThat(home.gateway().mappings()).allMatch(m -> m.lease().toSeconds() <= 600);
    }

    @Test
    void without_verifying_mapped_is_done_and_there_is_no_verdict() {
        CommandLineRun run = publish("--no-verify", "--json").exits(ExitStatus.DONE);
        assertThat(run.list("endpoints")).allMatch(e -> e.get("verdict") == null);
        assertThat(home.camera("front-door").device().webConnections()).isZero();
    }

    @Test
    void a_password_may_come_from_standard_input() {
        CommandLineRun run = CommandLineRun.withInput(
                CameraOptions.DEFAULT_PASSWORD + "\r\nsomething else",
                home,
                "publish",
                "--camera",
                CAMERA,
                "--brand",
                "milesight",
                "--user",
                CameraOptions.DEFAULT_USER,
                "--password-file",
                "-",
                "--json");
        run.exits(ExitStatus.DONE);
        assertThat(run.codes()).doesNotContain("AUTH_REQUIRED", "AUTH_FAILED");
    }

    @Test
    void many_cameras_come_from_a_file() throws IOException {
        Path file = Files.writeString(directory.resolve("cameras.yaml"), """
                cameras:
                  - host: 192.168.69.110
                    name: front-door
                    brand: milesight
                    user: %s
                    password-file: password
                    external: {http: 8888, rtsp: 8889}
                  - {host: 192.168.69.111, name: yard, brand: axis, http: false}
                """.formatted(CameraOptions.DEFAULT_USER));
        CommandLineRun run = CommandLineRun.in(home, "publish", "--cameras", file.toString(), "--json");
        run.exits(ExitStatus.DONE);
        assertThat(run.list("endpoints"))
                .extracting(e -> e.get("camera"))
                .containsExactly("front-door", "front-door", "yard");
        assertThat(ports(run)).startsWith(8888, 8889);
    }

    @Test
    void a_refusal_is_a_document_with_its_cause_first_and_nothing_stays_mapped() {
        home.gateway().add(Quirk.SECURE_MODE);
        CommandLineRun run = publish("--json").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.codes().get(0)).isEqualTo("SECURE_MODE");
        assertThat(run.list("endpoints")).isEmpty();
        assertThat(home.gateway().mappings()).isEmpty();
        assertThat((String) run.list("findings").get(0).get("remedy")).isNotBlank();
    }

    @Test
    void people_are_told_why_and_what_to_do() {
        home.gateway().add(Quirk.SECURE_MODE);
        CommandLineRun run = publish("--name", "front-door").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.out())
                .contains("Not published.")
                .contains("SECURE_MODE (error)")
                .contains("    -> ");
    }

    @Test
    void an_external_port_in_foreign_hands_is_refused_with_alternatives() {
        home.gateway().addForeign(TableEntry.tcp(8889, "192.168.69.66", 3074, "Skype"));
        CommandLineRun run = publish("--external", "rtsp=8889", "--json").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.codes().get(0)).isEqualTo("PORT_CONFLICT");
        assertThat((String) run.list("findings").get(0).get("remedy")).contains("8890");
        assertThat(home.gateway().mappings()).hasSize(1);
    }

    @Test
    void a_router_behind_another_router_is_of_no_use() throws IOException {
        try (SimulatedHome inner = SimulatedHome.options()
                .gateway(FakeGateway.options().wan(WanSpec.ip(2).withExternalAddress("192.168.100.2")))
                .camera("front-door")
                .start()) {
            CommandLineRun run = CommandLineRun.in(inner, "publish", "--camera", CAMERA, "--json");
            run.exits(ExitStatus.NOT_PUBLISHED);
            assertThat(run.codes().get(0)).isEqualTo("DOUBLE_NAT");
        }
    }

    @Test
    void no_answer_at_all_is_not_published() {
        home.gateway().add(Quirk.SSDP_SILENT);
        CommandLineRun run = publish("--json", "--timeout", "1.5").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.codes()).hasSize(1).containsAnyOf("UPNP_OFF", "NO_GATEWAY");
        assertThat(run.json()).containsEntry("gateway", null);
    }

    @Test
    void a_provider_that_blocks_the_port_is_published_but_not_reachable() {
        home.blockPort(8889);
        CommandLineRun run = publish("--external", "rtsp=8889", "--no-http", "--json");
        run.exits(ExitStatus.NOT_REACHABLE);
        assertThat(run.list("endpoints")).hasSize(1);
        assertThat(run.list("findings").get(0)).containsEntry("severity", "ERROR");
    }

    @Test
    void a_router_that_fails_in_the_middle_leaves_nothing() {
        home.gateway().faults().onCall("AddPortMapping", 2, Fault.lostReplyReset());
        home.gateway().faults().onCall("AddAnyPortMapping", 2, Fault.lostReplyReset());
        CommandLineRun run = publish("--json", "--timeout", "5");
        assertThat(run.exit()).isIn(ExitStatus.DONE.number(), ExitStatus.NOT_PUBLISHED.number());
        assertThat(home.gateway().mappings()).hasSize(run.list("endpoints").size());
    }

    @Test
    void a_ledger_in_use_or_damaged_stops_the_work_before_it_begins() throws IOException {
        Path ledger = Files.writeString(directory.resolve("ledger"), "porthole-ledger 1\nnonsense\n");
        CommandLineRun run = publish("--json", "--ledger", ledger.toString()).exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.codes()).containsExactly("LEDGER_UNUSABLE");
        assertThat((String) run.list("findings").get(0).get("message")).contains("line 2");
        assertThat(home.gateway().requests()).isEmpty();
    }

    @Test
    void what_a_router_calls_itself_does_not_steer_the_terminal() throws IOException {
        try (SimulatedHome hostile = SimulatedHome.options()
                .gateway(FakeGateway.options().model("\u009b2JRouter\u202e\u0085"))
                .camera("front-door")
                .start()) {
            CommandLineRun run = CommandLineRun.in(hostile, "publish", "--camera", CAMERA);
            assertThat((run.out() + run.err()).codePoints())
                    .noneMatch(c -> c != '\n' && (Character.isISOControl(c) || c == 0x202e));
        }
    }

    @Test
    void every_name_of_the_document_is_there_also_where_nothing_came_of_it() {
        CommandLineRun run = CommandLineRun.of("publish", "--json").exits(ExitStatus.USAGE);
        assertThat(run.json().keySet())
                .isEqualTo(Set.copyOf(publish("--json").json().keySet()));
    }
}
