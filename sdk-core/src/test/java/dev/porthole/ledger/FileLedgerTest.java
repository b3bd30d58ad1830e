package dev.porthole.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.RememberedGateway;
import dev.porthole.mapping.TransportProtocol;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class FileLedgerTest {
    private static final String HEADING = "porthole-ledger 2\n";
    private static final String SOUND = "intend\tgw\tporthole:door:rtsp\tTCP\t23917\t192.168.69.110\t554\n";

    @TempDir
    Path directory;

    @Test
    void an_entry_is_there_after_reopening() {
        try (FileLedger ledger = FileLedger.open(file())) {
            ledger.intend(entry(1));
            ledger.done(entry(1));
        }
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(ledger.entries("gw")).containsExactly(entry(1));
            assertThat(ledger.entries("another")).isEmpty();
        }
    }

    @Test
    void the_file_is_text_of_one_record_per_line() throws IOException {
        try (FileLedger ledger = FileLedger.open(file())) {
            ledger.intend(entry(23_917));
            ledger.done(entry(23_917));
            ledger.forget(entry(23_917));
        }
        String fields = "\tgw\tporthole:door:rtsp\tTCP\t23917\t192.168.69.110\t554\n";
        assertThat(file()).hasContent(HEADING + "intend" + fields + "done" + fields + "forget" + fields);
    }

    @Test
    void the_installations_key_is_made_once_and_survives_reopening_and_shortening() {
        String key;
        try (FileLedger ledger = FileLedger.open(file())) {
            key = key(ledger);
            assertThat(key(ledger)).isEqualTo(key).hasSize(64);
            grow(ledger);
        }
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(key(ledger)).isEqualTo(key);
        }
        assertThat(file()).content().containsOnlyOnce("key\t" + key);
        try (FileLedger other = FileLedger.open(directory.resolve("other"))) {
            assertThat(key(other)).isNotEqualTo(key);
        }
    }

    @Test
    void a_key_that_was_changed_is_damage() throws IOException {
        Files.writeString(file(), HEADING + "key\t12\n" + SOUND);
        assertThatThrownBy(() -> FileLedger.open(file())).hasMessageContaining("line 2");
    }

    private static String key(FileLedger ledger) {
        try (Secret key = ledger.installationKey().orElseThrow()) {
            return key.use(String::new);
        }
    }

    @Test
    void publishing_again_writes_nothing() throws IOException {
        try (FileLedger ledger = FileLedger.open(file())) {
            ledger.intend(entry(1));
            ledger.done(entry(1));
            long size = Files.size(file());
            ledger.intend(entry(1));
            ledger.done(entry(1));
            ledger.forget(entry(2));
            assertThat(file()).hasSize(size);
        }
    }

    @Test
    void file_and_lock_are_for_their_owner_only() throws IOException {
        FileLedger.open(file()).close();
        for (Path path : List.of(file(), directory.resolve("ledger.lock"))) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void an_empty_file_is_a_new_ledger() throws IOException {
        Files.createFile(file());
        try (FileLedger ledger = FileLedger.open(file())) {
            ledger.intend(entry(1));
        }
        assertThat(file()).content().startsWith(HEADING);
    }

    @Test
    void a_ledger_behind_a_symbolic_link_stays_there() throws IOException {
        Path link = Files.createSymbolicLink(directory.resolve("link"), file());
        FileLedger.open(file()).close();
        try (FileLedger ledger = FileLedger.open(link)) {
            grow(ledger);
        }
        assertThat(link).isSymbolicLink();
        assertThat(file()).content().contains("porthole:door:rtsp");
    }

    @Test
    void an_interrupted_thread_can_still_write_down_what_it_did() {
        try (FileLedger ledger = FileLedger.open(file())) {
            Thread.currentThread().interrupt();
            ledger.intend(entry(1));
            ledger.done(entry(1));
            assertThat(Thread.interrupted()).isTrue();
            ledger.intend(entry(2));
        }
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(ledger.entries("gw")).containsExactly(entry(1), entry(2));
        }
    }

    @Test
    void a_closed_ledger_is_not_written_to() {
        FileLedger ledger = FileLedger.open(file());
        ledger.close();
        ledger.close();
        assertThatThrownBy(() -> ledger.intend(entry(1))).isInstanceOf(IllegalStateException.class);
    }

    // Shortening.

    @Test
    void a_log_that_has_grown_is_shortened_while_open() throws IOException {
        try (FileLedger ledger = FileLedger.open(file())) {
            grow(ledger);
            assertThat(Files.readAllLines(file())).hasSizeLessThan(200);
            assertThat(ledger.entries("gw")).containsExactly(entry(1));
            ledger.intend(entry(2));
        }
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(ledger.entries("gw")).containsExactly(entry(1), entry(2));
        }
    }

    @Test
    void a_log_that_has_grown_is_shortened_when_opened() throws IOException {
        Files.writeString(file(), HEADING + (SOUND + SOUND.replace("intend", "forget")).repeat(1000) + SOUND);
        FileLedger.open(file()).close();
        assertThat(file()).hasContent(HEADING + SOUND);
    }

    @Test
    void what_an_interrupted_shortening_left_is_ignored() throws IOException {
        Files.writeString(directory.resolve("ledger.new"), "porthole-led");
        try (FileLedger ledger = FileLedger.open(file())) {
            grow(ledger);
            assertThat(ledger.entries("gw")).containsExactly(entry(1));
        }
        assertThat(directory.resolve("ledger.new")).doesNotExist();
    }

    @Test
    void where_it_cannot_be_shortened_the_long_log_is_as_good() throws IOException {
        try (FileLedger ledger = FileLedger.open(file())) {
            Path obstacle = Files.createDirectory(directory.resolve("ledger.new"));
            Files.createFile(obstacle.resolve("something"));
            grow(ledger);
            assertThat(ledger.entries("gw")).containsExactly(entry(1));
        }
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(ledger.entries("gw")).containsExactly(entry(1));
        }
    }

    // Refusals.

    @ParameterizedTest
    @ValueSource(
            strings = {
                "intend\tgw\ttag\tTCP\t23917\t192.168.69.110\n",
                "intend\tgw\ttag\tSCTP\t23917\t192.168.69.110\t554\n",
                "intend\tgw\ttag\tTCP\t0\t192.168.69.110\t554\n",
                "intend\tgw\ttag\tTCP\t65536\t192.168.69.110\t554\n",
                "intend\tgw\ttag\tTCP\t99999999999\t192.168.69.110\t554\n",
                "intend\tgw\ttag\tTCP\t23917\tcamera.example.org\t554\n",
                "intend\tgw\ta\\qb\tTCP\t23917\t192.168.69.110\t554\n",
                "intend\tgw\ta\\u00\tTCP\t23917\t192.168.69.110\t554\n",
                "renew\tgw\ttag\tTCP\t23917\t192.168.69.110\t554\n",
                "\n",
            })
    void a_damaged_line_is_refused_with_its_number(String line) throws IOException {
        String text = HEADING + SOUND + line + SOUND;
        Files.writeString(file(), text);
        assertThat(refusal()).contains(file().toString()).contains("line 3:").contains("Nothing was changed");
        assertThat(file()).hasContent(text);
    }

    @Test
    void a_line_that_is_not_utf_8_is_refused() throws IOException {
        Files.write(file(), (HEADING + SOUND + "intend\t\u00e9\n").getBytes(StandardCharsets.ISO_8859_1));
        assertThat(refusal()).contains("line 3: this is not UTF-8");
    }

    @Test
    void zeros_before_an_intent_are_refused() throws IOException {
        Files.writeString(file(), HEADING + "\0\0\0\n" + SOUND);
        assertThat(refusal()).contains("line 2:").contains("zeros");
    }

    @Test
    void another_version_is_refused() throws IOException {
        Files.writeString(file(), "porthole-ledger 3\nsomething new\n");
        assertThat(refusal()).contains("line 1: version '3' is not known");
        assertThat(file()).hasContent("porthole-ledger 3\nsomething new\n");
    }

    private static RememberedGateway gateway(int number, String memento) {
        return new RememberedGateway(
                new Gateway("uuid:" + number, MappingProtocol.UPNP, address("192.168.69.1"), "Make\tand model"),
                address("192.168.69.5"),
                memento);
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow();
    }

    @Test
    void gateways_that_were_used_are_there_after_reopening_and_shortening_the_latest_last() throws IOException {
        try (FileLedger ledger = FileLedger.open(file())) {
            for (int i = 0; i < 100; i++) {
                ledger.remember(gateway(i % 2, "place " + i));
                ledger.intend(entry(1));
                ledger.forget(entry(1));
            }
            ledger.remember(gateway(1, "place 99"));
        }
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(ledger.gateways()).containsExactly(gateway(0, "place 98"), gateway(1, "place 99"));
        }
        assertThat(Files.readAllLines(file())).hasSizeLessThan(70);
    }

    @Test
    void only_the_latest_gateways_are_kept() {
        try (FileLedger ledger = FileLedger.open(file())) {
            for (int i = 0; i < 100; i++) {
                ledger.remember(gateway(i, ""));
            }
            assertThat(ledger.gateways()).hasSize(16).endsWith(gateway(99, ""));
        }
    }

    @Test
    void a_file_of_the_version_without_gateways_loads_and_becomes_the_present_one_when_a_gateway_is_used()
            throws IOException {
        Files.writeString(file(), "porthole-ledger 1\n" + SOUND);
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(ledger.entries("gw")).hasSize(1);
            assertThat(file()).content().startsWith("porthole-ledger 1\n");
            ledger.remember(gateway(1, "place"));
            ledger.intend(entry(7));
        }
        assertThat(file()).content().startsWith(HEADING).contains("gateway\tuuid:1\t");
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(ledger.entries("gw")).hasSize(2);
            assertThat(ledger.gateways()).containsExactly(gateway(1, "place"));
        }
    }

    @Test
    void a_file_of_the_former_version_becomes_the_present_one_before_it_holds_what_is_relayed() throws IOException {
        Files.writeString(file(), "porthole-ledger 1\n" + SOUND);
        LedgerEntry direct = entry(7);
        LedgerEntry relayed = new LedgerEntry(
                direct.gatewayId(),
                direct.tag(),
                direct.protocol(),
                8,
                direct.internal(),
                Optional.of(new InternalEndpoint(direct.internal().address(), 554)));
        try (FileLedger ledger = FileLedger.open(file())) {
            ledger.intend(direct);
            assertThat(file()).content().startsWith("porthole-ledger 1\n");
            ledger.intend(relayed);
            assertThat(file()).content().startsWith(HEADING);
            assertThat(ledger.holds(relayed.tag())).isTrue();
            assertThat(ledger.holds("porthole:nobody:rtsp")).isFalse();
        }
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(ledger.entries(direct.gatewayId())).contains(direct, relayed);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gateway\tuuid:1\tUPNP\t192.168.69.1\t192.168.69.5\tmodel",
                "gateway\tuuid:1\tUPNP\trouter.example.org\t192.168.69.5\tmodel\tplace",
                "gateway\tuuid:1\tTELNET\t192.168.69.1\t192.168.69.5\tmodel\tplace"
            })
    void a_damaged_record_of_a_gateway_is_refused(String record) throws IOException {
        Files.writeString(file(), HEADING + record + "\n");
        assertThat(refusal()).contains("line 2:");
    }

    @Test
    void a_memento_of_any_length_is_refused_that_was_never_written_here() throws IOException {
        Files.writeString(
                file(),
                HEADING + "gateway\tuuid:1\tUPNP\t192.168.69.1\t192.168.69.5\tmodel\t" + "x".repeat(3000) + "\n");
        assertThat(refusal()).contains("line 2:");
    }

    @Test
    void a_file_that_is_no_ledger_is_left_alone() throws IOException {
        Files.writeString(file(), "root:x:0:0::/root:/bin/sh\n");
        assertThat(refusal()).contains("this is not a ledger");
        assertThat(file()).hasContent("root:x:0:0::/root:/bin/sh\n");
    }

    @Test
    void a_directory_is_refused() throws IOException {
        Files.createDirectory(file());
        assertThat(refusal()).contains("this is a directory");
    }

    @Test
    void a_missing_directory_is_named() {
        Path file = directory.resolve("missing/ledger");
        assertThatThrownBy(() -> FileLedger.open(file))
                .hasMessageContaining("there is no directory " + file.getParent());
    }

    @Test
    void a_ledger_that_is_open_is_refused_until_it_is_closed() {
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(refusal()).contains("another process uses it");
            ledger.intend(entry(1));
        }
        FileLedger.open(file()).close();
    }

    // Other processes.

    /** A process that writes down intents without end, and says so after each. */
    static final class Writer {
        public static void main(String[] args) {
            try (FileLedger ledger = FileLedger.open(Path.of(args[0]))) {
                for (int port = 1; port <= 65_535; port++) {
                    ledger.intend(entry(port));
                    System.out.println(port);
                }
            }
        }
    }

    @Test
    void an_intent_that_returned_survives_the_death_of_its_process() throws Exception {
        int last = 0;
        Process process = writer();
        try (BufferedReader said = process.inputReader()) {
            while (last < 100) {
                last = Integer.parseInt(said.readLine());
            }
            assertThat(refusal()).contains("another process uses it");
            // By its handle: destroying the process object would close what it has said so far.
            process.toHandle().destroyForcibly();
            for (String line = said.readLine(); line != null; line = said.readLine()) {
                last = Integer.parseInt(line);
            }
        } finally {
            process.destroyForcibly().waitFor();
        }
        try (FileLedger ledger = FileLedger.open(file())) {
            assertThat(ledger.entries("gw")).hasSizeGreaterThanOrEqualTo(last).contains(entry(1), entry(last));
        }
    }

    private Process writer() throws IOException {
        return new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        file().toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private String refusal() {
        NatTraversalException e = catchThrowableOfType(NatTraversalException.class, () -> FileLedger.open(file()));
        assertThat(e.code()).isEqualTo(FindingCode.LEDGER_UNUSABLE);
        return e.getMessage();
    }

    private static void grow(FileLedger ledger) {
        ledger.intend(entry(1));
        for (int i = 0; i < 200; i++) {
            ledger.intend(entry(2));
            ledger.forget(entry(2));
        }
    }

    private Path file() {
        return directory.resolve("ledger");
    }

    private static LedgerEntry entry(int externalPort) {
        return new LedgerEntry(
                "gw",
                "porthole:door:rtsp",
                TransportProtocol.TCP,
                externalPort,
                new InternalEndpoint(IpLiteral.parse("192.168.69.110").orElseThrow(), 554));
    }
}
