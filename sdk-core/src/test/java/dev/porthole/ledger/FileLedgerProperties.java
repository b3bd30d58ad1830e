package dev.porthole.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.TransportProtocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.ByteRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.lifecycle.AfterTry;
import net.jqwik.api.lifecycle.BeforeTry;

class FileLedgerProperties {
    private static final List<String> GATEWAYS = List.of("uuid:5f0c", "", "a\tb\\c\n\u0000\ud800\uD83D\uDCF7");
    private static final Map<String, BiConsumer<Ledger, LedgerEntry>> VERBS =
            Map.of("intend", Ledger::intend, "done", Ledger::done, "forget", Ledger::forget);

    private Path directory;
    private Path file;

    /** One call of the ledger. */
    record Step(String verb, LedgerEntry entry) {}

    @BeforeTry
    void makeDirectory() throws IOException {
        // Thousands of files are synced here; in memory, where there is such a place, that takes no time.
        Path memory = Path.of("/dev/shm");
        directory = Files.isWritable(memory)
                ? Files.createTempDirectory(memory, "ledger")
                : Files.createTempDirectory("ledger");
        file = directory.resolve("ledger");
    }

    @AfterTry
    void removeDirectory() throws IOException {
        try (var files = Files.list(directory)) {
            for (Path path : files.toList()) {
                Files.delete(path);
            }
        }
        Files.delete(directory);
    }

    @Property(tries = 200)
    void an_opened_ledger_holds_what_the_closed_one_held(@ForAll("steps") List<Step> steps) {
        InMemoryLedger model = new InMemoryLedger();
        for (Step step : steps) {
            // Each call in a process of its own.
            try (FileLedger ledger = FileLedger.open(file)) {
                VERBS.get(step.verb()).accept(ledger, step.entry());
            }
            VERBS.get(step.verb()).accept(model, step.entry());
        }
        try (FileLedger ledger = FileLedger.open(file)) {
            assertSame(ledger, model);
        }
    }

    @Property(tries = 20)
    void killed_at_any_byte_the_calls_that_had_returned_are_remembered(@ForAll("steps") List<Step> steps)
            throws IOException {
        NavigableMap<Integer, Set<LedgerEntry>> states = new TreeMap<>();
        states.put(0, Set.of());
        InMemoryLedger model = new InMemoryLedger();
        try (FileLedger ledger = FileLedger.open(file)) {
            for (Step step : steps) {
                VERBS.get(step.verb()).accept(ledger, step.entry());
                VERBS.get(step.verb()).accept(model, step.entry());
                states.put((int) Files.size(file), held(model));
            }
        }
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            try (FileLedger ledger = FileLedger.open(file)) {
                assertThat(held(ledger)).isEqualTo(states.floorEntry(length).getValue());
                ledger.intend(entry("uuid:5f0c", "next", 1, 1));
            }
            try (FileLedger ledger = FileLedger.open(file)) {
                assertThat(held(ledger))
                        .hasSize(withNext(states.floorEntry(length).getValue()));
            }
        }
    }

    @Property(tries = 20)
    void zeros_instead_of_the_unsynced_end_are_dropped(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 1) int zeros) throws IOException {
        InMemoryLedger model = new InMemoryLedger();
        try (FileLedger ledger = FileLedger.open(file)) {
            for (Step step : steps) {
                VERBS.get(step.verb()).accept(ledger, step.entry());
                VERBS.get(step.verb()).accept(model, step.entry());
            }
        }
        byte[] whole = Files.readAllBytes(file);
        byte[] longer = Arrays.copyOf(whole, whole.length + zeros % 5000 + 1);
        longer[longer.length - 1] = '\n';
        Files.write(file, longer);
        try (FileLedger ledger = FileLedger.open(file)) {
            assertSame(ledger, model);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(whole);
    }

    @Property(tries = 200)
    void a_damaged_byte_is_read_or_refused_and_nothing_is_written(
            @ForAll("steps") List<Step> steps, @ForAll @IntRange(min = 0) int at, @ForAll @ByteRange byte value)
            throws IOException {
        try (FileLedger ledger = FileLedger.open(file)) {
            steps.forEach(step -> VERBS.get(step.verb()).accept(ledger, step.entry()));
        }
        byte[] damaged = Files.readAllBytes(file);
        damaged[at % damaged.length] = value;
        Files.write(file, damaged);
        Throwable refusal = catchThrowable(() -> FileLedger.open(file).close());
        if (refusal != null) {
            assertThat(refusal)
                    .isInstanceOf(NatTraversalException.class)
                    .hasMessageContaining(file.toString())
                    .extracting(e -> ((NatTraversalException) e).code())
                    .isEqualTo(FindingCode.LEDGER_UNUSABLE);
            assertThat(Files.readAllBytes(file)).isEqualTo(damaged);
        }
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<LedgerEntry> entries = Combinators.combine(
                        Arbitraries.of(GATEWAYS),
                        Arbitraries.strings().ofMaxLength(8),
                        Arbitraries.integers().between(1, 3),
                        Arbitraries.integers().between(1, 65_535))
                .as(FileLedgerProperties::entry);
        // Few entries, so that calls meet each other.
        return entries.list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .flatMap(few -> Combinators.combine(Arbitraries.of("intend", "done", "forget"), Arbitraries.of(few))
                        .as(Step::new)
                        .list()
                        .ofMaxSize(10));
    }

    private static LedgerEntry entry(String gateway, String tag, int externalPort, int internalPort) {
        return new LedgerEntry(
                gateway,
                tag,
                externalPort % 2 == 0 ? TransportProtocol.UDP : TransportProtocol.TCP,
                externalPort,
                new InternalEndpoint(
                        IpLiteral.parse(externalPort == 3 ? "fd00::7" : "192.168.69.110")
                                .orElseThrow(),
                        internalPort),
                internalPort % 3 == 0
                        ? Optional.of(
                                new InternalEndpoint(IpLiteral.parse("fd00::8").orElseThrow(), externalPort))
                        : Optional.empty());
    }

    private static int withNext(Set<LedgerEntry> before) {
        Set<LedgerEntry> after = new LinkedHashSet<>(before);
        after.add(entry("uuid:5f0c", "next", 1, 1));
        return after.size();
    }

    private static void assertSame(Ledger actual, Ledger expected) {
        assertThat(held(actual)).isEqualTo(held(expected));
    }

    private static Set<LedgerEntry> held(Ledger ledger) {
        List<LedgerEntry> all = new ArrayList<>();
        GATEWAYS.forEach(gateway -> all.addAll(ledger.entries(gateway)));
        return new LinkedHashSet<>(all);
    }
}
