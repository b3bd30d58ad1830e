package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.SimulatedHome;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whatever is wrong with the input: exit status 2, a sentence that says where, what and what to give, nothing done. */
@Timeout(60)
class BadInputTest {
    private static SimulatedHome home;

    @TempDir
    Path directory;

    @BeforeAll
    static void startHome() throws IOException {
        home = SimulatedHome.start();
    }

    @AfterAll
    static void closeHome() {
        assertThat(home.gateway().requests()).isEmpty();
        home.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                // The command.
                "publsh | 'publsh' is not expected here; similar: publish",
                "publish --camera 10.0.0.1 --frob | '--frob' is not an option here",
                "publish --camera 10.0.0.1 frob | 'frob' is not expected here",
                "publish --camera | parameter for option '--camera'",
                "publish --camera 10.0.0.1 --camera 10.0.0.2 | should be specified only once",
                "publish | --camera: say which camera",
                "release | release: say what: either --camera HOST or --all-ours",
                "release --camera 10.0.0.1 --all-ours | release: say what",
                "verify | verify: say what",
                // Hosts.
                "publish --camera 192.168.69.300 | --camera: '192.168.69.300' is not an IP address",
                "publish --camera 192.168.069.110 | without leading zeros",
                "publish --camera 127.1 | is not an IP address",
                "publish --camera http://192.168.69.110/ | is not a host; give an address such as",
                "publish --camera 192.168.69.110:80 | is not a host",
                "publish --camera '' | --camera: '' is not a host",
                "publish --camera no.such.host.invalid | does not resolve; give the IP address",
                "publish --camera 0.0.0.0 | no camera can have the address 0.0.0.0",
                "publish --camera 239.255.255.250 | no camera can have the address",
                "release --camera 1.2.3 | is not an IP address",
                "discover --gateway 1.2.3.4:0 | --gateway: '0' is not a port",
                "discover --gateway 1.2.3.4:x | --gateway: 'x' is not a port",
                "discover --interface nosuch0 | this host has no network interface 'nosuch0'; it has",
                // Numbers.
                "publish --camera 10.0.0.1 --http 0 | --http: '0' is not a port; give a number from 1 to 65535",
                "publish --camera 10.0.0.1 --http 65536 | --http: '65536' is not a port",
                "publish --camera 10.0.0.1 --rtsp 99999999999999999999 | --rtsp: '99999999999999999999' is not a port",
                "publish --camera 10.0.0.1 --https +443 | --https: '+443' is not a port",
                "publish --camera 10.0.0.1 --https ４４３ | is not a port",
                "publish --camera 10.0.0.1 --lease -1 | --lease: '-1' is not a lease",
                "publish --camera 10.0.0.1 --lease 4294967296 | is not a lease",
                "publish --camera 10.0.0.1 --lease 1.5 | is not a lease; give whole seconds",
                "discover --timeout 0 | --timeout: '0' is not a time",
                "discover --timeout -3 | is not a time",
                "discover --timeout 86401 | is not a time; give seconds, more than 0 and at most 86400",
                "discover --timeout 1e3 | is not a time",
                "discover --timeout NaN | is not a time",
                "publish --camera 10.0.0.1 --avoid 80-70 | --avoid: '80-70' is not a range of ports",
                "publish --camera 10.0.0.1 --avoid 1-2-3 | is not a range of ports",
                "publish --camera 10.0.0.1 --avoid 80,,81 | there is nothing between the commas",
                // Choices.
                "publish --camera 10.0.0.1 --policy frob | choose auto, same, 80xx or manual",
                "publish --camera 10.0.0.1 --brand frob | is not a known brand; choose milesight, axis",
                "publish --camera 10.0.0.1 --verify-from mars | is neither 'here' nor the URL of a probe agent",
                "discover --providers frob | --providers: 'frob' is not known; available: upnp",
                "discover --providers upnp,pcp | --providers: 'pcp' is not built yet; available: upnp",
                "publish --camera 10.0.0.1 --source 10.0.0.0/33 | --source:",
                "publish --camera 10.0.0.1 --source 10.0.0.1/24 | has bits set beyond its prefix",
                "publish --camera 10.0.0.1 --source example.org | give a block such as 198.51.100.0/24",
                "publish --camera 10.0.0.1 --source any,10.0.0.0/8 | 'any' includes every other source",
                // What contradicts itself.
                "publish --camera 10.0.0.1 --policy manual | --external http=8888 and --external rtsp=8889",
                "publish --camera 10.0.0.1 --policy manual --external http=80 | add for example --external rtsp=8889",
                "publish --camera 10.0.0.1 --external 8889 | names no service; write for example rtsp=8889",
                "publish --camera 10.0.0.1 --external ftp=21 | 'ftp' is not a service; choose http, https or rtsp",
                "publish --camera 10.0.0.1 --external rtsp= | '' is not a port",
                "publish --camera 10.0.0.1 --external https=443 | an external port for https, which is not to be published",
                "publish --camera 10.0.0.1 --external http=1,http=2 | is given twice",
                "publish --camera 10.0.0.1 --external http=1,rtsp=1 | cannot have the same external port",
                "publish --camera 10.0.0.1 --no-http --no-rtsp | no service is left to publish",
                "publish --camera 10.0.0.1 --no-http --http 80 | has a port and is also not to be published",
                "publish --camera 10.0.0.1 --no-rtsp --rtsp-path /main | RTSP is not to be published",
                "publish --camera 10.0.0.1 --rtsp-path 'a b' | is not a path; give one such as /main",
                "publish --camera 10.0.0.1 --rtsp-path '' | '' is not a path",
                "publish --camera 10.0.0.1 --name ' ' | the name is empty",
                "publish --camera 10.0.0.1 --user admin | there is a user without a password file",
                "publish --camera 10.0.0.1 --password-file - | is empty; the password goes there",
                "publish --camera 10.0.0.1 --password-file /no/such/file | there is no file '/no/such/file'",
                "publish --camera 10.0.0.1 --password-file / | is a directory",
                "publish --camera 10.0.0.1 --cameras x.yaml | give either --camera or --cameras",
                "publish --cameras x.yaml --name y | goes into the file",
                "publish --cameras /no/such/file | --cameras: '/no/such/file' cannot be read",
                // URLs.
                "verify --http rtsp://10.0.0.1/ | the scheme 'rtsp' does not fit; give a URL such as http://",
                "verify --rtsp 10.0.0.1:554 | is not a URL; give one such as rtsp://203.0.113.7:8889/main",
                "verify --rtsp rtsp://10.0.0.1:0/ | '0' is not a port",
                "verify --rtsp rtsp:///main | '' is not a host",
                "verify --http 'http://10.0.0.1/a b' | is not a URL",
                "verify --http http://10.0.0.1/ --password-file - | a password file without a user",
                "verify --http http://10.0.0.1/ --user u | a user without a password",
            })
    void is_told_clearly(String line, String expected) {
        String[] args = split(line);
        CommandLineRun people = CommandLineRun.of(args).exits(ExitStatus.USAGE);
        assertThat(people.out()).isEmpty();
        assertThat(people.err().replaceAll("\\s+", " ")).contains(expected).contains("Try 'porthole");
        List<String> json = new ArrayList<>(List.of(args));
        json.add("--json");
        CommandLineRun programs = CommandLineRun.of(json.toArray(String[]::new)).exits(ExitStatus.USAGE);
        assertThat(programs.codes()).containsExactly("INVALID_INPUT");
        assertThat((String) programs.list("findings").get(0).get("message")).contains(expected);
    }

    /** At spaces, except between quotes. */
    private static String[] split(String line) {
        List<String> words = new ArrayList<>();
        String[] parts = line.split("'", -1);
        for (int i = 0; i < parts.length; i++) {
            if (i % 2 == 1) {
                words.add(parts[i]);
            } else if (!parts[i].isBlank()) {
                words.addAll(List.of(parts[i].strip().split(" +")));
            }
        }
        return words.toArray(String[]::new);
    }

    @Test
    void a_password_file_that_is_no_text_or_too_long_is_refused() throws IOException {
        Path latin = Files.write(directory.resolve("latin"), "pass\u00e9".getBytes(StandardCharsets.ISO_8859_1));
        Path large = Files.writeString(directory.resolve("large"), "x".repeat(5000));
        assertThat(publish(latin)).contains("is not UTF-8 text");
        assertThat(publish(large)).contains("is too long for a password");
    }

    private String publish(Path passwordFile) {
        return CommandLineRun.of(
                        "publish",
                        "--camera",
                        "10.0.0.1",
                        "--user",
                        "admin",
                        "--password-file",
                        passwordFile.toString(),
                        "--json")
                .exits(ExitStatus.USAGE)
                .out();
    }

    @Test
    void a_password_file_that_everyone_can_read_is_warned_of() throws IOException {
        Path open = Files.writeString(directory.resolve("open"), "secret");
        Files.setPosixFilePermissions(open, java.nio.file.attribute.PosixFilePermissions.fromString("rw-r--r--"));
        CommandLineRun run = CommandLineRun.of(
                "publish",
                "--camera",
                "10.0.0.1",
                "--user",
                "u",
                "--password-file",
                open.toString(),
                "--no-http",
                "--no-rtsp");
        assertThat(run.err())
                .contains("warning: --password-file: everyone on this host can read")
                .contains("chmod 600");
        Files.setPosixFilePermissions(open, java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        run = CommandLineRun.of(
                "publish",
                "--camera",
                "10.0.0.1",
                "--user",
                "u",
                "--password-file",
                open.toString(),
                "--no-http",
                "--no-rtsp");
        assertThat(run.err()).doesNotContain("warning");
    }

    @Test
    void a_command_line_without_a_command_is_told_what_it_lacks() {
        assertThat(CommandLineRun.of().exits(ExitStatus.USAGE).err()).contains("Missing required subcommand");
        assertThat(CommandLineRun.of("--json", "discover")
                        .exits(ExitStatus.USAGE)
                        .codes())
                .containsExactly("INVALID_INPUT");
    }

    @Test
    void help_and_version_are_no_errors() {
        assertThat(CommandLineRun.of("--help").exits(ExitStatus.DONE).out()).contains("porthole demo");
        assertThat(CommandLineRun.of("--version").exits(ExitStatus.DONE).out()).startsWith("porthole ");
        for (String command : new String[] {"demo", "discover", "list", "plan", "publish", "verify", "release"}) {
            String help =
                    CommandLineRun.of(command, "--help").exits(ExitStatus.DONE).out();
            assertThat(help).contains("Examples:").contains("porthole " + command);
            assertThat(help.lines()).allMatch(line -> line.length() <= 80);
        }
    }
}
