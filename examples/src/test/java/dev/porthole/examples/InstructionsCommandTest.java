package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.CameraLook;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.SimulatedHome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(120)
class InstructionsCommandTest {
    private static final String[] MILESIGHT = {
        "instructions",
        "--camera",
        "192.168.69.110",
        "--name",
        "front-door",
        "--brand",
        "milesight",
        "--external",
        "http=8888,rtsp=8889",
        "--router-brand",
        "milesight"
    };

    @TempDir
    Path directory;

    private static CommandLineRun run(String... more) {
        String[] all = Arrays.copyOf(MILESIGHT, MILESIGHT.length + more.length);
        System.arraycopy(more, 0, all, MILESIGHT.length, more.length);
        return CommandLineRun.of(all);
    }

    @Test
    void the_steps_of_the_vendors_guide_come_with_this_cameras_values_and_the_command_that_tries_them() {
        CommandLineRun run = run().exits(ExitStatus.DONE);
        assertThat(run.out())
                .contains("Network > Firewall > Port Mapping", "Source Port       8888", "Destination Port  554")
                .contains("porthole verify --http http://ROUTERS-EXTERNAL-ADDRESS:8888/")
                .contains("--rtsp rtsp://ROUTERS-EXTERNAL-ADDRESS:8889/main");
        assertThat(run.err()).isEmpty();
    }

    @Test
    void markdown_and_the_external_address() {
        CommandLineRun run =
                run("--markdown", "--external-address", "203.0.113.7").exits(ExitStatus.DONE);
        assertThat(run.out())
                .startsWith("# ")
                .contains("| Source Port | 8888 |", "porthole verify --http http://203.0.113.7:8888/");
    }

    @Test
    void the_document_holds_rules_steps_and_markdown() {
        CommandLineRun run = run("--json").exits(ExitStatus.DONE);
        assertThat(run.list("rules")).hasSize(2);
        assertThat(run.list("rules").get(1))
                .containsEntry("externalPort", 8889)
                .containsEntry("internalPort", 554)
                .containsEntry("internalAddress", "192.168.69.110");
        assertThat(run.object("router")).containsEntry("brand", "milesight").containsEntry("fromVendor", true);
        assertThat(run.json().get("plannedByRouter")).isEqualTo(false);
        assertThat(run.out()).contains("\"name\":\"Destination IP\",\"value\":\"192.168.69.110\"");
        assertThat(run.list("findings")).isEmpty();
    }

    @Test
    void offline_the_ports_are_chosen_and_said_to_be_unasked() {
        CommandLineRun run = CommandLineRun.of("instructions", "--camera", "192.168.69.110", "--offline")
                .exits(ExitStatus.DONE);
        assertThat(run.out())
                .containsIgnoringWhitespaces("was not asked whether these external ports are free")
                .contains("Service name");
    }

    @Test
    void ports_that_collide_are_refused_with_their_cause() {
        CommandLineRun run = CommandLineRun.of(
                "instructions",
                "--camera",
                "192.168.69.110",
                "--offline",
                "--external",
                "http=8888,rtsp=8888",
                "--json");
        assertThat(run.exit()).isIn(ExitStatus.NOT_PUBLISHED.number(), ExitStatus.USAGE.number());
        assertThat(run.codes()).isNotEmpty();
    }

    @Test
    void the_brand_is_found_on_the_routers_pages() throws IOException {
        try (RouterPages pages = new RouterPages("<title>pfSense - Login</title>")) {
            CommandLineRun run = CommandLineRun.of(
                            "instructions",
                            "--camera",
                            "192.168.69.110",
                            "--providers",
                            "upnp",
                            "--gateway",
                            "127.0.0.1:1",
                            "--timeout",
                            "5",
                            "--router",
                            pages.url())
                    .exits(ExitStatus.DONE);
            assertThat(run.out()).contains("on pfSense", "Redirect target IP", pages.url());
        }
    }

    @Test
    void a_gateway_that_lists_is_planned_against() throws IOException {
        try (SimulatedHome home = home()) {
            CommandLineRun run = CommandLineRun.in(
                            home, "instructions", "--camera", "192.168.69.110", "--router-brand", "openwrt", "--json")
                    .exits(ExitStatus.DONE);
            assertThat(run.json().get("plannedByRouter")).isEqualTo(true);
            assertThat(run.json().get("externalAddress")).isNotNull();
            assertThat(home.gateway().mappings()).isEmpty();
        }
    }

    private static SimulatedHome home() throws IOException {
        return SimulatedHome.options()
                .camera("front-door", FakeCamera.options().look(CameraLook.MILESIGHT))
                .start();
    }

    @Test
    void once_the_person_is_done_the_services_are_tried() throws IOException {
        try (SimulatedHome home = home()) {
            List<Map<String, Object>> endpoints = CommandLineRun.in(
                            home, "publish", "--camera", "192.168.69.110", "--brand", "milesight", "--json")
                    .list("endpoints");
            String ports = "http=" + endpoints.get(0).get("externalPort") + ",rtsp="
                    + endpoints.get(1).get("externalPort");
            String address = String.valueOf(endpoints.get(0).get("uri")).replaceAll("http://([0-9.]+):.*", "$1");
            CommandLineRun run = CommandLineRun.withInput(
                    "\n",
                    home,
                    "instructions",
                    "--camera",
                    "192.168.69.110",
                    "--brand",
                    "milesight",
                    "--router-brand",
                    "table",
                    "--external",
                    ports,
                    "--external-address",
                    address,
                    "--then-verify",
                    "--json");
            run.exits(ExitStatus.DONE);
            assertThat(run.list("endpoints")).hasSize(2);
            assertThat(run.err()).contains("press Enter", "Service name");
        }
    }

    @Test
    void what_is_not_reached_is_told_apart_from_a_camera_that_is_down() throws IOException {
        try (SimulatedHome home = home()) {
            CommandLineRun run = CommandLineRun.withInput(
                    "\n",
                    home,
                    "instructions",
                    "--camera",
                    "192.168.69.110",
                    "--no-rtsp",
                    "--router-brand",
                    "table",
                    "--external",
                    "http=8888",
                    "--external-address",
                    "203.0.113.7",
                    "--then-verify",
                    "--json");
            run.exits(ExitStatus.NOT_REACHABLE);
            assertThat(run.codes()).first().isEqualTo("NOT_MAPPED");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--router-brand=nonesuch",
                "--guides=/nonexistent",
                "--router=http://admin:canary-33f@192.168.1.1/",
                "--router=a b",
                "--wait=5",
                "--external-address=nonsense!",
                "--then-verify"
            })
    void what_cannot_be_used_is_a_usage_error_that_names_it(String option) {
        CommandLineRun run = CommandLineRun.of("instructions", "--camera", "192.168.69.110", "--offline", option)
                .exits(ExitStatus.USAGE);
        assertThat(run.err()).contains(option.equals("--then-verify") ? "--external-address" : option.split("=")[0]);
        assertThat(run.out() + run.err()).doesNotContain("canary");
    }

    @Test
    void guides_of_ones_own_are_used() throws IOException {
        Files.writeString(
                directory.resolve("mybox.txt"),
                "name: My Box\nfirmware: 1\nstatus: vendor\nrule: Do it for {camera}\n    = Port: {external}\n");
        CommandLineRun run = CommandLineRun.of(
                        "instructions",
                        "--camera",
                        "192.168.69.110",
                        "--offline",
                        "--guides",
                        directory.toString(),
                        "--router-brand",
                        "mybox")
                .exits(ExitStatus.DONE);
        assertThat(run.out()).contains("on My Box");
    }

    @Test
    void publishing_that_comes_to_nothing_ends_with_the_steps() {
        CommandLineRun run = CommandLineRun.of(
                        "publish",
                        "--camera",
                        "192.168.69.110",
                        "--name",
                        "front door",
                        "--routed-lan",
                        "--providers",
                        "manual",
                        "--no-verify",
                        "--json")
                .exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.codes()).containsExactly("NOT_MAPPED");
        assertThat(String.valueOf(run.list("findings").get(0).get("remedy")))
                .contains("porthole instructions --camera 192.168.69.110 --name 'front door' --router-brand table");
        assertThat(String.valueOf(run.json().get("instructions")))
                .contains("# Port forwarding by hand", "192.168.69.110");
        assertThat(run.list("endpoints")).isEmpty();
    }

    @Test
    void a_router_in_secure_mode_is_left_to_a_person() throws IOException {
        try (SimulatedHome home = SimulatedHome.options()
                .camera("front-door", FakeCamera.options().look(CameraLook.MILESIGHT))
                .start()) {
            home.gateway().add(Quirk.SECURE_MODE);
            CommandLineRun run =
                    CommandLineRun.in(home, "publish", "--camera", "192.168.69.110", "--providers", "upnp,manual");
            run.exits(ExitStatus.NOT_PUBLISHED);
            assertThat(run.out()).contains("SECURE_MODE", "Port forwarding by hand", "192.168.69.110");
        }
    }

    @Test
    void a_port_that_is_taken_is_not_left_to_a_person() throws IOException {
        try (SimulatedHome home = home()) {
            CommandLineRun.in(home, "publish", "--camera", "192.168.69.110", "--external", "http=8888", "--no-rtsp");
            CommandLineRun run = CommandLineRun.in(
                    home, "publish", "--camera", "192.168.69.111", "--external", "http=8888", "--no-rtsp", "--json");
            run.exits(ExitStatus.NOT_PUBLISHED);
            assertThat(run.json()).doesNotContainKey("instructions");
        }
    }
}
