package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.routers.RouterIdentification;
import dev.porthole.routers.RouterIdentifier;
import dev.porthole.testing.CameraLook;
import dev.porthole.testing.CameraOptions;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.FakeGateway;
import dev.porthole.testing.Fault;
import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.testing.SimulatedMilesight;
import dev.porthole.testing.TableEntry;
import dev.porthole.testing.WanSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** discover, list, plan, verify and release. */
@Timeout(60)
class GatewayCommandsTest {
    private static final String CAMERA = "192.168.69.110";

    @TempDir
    Path directory;

    private SimulatedHome home;

    @BeforeEach
    void startHome() throws IOException {
        home = SimulatedHome.options()
                .camera("front-door", FakeCamera.options().look(CameraLook.MILESIGHT))
                .start();
        home.gateway().addForeign(TableEntry.tcp(3074, "192.168.69.66", 3074, "Skype"));
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    private CommandLineRun publish() {
        return CommandLineRun.in(home, "publish", "--camera", CAMERA, "--name", "front-door", "--json")
                .exits(ExitStatus.DONE);
    }

    // discover

    @Test
    void discover_shows_each_gateway_with_address_and_capabilities() {
        CommandLineRun run = CommandLineRun.in(home, "discover", "--json").exits(ExitStatus.DONE);
        assertThat(run.json().keySet()).containsExactly("gateways", "administration", "findings");
        Map<String, Object> gateway = run.list("gateways").get(0);
        assertThat(gateway)
                .containsEntry("protocol", "upnp")
                .containsEntry("externalAddress", "203.0.113.7")
                .containsEntry("externalAddressKind", "PUBLIC")
                .containsKeys("id", "lanAddress", "model", "capabilities", "administration");
        assertThat(CommandLineRun.in(home, "discover").out()).contains("203.0.113.7");
    }

    @Test
    void discover_finds_no_use_in_a_gateway_without_an_address_of_the_internet() throws IOException {
        try (SimulatedHome inner = SimulatedHome.options()
                .gateway(FakeGateway.options().wan(WanSpec.ip(2).withExternalAddress("100.64.1.2")))
                .start()) {
            CommandLineRun run = CommandLineRun.in(inner, "discover", "--json").exits(ExitStatus.NOT_PUBLISHED);
            assertThat(run.codes()).containsExactly("CGNAT");
            assertThat(run.list("gateways")).hasSize(1);
        }
    }

    @Test
    void discover_says_which_brand_a_routers_pages_are_of() throws IOException {
        try (RouterPages pages = new RouterPages("<title>RouterOS router configuration page</title>")) {
            CommandLineRun run = CommandLineRun.in(home, "discover", "--json", "--router", pages.url());
            assertThat(run.exits(ExitStatus.DONE).object("administration"))
                    .containsEntry("url", pages.url() + "/")
                    .containsEntry("brand", "mikrotik")
                    .containsEntry("certainty", "CERTAIN")
                    .containsEntry("model", "RouterOS router configuration page");
            assertThat(CommandLineRun.in(home, "discover", "--router", pages.url())
                            .out())
                    .contains("MikroTik", "certain", "GET / shows");
        }
    }

    @Test
    void where_no_protocol_answers_the_remedy_names_the_brand_and_the_next_command() throws Exception {
        Finding off = Finding.of(FindingCode.UPNP_OFF, "No protocol answered.", "Switch on UPnP.");
        try (RouterPages pages = new RouterPages("<title>pfSense - Login</title>")) {
            Finding told = Administration.told(off, identified(pages.url()));
            assertThat(told.message()).contains("No protocol answered.", "pfSense");
            assertThat(told.remedy())
                    .contains("Switch on UPnP.", "porthole instructions --camera CAMERA", "--router-brand pfsense");
        }
        try (SimulatedMilesight router = SimulatedMilesight.start(MilesightFlavour.UR_3_0_14)) {
            Finding told = Administration.told(off, identified(router.uri().toString()));
            assertThat(told.remedy())
                    .contains("porthole publish --camera CAMERA --router " + router.uri())
                    .contains("--router-brand milesight --router-user USER");
        }
    }

    private static RouterIdentification identified(String url) throws InterruptedException {
        return RouterIdentifier.builder(URI.create(url)).build().identify(Deadline.after(Duration.ofSeconds(20)));
    }

    @Test
    void discover_without_any_gateway_says_why() {
        home.gateway().add(Quirk.SSDP_SILENT);
        CommandLineRun run = CommandLineRun.in(home, "discover", "--json", "--timeout", "1");
        run.exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.list("gateways")).isEmpty();
        assertThat(run.codes()).isNotEmpty();
    }

    // list

    @Test
    void list_marks_ours_and_shows_foreign_mappings() {
        publish();
        CommandLineRun run = CommandLineRun.in(home, "list", "--json").exits(ExitStatus.DONE);
        assertThat(run.json().keySet()).containsExactly("gateway", "mappings", "findings");
        List<Map<String, Object>> mappings = run.list("mappings");
        assertThat(mappings).hasSize(3);
        assertThat(mappings.get(0).keySet())
                .containsExactly(
                        "protocol",
                        "externalPort",
                        "internalAddress",
                        "internalPort",
                        "description",
                        "leaseSeconds",
                        "enabled",
                        "ours");
        assertThat(mappings)
                .filteredOn(m -> m.get("ours").equals(false))
                .singleElement()
                .satisfies(
                        m -> assertThat(m).containsEntry("description", "Skype").containsEntry("leaseSeconds", null));
        CommandLineRun people = CommandLineRun.in(home, "list").exits(ExitStatus.DONE);
        assertThat(people.out()).contains("TCP 3074").contains("yes").contains("permanent");
        assertThat(people.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void list_shows_the_mappings_of_a_gateway_whose_outside_is_of_no_use() throws IOException {
        try (SimulatedHome inner = SimulatedHome.options()
                .gateway(FakeGateway.options().wan(WanSpec.ip(2).withExternalAddress("10.0.0.2")))
                .start()) {
            inner.gateway().addForeign(TableEntry.tcp(1, "192.168.69.66", 1, "x"));
            CommandLineRun run = CommandLineRun.in(inner, "list", "--json").exits(ExitStatus.DONE);
            assertThat(run.list("mappings")).hasSize(1);
            assertThat(run.codes()).containsExactly("DOUBLE_NAT");
        }
    }

    @Test
    void list_ends_with_3_where_the_mappings_cannot_be_read() {
        home.gateway().faults().always("GetGenericPortMappingEntry", Fault.close());
        home.gateway().faults().always("GetListOfPortMappings", Fault.close());
        CommandLineRun run = CommandLineRun.in(home, "list", "--json", "--timeout", "5");
        run.exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.codes()).isNotEmpty();
    }

    // plan

    @Test
    void plan_tells_each_port_with_its_reason_and_changes_nothing() {
        CommandLineRun run =
                CommandLineRun.in(home, "plan", "--camera", CAMERA, "--json").exits(ExitStatus.DONE);
        assertThat(run.json().keySet())
                .containsExactly("gateway", "externalAddress", "endpoints", "rejections", "findings");
        assertThat(run.list("endpoints").get(0))
                .containsEntry("service", "http")
                .containsEntry("choice", "STABLE")
                .containsKeys("externalPort", "reason", "internalAddress", "internalPort", "protocol", "camera");
        assertThat(home.gateway().mappings()).hasSize(1);
        assertThat(home.gateway().count("AddPortMapping") + home.gateway().count("AddAnyPortMapping"))
                .isZero();
        assertThat(CommandLineRun.in(home, "plan", "--camera", CAMERA).out())
                .contains("derived from")
                .contains("Nothing was changed.");
    }

    @Test
    void plan_and_publish_choose_the_same_ports() {
        List<Map<String, Object>> planned = CommandLineRun.in(
                        home, "plan", "--camera", CAMERA, "--name", "front-door", "--json")
                .list("endpoints");
        List<Map<String, Object>> published = publish().list("endpoints");
        for (int i = 0; i < 2; i++) {
            assertThat(published.get(i))
                    .containsEntry("externalPort", planned.get(i).get("externalPort"));
        }
    }

    @Test
    void plan_ends_with_3_and_alternatives_where_a_service_gets_no_port() {
        String[] args = {"plan", "--camera", CAMERA, "--external", "rtsp=3074"};
        CommandLineRun run = CommandLineRun.in(home, "plan", "--camera", CAMERA, "--external", "rtsp=3074", "--json");
        run.exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.codes()).containsExactly("PORT_CONFLICT");
        assertThat(run.list("rejections").get(0))
                .containsEntry("service", "rtsp")
                .containsEntry("alternatives", List.of(3075, 3076, 3077));
        assertThat(CommandLineRun.in(home, args).out()).contains("no port: external port 3074 is taken");
    }

    @Test
    void plan_does_not_make_a_ledger() {
        Path ledger = directory.resolve("ledger");
        CommandLineRun.in(home, "plan", "--camera", CAMERA, "--ledger", ledger.toString())
                .exits(ExitStatus.DONE);
        assertThat(directory).isEmptyDirectory();
    }

    // release

    @Test
    void release_lets_the_mappings_of_a_camera_go_and_leaves_foreign_ones() {
        publish();
        CommandLineRun run = CommandLineRun.in(home, "release", "--camera", CAMERA, "--json");
        run.exits(ExitStatus.DONE);
        assertThat(run.json().keySet()).containsExactly("released", "kept", "findings");
        assertThat(run.list("released")).hasSize(2);
        assertThat(home.gateway().mappings())
                .extracting(TableEntry::description)
                .containsExactly("Skype");
    }

    @Test
    void release_of_another_camera_leaves_this_one() {
        publish();
        CommandLineRun run = CommandLineRun.in(home, "release", "--camera", "192.168.69.111");
        assertThat(run.exits(ExitStatus.DONE).out()).contains("nothing of ours");
        assertThat(home.gateway().mappings()).hasSize(3);
    }

    @Test
    void release_that_the_router_refuses_is_told() {
        publish();
        home.gateway().faults().always("DeletePortMapping", Fault.upnpError(501));
        CommandLineRun run =
                CommandLineRun.in(home, "release", "--all-ours", "--json").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.list("kept")).hasSize(2);
        assertThat(run.codes()).contains("ROLLBACK_PENDING");
        home.gateway().faults().clear();
        CommandLineRun.in(home, "release", "--all-ours").exits(ExitStatus.DONE);
    }

    // verify

    @Test
    void verify_tries_what_it_is_told() throws IOException {
        List<Map<String, Object>> endpoints = publish().list("endpoints");
        String password = Files.writeString(directory.resolve("p"), CameraOptions.DEFAULT_PASSWORD)
                .toString();
        CommandLineRun run = CommandLineRun.in(
                home,
                "verify",
                "--http",
                (String) endpoints.get(0).get("uri"),
                "--rtsp",
                ((String) endpoints.get(1).get("uri")) + "main",
                "--user",
                CameraOptions.DEFAULT_USER,
                "--password-file",
                password,
                "--json");
        run.exits(ExitStatus.DONE);
        assertThat(run.json().keySet()).containsExactly("endpoints", "findings");
        assertThat(run.list("endpoints")).extracting(e -> e.get("service")).containsExactly("http", "rtsp");
    }

    @Test
    void verify_of_a_port_that_nobody_listens_on_is_not_reachable() {
        CommandLineRun run = CommandLineRun.in(home, "verify", "--rtsp", "rtsp://203.0.113.7:1/main", "--json");
        run.exits(ExitStatus.NOT_REACHABLE);
        assertThat(run.codes()).isNotEmpty();
        assertThat(CommandLineRun.in(home, "verify", "--rtsp", "rtsp://203.0.113.7:1/main")
                        .out())
                .contains("NOT REACHABLE: stopped at CONNECT");
    }

    @Test
    void verify_takes_the_registered_port_where_none_is_given() {
        CommandLineRun run = CommandLineRun.in(home, "verify", "--rtsp", "rtsps://203.0.113.7", "--json");
        assertThat(run.list("endpoints").get(0)).containsEntry("uri", "rtsps://203.0.113.7:322/");
    }
}
