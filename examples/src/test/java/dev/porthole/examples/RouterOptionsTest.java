package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.SimulatedMilesight;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A router without UPnP, by its web administration. */
@Timeout(90)
class RouterOptionsTest {
    @TempDir
    Path directory;

    private SimulatedMilesight router;

    @BeforeEach
    void startRouter() throws IOException {
        router = SimulatedMilesight.start(MilesightFlavour.UR_3_0_14).addRule(2121, "192.168.1.5", 21, "ftp");
    }

    @AfterEach
    void stopRouter() {
        router.close();
    }

    private CommandLineRun run(String password, String... args) throws IOException {
        Path file = Files.writeString(directory.resolve("router.password"), password + "\n");
        List<String> all = new ArrayList<>(List.of(args));
        all.addAll(List.of(
                "--providers",
                "web",
                "--router",
                router.uri().toString(),
                "--router-brand",
                "milesight",
                "--router-user",
                "admin",
                "--router-password-file",
                file.toString()));
        return CommandLineRun.of(all.toArray(String[]::new));
    }

    @Test
    void a_camera_is_published_listed_and_released() throws IOException {
        run("password", "publish", "--camera", "192.168.69.110", "--routed-lan", "--no-verify", "--json")
                .exits(ExitStatus.DONE);
        assertThat(router.rulesInEffect()).hasSize(3);
        CommandLineRun list = run("password", "list", "--json").exits(ExitStatus.DONE);
        assertThat(list.out()).contains("\"ours\":true", "ftp", "Milesight UR35");
        run("password", "release", "--camera", "192.168.69.110").exits(ExitStatus.DONE);
        assertThat(router.rulesInEffect()).hasSize(1);
        assertThat(router.sessions()).isZero();
    }

    @Test
    void a_key_trusted_on_first_use_is_told_and_another_refused() throws IOException {
        CommandLineRun first = run("password", "list", "--json").exits(ExitStatus.DONE);
        String pin = first.err().replaceAll("(?s).*--router-pin ([0-9a-f]{64}).*", "$1");
        router.rekey();
        CommandLineRun second = run("password", "list", "--json", "--router-pin", pin);
        assertThat(second.out()).contains("CERTIFICATE_CHANGED");
        assertThat(router.loginTries()).isEqualTo(1);
    }

    @Test
    void a_wrong_password_is_told_and_tried_once() throws IOException {
        CommandLineRun run = run("canary-33f", "publish", "--camera", "192.168.69.110", "--routed-lan", "--json");
        run.exits(ExitStatus.NOT_PUBLISHED);
        assertThat(run.out()).contains("LOGIN_REFUSED").doesNotContain("canary-33f");
        assertThat(run.err()).doesNotContain("canary-33f");
        assertThat(router.loginTries()).isEqualTo(1);
    }

    @Test
    void the_brand_is_found_where_it_is_not_said() throws IOException {
        Path file = Files.writeString(directory.resolve("router.password"), "password\n");
        CommandLineRun list = CommandLineRun.of(
                "list",
                "--providers",
                "web",
                "--router",
                "//127.0.0.1:" + router.uri().getPort(),
                "--router-user",
                "admin",
                "--router-password-file",
                file.toString(),
                "--json");
        assertThat(list.exits(ExitStatus.DONE).out()).contains("ftp", "Milesight UR35");
        assertThat(router.loginTries()).isEqualTo(1);
    }

    @Test
    void a_router_whose_brand_is_not_certain_is_a_usage_error_that_says_what_was_seen() throws IOException {
        try (RouterPages pages = new RouterPages("<title>Home Gateway</title><form><input type=password></form>")) {
            CommandLineRun run =
                    CommandLineRun.of("list", "--router", pages.url()).exits(ExitStatus.USAGE);
            assertThat(run.err()).contains("Home Gateway", "--router-brand", "milesight", "table");
        }
        try (RouterPages pages = new RouterPages("<title>pfSense - Login</title>")) {
            CommandLineRun run =
                    CommandLineRun.of("list", "--router", pages.url()).exits(ExitStatus.USAGE);
            assertThat(run.err()).contains("pfSense", "GET / shows", "porthole instructions");
        }
    }

    @Test
    void nobody_at_the_routers_address_is_a_usage_error_where_the_brand_is_missing() {
        CommandLineRun run =
                CommandLineRun.of("list", "--router", "http://127.0.0.1:1").exits(ExitStatus.USAGE);
        assertThat(run.err()).containsIgnoringWhitespaces("nothing answered at http://127.0.0.1:1");
    }

    @Test
    void half_of_the_options_are_a_usage_error_that_names_the_other_half() {
        for (String[] args : List.of(
                new String[] {"list", "--router-brand", "milesight"},
                new String[] {"list", "--router", "192.168.1.1", "--router-brand", "nonesuch"},
                new String[] {"list", "--router", "http://router.lan/", "--router-brand", "milesight"},
                new String[] {"list", "--router", "http://a:b@192.168.1.1/", "--router-brand", "milesight"},
                new String[] {"list", "--router", "192.168.1.1", "--router-brand", "milesight", "--router-user", "a"},
                new String[] {"list", "--router", "192.168.1.1", "--router-brand", "milesight", "--router-pin", "12"},
                new String[] {"list", "--providers", "web"})) {
            CommandLineRun run = CommandLineRun.of(args).exits(ExitStatus.USAGE);
            assertThat(run.err()).contains("--router");
        }
    }
}
