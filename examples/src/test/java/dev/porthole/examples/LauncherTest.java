package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a copy of the tree with a Maven and a Java that only say what they were asked for. */
@Timeout(60)
class LauncherTest {
    private static final String MAVEN = """
            #!/bin/sh
            echo "mvn $*" >>"$LOG"
            read -r stolen && echo "stolen $stolen" >>"$LOG"
            [ -z "${MVN_FAILS:-}" ] || exit 1
            mkdir -p examples/target/lib
            echo jar >examples/target/porthole.jar
            """;
    private static final String JAVA = """
            #!/bin/sh
            for word; do
                case $word in
                    -version) echo 'openjdk version "'"${JAVA_VERSION:-17.0.15}"'" 2025-04-15' >&2; exit ;;
                    -XX:SharedArchiveFile=*.new) echo dump >>"$LOG"; echo archive >"${word#*=}"; exit ;;
                    -XX:DumpLoadedClassList=*) exit ;;
                esac
            done
            printf '<%s>' "$@"
            """;

    @TempDir
    Path directory;

    private Path root;
    private Path log;
    private Path bin;

    @BeforeEach
    void copyTree() throws IOException {
        Path launcher = Path.of("porthole");
        assumeTrue(Files.isExecutable(launcher) && Files.isExecutable(Path.of("/bin/sh")));
        root = Files.createDirectories(directory.resolve("a tree"));
        Files.createDirectories(root.resolve("examples/src/main"));
        Files.createDirectories(root.resolve("sdk-core/src/main"));
        Files.copy(launcher, root.resolve("examples/porthole"));
        for (String pom : List.of("pom.xml", "examples/pom.xml", "sdk-core/pom.xml")) {
            Files.writeString(root.resolve(pom), "<project/>");
        }
        log = directory.resolve("log");
        bin = Files.createDirectory(directory.resolve("bin"));
        script(bin.resolve("mvn"), MAVEN);
        script(bin.resolve("java"), JAVA);
    }

    private static void script(Path path, String text) throws IOException {
        Files.writeString(path, text);
        Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** What a run said. */
    private record Said(int exit, String out, String err) {}

    private Process start(Map<String, String> environment, Path launcher, String... args) throws IOException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(args));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_HOME", "PORTHOLE_JAVA"));
        builder.environment().put("PATH", bin + ":/usr/bin:/bin");
        builder.environment().put("LOG", log.toString());
        builder.environment().putAll(environment);
        builder.redirectInput(
                Files.writeString(directory.resolve("input"), "secret\n").toFile());
        return builder.start();
    }

    private static Said end(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out, err);
    }

    private Said run(String... args) throws Exception {
        return end(start(Map.of(), root.resolve("examples/porthole"), args));
    }

    private List<String> log() throws IOException {
        return Files.exists(log) ? Files.readAllLines(log) : List.of();
    }

    @Test
    void the_first_use_builds_and_later_ones_do_not() throws Exception {
        Said first = run("publish", "--name", "front door");
        assertThat(first.err()).contains("building").contains("preparing faster starts");
        assertThat(first.exit()).as(first.err()).isZero();
        assertThat(first.out())
                .contains("<-XX:SharedArchiveFile=" + root.resolve("examples/target/porthole.jsa") + ">")
                .endsWith("<dev.porthole.examples.PortholeCommand><publish><--name><front door>");
        assertThat(log()).hasSize(2).first().asString().contains("-pl examples -am package -DskipTests");
        Said second = run("list");
        assertThat(second.err()).isEmpty();
        assertThat(log()).hasSize(2);
    }

    @Test
    void standard_input_is_left_for_the_command() throws Exception {
        run("publish");
        assertThat(log()).noneMatch(line -> line.contains("stolen"));
    }

    @Test
    void a_newer_source_is_built_and_a_newer_test_is_not() throws Exception {
        run("list");
        Path test = Files.createDirectories(root.resolve("sdk-core/src/test")).resolve("T.java");
        later(Files.writeString(test, "x"));
        run("list");
        assertThat(log()).hasSize(2);
        later(Files.writeString(root.resolve("sdk-core/src/main/S.java"), "x"));
        assertThat(run("list").err()).contains("building");
    }

    /** Maven leaves a jar alone whose content would be the same; the launcher must not build again and again. */
    @Test
    void a_build_that_changed_nothing_counts_as_one() throws Exception {
        run("list");
        Files.setLastModifiedTime(
                root.resolve("examples/target/porthole.jar"), FileTime.from(Instant.parse("2020-01-01T00:00:00Z")));
        assertThat(run("list").err()).doesNotContain("building");
    }

    @Test
    void a_jar_that_somebody_else_built_is_used() throws Exception {
        Files.createDirectories(root.resolve("examples/target/lib"));
        later(Files.writeString(root.resolve("examples/target/porthole.jar"), "jar"));
        assertThat(run("list").err()).doesNotContain("building");
        assertThat(log()).containsExactly("dump");
    }

    private static void later(Path path) throws IOException {
        Files.setLastModifiedTime(path, FileTime.from(Instant.now().plusSeconds(60)));
    }

    @Test
    void it_is_found_through_symbolic_links_from_anywhere() throws Exception {
        Path link = Files.createSymbolicLink(directory.resolve("ph"), Path.of("a tree", "examples", "porthole"));
        Path second = Files.createSymbolicLink(directory.resolve("ph2"), link);
        assertThat(end(start(Map.of(), second, "list")).out()).endsWith("<list>");
    }

    @Test
    void a_truncated_or_empty_archive_is_not_used() throws Exception {
        run("list");
        Path archive = root.resolve("examples/target/porthole.jsa");
        Files.writeString(archive, "arch");
        assertThat(run("list").out()).doesNotContain("SharedArchiveFile").endsWith("<list>");
        Files.writeString(archive, "");
        assertThat(run("list").out()).doesNotContain("SharedArchiveFile").endsWith("<list>");
    }

    @Test
    void another_java_gets_an_archive_of_its_own() throws Exception {
        run("list");
        Path other = Files.createDirectories(directory.resolve("jdk/bin")).resolve("java");
        script(other, JAVA + "# another\n");
        Map<String, String> home = Map.of("JAVA_HOME", directory.resolve("jdk").toString());
        end(start(home, root.resolve("examples/porthole"), "list"));
        assertThat(log()).filteredOn("dump"::equals).hasSize(2);
        end(start(Map.of("PORTHOLE_JAVA", other.toString()), root.resolve("examples/porthole"), "list"));
        assertThat(log()).filteredOn("dump"::equals).hasSize(2);
    }

    @Test
    void what_is_missing_or_too_old_is_named() throws Exception {
        Path launcher = root.resolve("examples/porthole");
        assertThat(end(start(Map.of("JAVA_VERSION", "11.0.2"), launcher)).err()).contains("is Java 11; it takes 17");
        assertThat(end(start(Map.of("JAVA_VERSION", "1.8.0_292"), launcher)).err())
                .contains("it takes 17");
        assertThat(end(start(Map.of("JAVA_HOME", "/nowhere"), launcher)).err())
                .contains("JAVA_HOME is /nowhere, but there is no bin/java in it");
        assertThat(end(start(Map.of("PORTHOLE_JAVA", "/nowhere"), launcher)).err())
                .contains("PORTHOLE_JAVA names /nowhere");
        Said failed = end(start(Map.of("MVN_FAILS", "yes"), launcher));
        assertThat(failed.exit()).isEqualTo(1);
        assertThat(failed.err()).contains("the build failed");
        assertThat(run("list").exit()).isZero();
    }

    @Test
    void first_uses_at_the_same_time_build_once() throws Exception {
        List<Process> processes = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            processes.add(start(Map.of(), root.resolve("examples/porthole"), "list"));
        }
        for (Process process : processes) {
            assertThat(end(process).out()).endsWith("<list>");
        }
        assertThat(log()).filteredOn(line -> line.startsWith("mvn")).hasSize(1);
    }

    @Test
    void the_lock_of_a_build_that_was_killed_is_taken_over() throws Exception {
        Path lock = Files.createDirectories(root.resolve("examples/target/porthole.building"));
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Files.writeString(lock.resolve("pid"), ended.pid() + "\n");
        Said said = run("list");
        assertThat(said.exit()).as(said.err()).isZero();
        assertThat(lock).doesNotExist();
    }
}
