package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.CameraLook;
import dev.porthole.testing.CameraOptions;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.testing.TableEntry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DoctorCommandTest {
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
        password = Files.writeString(directory.resolve("password"), CameraOptions.DEFAULT_PASSWORD + "\n")
                .toString();
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    private CommandLineRun run(String command, String... more) {
        List<String> args = new ArrayList<>(List.of(
                command,
                "--camera",
                CAMERA,
                "--name",
                "front-door",
                "--brand",
                "milesight",
                "--user",
                CameraOptions.DEFAULT_USER,
                "--password-file",
                password,
                "--json"));
        args.addAll(List.of(more));
        return CommandLineRun.in(home, args.toArray(String[]::new));
    }

    private int published(String service, String... more) {
        CommandLineRun run = run("publish", more).exits(ExitStatus.DONE);
        return run.list("endpoints").stream()
                .filter(endpoint -> endpoint.get("service").equals(service))
                .map(endpoint -> (Integer) endpoint.get("externalPort"))
                .findFirst()
                .orElseThrow();
    }

    private static Map<String, Object> service(CommandLineRun run, String name) {
        return run.list("services").stream()
                .filter(service -> service.get("service").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private List<String> table() {
        return home.gateway().mappings().stream()
                .map(entry -> entry.externalPort() + " " + entry.internalClient() + ":" + entry.internalPort())
                .toList();
    }

    private static Object first(CommandLineRun run) {
        return run.codes().get(0);
    }

    private static Object severity(CommandLineRun run, String code) {
        return run.list("findings").stream()
                .filter(finding -> finding.get("code").equals(code))
                .map(finding -> finding.get("severity"))
                .findFirst()
                .orElse("none");
    }

    @Test
    void whatIsWellIsSaidToBe() {
        published("rtsp");
        List<String> before = table();
        CommandLineRun run = run("doctor").exits(ExitStatus.DONE);
        assertThat(run.list("findings"))
                .noneMatch(finding -> finding.get("severity").equals("ERROR"));
        assertThat(run.list("services")).allMatch(service -> service.get("brokenAt") == null);
        assertThat(table()).isEqualTo(before);
    }

    @Test
    void whatIsNotMappedIsTriedAndTakenBack() {
        CommandLineRun run = run("doctor").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(first(run)).isEqualTo("NOT_MAPPED");
        assertThat(service(run, "rtsp")).containsEntry("trial", true).containsEntry("brokenAt", "GATEWAY");
        assertThat(home.gateway().mappings()).isEmpty();
    }

    @Test
    void aStreamWithoutMappingIsToldFromAWebPageWithOne() {
        published("http", "--no-rtsp");
        CommandLineRun run = run("doctor").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(first(run)).isEqualTo("RTSP_NOT_MAPPED");
        assertThat(service(run, "http")).containsEntry("cause", null);
        assertThat(home.gateway().mappings()).hasSize(1);
    }

    @Test
    void aMappingThatLeadsNowhereIsMadeAnew() {
        int port = published("rtsp");
        home.breakMapping(port);
        CommandLineRun run = run("doctor").exits(ExitStatus.DONE);
        assertThat(severity(run, "STALE_MAPPING")).isEqualTo("INFO");
        assertThat(service(run, "rtsp")).containsEntry("externalPort", port).containsEntry("brokenAt", null);
    }

    @Test
    void aPortThatTheProviderDropsIsToldFromAMissingMapping() {
        int port = published("rtsp");
        home.blockPort(port);
        List<?> before = List.copyOf(home.gateway().mappings());
        CommandLineRun run = run("doctor").exits(ExitStatus.NOT_REACHABLE);
        assertThat(first(run)).isEqualTo("ISP_BLOCKS_PORT");
        assertThat(service(run, "rtsp")).containsEntry("brokenAt", "PROVIDER").containsEntry("externalPort", port);
        assertThat(home.gateway().mappings()).hasSameSizeAs(before);
    }

    @Test
    void aForeignMappingIsExaminedAndLeftAsItIs() {
        home.gateway().addForeign(TableEntry.tcp(8080, CAMERA, 80, "by hand"));
        home.gateway().addForeign(TableEntry.tcp(8554, CAMERA, 554, "by hand"));
        home.blockPort(8554);
        List<?> before = List.copyOf(home.gateway().mappings());
        CommandLineRun run = run("doctor").exits(ExitStatus.NOT_REACHABLE);
        assertThat(first(run)).isEqualTo("ISP_BLOCKS_PORT");
        assertThat(home.gateway().count("DeletePortMapping")).isEqualTo(1);
        assertThat(home.gateway().mappings()).isEqualTo(before);
    }

    @Test
    void anExternalPortThatLeadsToAnotherHostIsNamed() {
        home.gateway().addForeign(TableEntry.tcp(8888, "192.168.69.99", 80, "someone else"));
        CommandLineRun run = run("doctor", "--external", "http=8888").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(first(run)).isEqualTo("WRONG_DEVICE");
        assertThat(run.list("findings").get(0).get("message").toString()).contains("8888", "192.168.69.99");
    }

    @Test
    void aMappingToTheCamerasFormerAddressIsStale() {
        home.gateway().addForeign(TableEntry.tcp(20_080, "192.168.69.50", 80, "porthole:front-door:http"));
        home.gateway().addForeign(TableEntry.tcp(20_554, "192.168.69.50", 554, "porthole:front-door:rtsp"));
        CommandLineRun run = run("doctor").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(first(run)).isEqualTo("STALE_MAPPING");
        assertThat(run.list("findings").get(0).get("message").toString()).contains("192.168.69.50", CAMERA);
    }

    @Test
    void whatTheRouterRefusesComesBeforeWhatFollowsFromIt() {
        home.gateway().add(Quirk.SECURE_MODE);
        CommandLineRun run = run("doctor").exits(ExitStatus.NOT_PUBLISHED);
        assertThat(first(run)).isEqualTo("SECURE_MODE");
        assertThat(run.codes()).contains("NOT_MAPPED");
        assertThat(service(run, "rtsp")).containsEntry("brokenAt", "GATEWAY");
    }

    @Test
    void aCameraThatIsDownIsTheFirstCause() {
        published("rtsp");
        home.camera("front-door").device().close();
        CommandLineRun run = run("doctor").exits(ExitStatus.NOT_REACHABLE);
        assertThat(first(run)).isEqualTo("CAMERA_DOWN");
        assertThat(service(run, "rtsp")).containsEntry("brokenAt", "CAMERA");
    }

    @Test
    void aRefusedAccountIsNotSentAgain() throws IOException {
        published("rtsp");
        Files.writeString(Path.of(password), "wrong\n");
        CommandLineRun run = run("doctor");
        assertThat(first(run)).isEqualTo("AUTH_FAILED");
        assertThat(service(run, "rtsp")).containsEntry("brokenAt", "CAMERA");
        assertThat(run.out()).doesNotContain("wrong");
    }

    @Test
    void theWayIsDrawnForPeopleAndAsAFile() throws Exception {
        int port = published("rtsp");
        home.blockPort(port);
        Path svg = directory.resolve("way.svg");
        CommandLineRun run =
                CommandLineRun.in(home, "doctor", "--camera", CAMERA, "--name", "front-door", "--svg", svg.toString());
        run.exits(ExitStatus.NOT_REACHABLE);
        assertThat(run.out()).contains("router", "provider", "X", "ISP_BLOCKS_PORT", Integer.toString(port));
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
        String drawing = Files.readString(svg);
        DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(new ByteArrayInputStream(Files.readAllBytes(svg)));
        assertThat(drawing).contains("ISP_BLOCKS_PORT", "<svg").doesNotContain("<script", "href");
    }

    @Test
    void aDrawingThatCannotBeWrittenIsRefusedBeforeAnythingIsDone() {
        CommandLineRun run =
                run("doctor", "--svg", directory.resolve("no/such/way.svg").toString());
        run.exits(ExitStatus.USAGE);
        assertThat(run.json().toString()).contains("--svg");
        assertThat(home.gateway().requests()).isEmpty();
    }

    @Test
    void publishingMovesAServiceAwayFromABlockedPort() {
        int port = published("rtsp");
        home.blockPort(port);
        CommandLineRun run = run("publish").exits(ExitStatus.DONE);
        assertThat(severity(run, "ISP_BLOCKS_PORT")).isEqualTo("WARNING");
        assertThat(run.codes()).doesNotContain("NOT_REACHABLE");
        assertThat(home.gateway().mappings()).hasSize(2).noneMatch(entry -> entry.externalPort() == port);
        assertThat(run.list("endpoints"))
                .noneMatch(endpoint -> endpoint.get("externalPort").equals(port));
    }

    @Test
    void publishingSaysWhichPortWorksWhereItMayNotMove() {
        home.blockPort(554);
        CommandLineRun run = run("publish", "--policy", "same").exits(ExitStatus.NOT_REACHABLE);
        assertThat(first(run)).isEqualTo("ISP_BLOCKS_PORT");
        assertThat(home.gateway().mappings()).hasSize(2).anyMatch(entry -> entry.externalPort() == 554);
    }

    @Test
    void publishingMakesAStaleMappingAnew() {
        int port = published("rtsp");
        home.breakMapping(port);
        CommandLineRun run = run("publish").exits(ExitStatus.DONE);
        assertThat(severity(run, "STALE_MAPPING")).isEqualTo("INFO");
        assertThat(home.gateway().mappings()).anyMatch(entry -> entry.externalPort() == port);
    }

    @Test
    void publishingMovesAServiceAwayFromAPortThatTheRouterTakes() {
        int port = published("http");
        home.routerAnswersOn(port);
        CommandLineRun run = run("publish").exits(ExitStatus.DONE);
        assertThat(severity(run, "WRONG_DEVICE")).isEqualTo("WARNING");
        assertThat(home.gateway().mappings()).noneMatch(entry -> entry.externalPort() == port);
    }
}
