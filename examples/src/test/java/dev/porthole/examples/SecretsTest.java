package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.CameraLook;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.LoginScheme;
import dev.porthole.testing.SimulatedHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A password is in no output, whatever comes of the command, and in no file but its own. */
@Timeout(60)
class SecretsTest {
    private static final String CANARY = "Kanarienvogel-7f3a";
    private static final String TOKEN =
            Base64.getEncoder().encodeToString(("admin:" + CANARY).getBytes(StandardCharsets.UTF_8));

    @TempDir
    Path directory;

    private SimulatedHome home;

    @BeforeEach
    void startHome() throws IOException {
        home = SimulatedHome.options()
                .camera(
                        "front-door",
                        FakeCamera.options()
                                .look(CameraLook.MILESIGHT)
                                .account("admin", CANARY)
                                .webLogin(LoginScheme.BASIC)
                                .rtspLogin(LoginScheme.BASIC))
                .start();
        Files.writeString(directory.resolve("password"), CANARY + "\n");
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    private void publish(ExitStatus status, String... more) throws IOException {
        List<String> args = new ArrayList<>(List.of(
                "publish",
                "--camera",
                "192.168.69.110",
                "--user",
                "admin",
                "--password-file",
                directory.resolve("password").toString(),
                "--ledger",
                directory.resolve("ledger").toString()));
        args.addAll(List.of(more));
        check(CommandLineRun.in(home, args.toArray(String[]::new)).exits(status));
        args.add("--json");
        check(CommandLineRun.in(home, args.toArray(String[]::new)).exits(status));
    }

    private void check(CommandLineRun run) throws IOException {
        List<String> seen = new ArrayList<>(List.of(run.out(), run.err()));
        try (var files = Files.list(directory)) {
            for (Path file : files.filter(f -> !f.endsWith("password")).toList()) {
                seen.add(Files.readString(file));
            }
        }
        assertThat(seen).allSatisfy(text -> assertThat(text).doesNotContain(CANARY, TOKEN));
    }

    @Test
    void published() throws IOException {
        publish(ExitStatus.DONE, "--brand", "milesight");
    }

    @Test
    void not_reachable() throws IOException {
        publish(ExitStatus.NOT_REACHABLE, "--brand", "milesight", "--rtsp-path", "/none");
    }

    @Test
    void not_published() throws IOException {
        publish(ExitStatus.NOT_PUBLISHED, "--external", "http=1", "--rtsp", "554", "--source", "10.0.0.0/8");
    }

    @Test
    void bad_input() throws IOException {
        publish(ExitStatus.USAGE, "--policy", "manual");
        check(CommandLineRun.of("publish", "--camera", "10.0.0.1", "--password", CANARY)
                .exits(ExitStatus.USAGE));
        check(CommandLineRun.of("publish", "--camera", "10.0.0.1", "--password=" + CANARY, "--json")
                .exits(ExitStatus.USAGE));
        check(CommandLineRun.of("publish", "--camera", "http://admin:" + CANARY + "@10.0.0.1/")
                .exits(ExitStatus.USAGE));
        check(CommandLineRun.of("publish", "--camera", "admin:" + CANARY + "@10.0.0.1")
                .exits(ExitStatus.USAGE));
        check(CommandLineRun.of("verify", "--rtsp", "rtsp://admin:" + CANARY + "@10.0.0.1/main")
                .exits(ExitStatus.USAGE));
        check(CommandLineRun.of("verify", "--rtsp", "rtsp//admin:" + CANARY + "@10.0.0.1")
                .exits(ExitStatus.USAGE));
        check(CommandLineRun.of("verify", "--pass=" + CANARY).exits(ExitStatus.USAGE));
        String yaml = Files.writeString(
                        directory.resolve("cameras.yaml.password"),
                        "cameras:\n  - {host: 192.168.69.110, password: " + CANARY + "}\n")
                .toString();
        CommandLineRun run = CommandLineRun.of("publish", "--cameras", yaml).exits(ExitStatus.USAGE);
        assertThat(run.out() + run.err()).doesNotContain(CANARY);
    }

    @Test
    void the_log_of_every_step() throws Exception {
        var camera = home.camera("front-door").device();
        String url = "rtsp://127.0.0.1:" + camera.rtspAddress().getPort() + camera.path();
        String page = "http://127.0.0.1:" + camera.httpAddress().getPort() + "/";
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PortholeCommand.class.getName(),
                        "verify",
                        "--rtsp",
                        url,
                        "--http",
                        page,
                        "--user",
                        "admin",
                        "--password-file",
                        "-",
                        "--debug")
                .redirectErrorStream(true)
                .start();
        process.getOutputStream().write((CANARY + "\n").getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains("DEBUG").doesNotContain(CANARY, TOKEN);
    }
}
