package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfilesCommandTest {
    @TempDir
    Path directory;

    private Path own(String from, String to) throws IOException {
        String yaml = CommandLineRun.of("profiles", "show", "ddwrt")
                .exits(ExitStatus.DONE)
                .out();
        assertThat(yaml).contains(from);
        return Files.writeString(directory.resolve("my.yaml"), yaml.replace(from, to));
    }

    @Test
    void shipped_profiles_are_listed_with_what_they_were_tried_on() {
        assertThat(CommandLineRun.of("profiles").exits(ExitStatus.DONE).out())
                .contains("ddwrt", "DD-WRT", "OpenWrt", "a simulated router");
        CommandLineRun json = CommandLineRun.of("profiles", "--json").exits(ExitStatus.DONE);
        assertThat(json.list("profiles"))
                .anySatisfy(profile ->
                        assertThat(profile).containsEntry("id", "openwrt").containsEntry("status", "FIXTURES"));
    }

    @Test
    void what_is_shown_can_be_checked_and_tells_what_it_will_do() throws IOException {
        Path file = own("id: ddwrt", "id: my-router");
        assertThat(CommandLineRun.of("profiles", "check", file.toString())
                        .exits(ExitStatus.DONE)
                        .out())
                .contains("my-router", "logs in by HTTP Basic", "GET /ForwardSpec.asp");
        CommandLineRun json = CommandLineRun.of("profiles", "check", file.toString(), "--json")
                .exits(ExitStatus.DONE);
        assertThat(json.list("profiles").get(0)).containsKeys("summary", "yaml");
    }

    @Test
    void a_broken_profile_is_told_line_by_line() throws IOException {
        Path file = own("  grow:", "  grwo:");
        CommandLineRun run =
                CommandLineRun.of("profiles", "check", file.toString()).exits(ExitStatus.USAGE);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).matches("(?s)my\\.yaml:[0-9]+:3: write has no key 'grwo'; did you mean 'grow'\\?\n.*");
        CommandLineRun json = CommandLineRun.of("profiles", "check", file.toString(), "--json")
                .exits(ExitStatus.USAGE);
        assertThat(json.codes()).contains("INVALID_INPUT");
    }

    @Test
    void a_profile_of_ones_own_is_a_brand_and_a_broken_one_a_usage_error() throws IOException {
        Path file = own("  grow:", "  grwo:");
        CommandLineRun run = CommandLineRun.of(
                        "list", "--router", "http://127.0.0.1:1", "--router-brand", file.toString())
                .exits(ExitStatus.USAGE);
        assertThat(run.err().replaceAll("\\s+", " ")).contains("--router-brand", "did you mean 'grow'?");
        Path good = own("id: ddwrt", "id: my-router");
        CommandLineRun reached = CommandLineRun.of(
                "list",
                "--providers",
                "web",
                "--router",
                "http://127.0.0.1:1",
                "--router-brand",
                good.toString(),
                "--json");
        reached.exits(ExitStatus.NOT_PUBLISHED);
    }

    @Test
    void anything_else_is_a_usage_error_that_says_what_is_possible() {
        for (List<String> args : List.of(
                List.of("profiles", "delete"),
                List.of("profiles", "show"),
                List.of("profiles", "show", "nonesuch"),
                List.of("profiles", "check"),
                List.of("profiles", "check", "/nonexistent/my.yaml"))) {
            CommandLineRun run = CommandLineRun.of(args.toArray(String[]::new)).exits(ExitStatus.USAGE);
            assertThat(run.err()).contains("profiles");
        }
        assertThat(CommandLineRun.of("profiles", "--help")
                        .exits(ExitStatus.DONE)
                        .out())
                .contains("Examples:");
    }
}
