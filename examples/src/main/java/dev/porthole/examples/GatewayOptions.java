package dev.porthole.examples;

import dev.porthole.Deadline;
import dev.porthole.Porthole;
import dev.porthole.event.PortholeListener;
import dev.porthole.ledger.FileLedger;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.ledger.Ledger;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.SearchScope;
import dev.porthole.routers.WebRouter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of every command that talks to a gateway. */
final class GatewayOptions {
    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            order = 50,
            description = "How long all of it may take; fractions are allowed. Default: 30.")
    @Nullable
    String timeout;

    @Option(
            names = "--ledger",
            paramLabel = "FILE",
            order = 51,
            description = "Remember in this file which camera has which port. Default: ask the gateway only.")
    @Nullable
    String ledger;

    @Option(
            names = "--providers",
            paramLabel = "NAME,...",
            order = 52,
            description = "The ways to map ports that may be used, for example upnp; manual is by hand. Default: all.")
    List<String> providers = new ArrayList<>();

    @Option(
            names = "--gateway",
            paramLabel = "ADDR[:PORT]",
            order = 53,
            description = "Ask this gateway directly and no other; PORT is where it answers searches (UPnP: 1900).")
    List<String> gateway = new ArrayList<>();

    @Option(
            names = "--interface",
            paramLabel = "NAME",
            order = 54,
            description = "Search on this network interface only. May be repeated. Default: every usable one.")
    List<String> interfaces = new ArrayList<>();

    @Option(
            names = "--routed-lan",
            order = 55,
            description = "Allow cameras on a LAN to which this host is not attached, behind the same gateway.")
    boolean routedLan;

    @Option(
            names = "--avoid",
            paramLabel = "PORTS",
            order = 56,
            description = "External ports never to use, for example 554,8000-8099.")
    List<String> avoid = new ArrayList<>();

    @Mixin
    RouterOptions router = new RouterOptions();

    /** What is done with Porthole once it is set up. */
    interface Use<T> {
        T with(Porthole porthole) throws InterruptedException;
    }

    /**
     * Sets up Porthole as the options say, uses it and closes it.
     *
     * @param session the surroundings
     * @param ledgerUse what becomes of the ledger's file
     * @param listener is told of the progress
     * @param more what the command sets besides
     * @param use what to do
     */
    <T> T use(
            Session session,
            LedgerUse ledgerUse,
            PortholeListener listener,
            Consumer<Porthole.Builder> more,
            Use<T> use)
            throws InterruptedException {
        Porthole.Builder builder =
                Porthole.builder().listener(listener).scope(scope()).routedLans(routedLan);
        if (timeout != null) {
            builder.timeout(Inputs.timeout("--timeout", timeout));
        }
        builder.avoid(avoided());
        Optional<WebRouter> router = this.router.router(session);
        List<GatewayFinder> available = new ArrayList<>(session.finders().get());
        router.ifPresent(available::add);
        finders(available).forEach(builder::finder);
        // First: of several verifiers the first that can is used.
        session.surroundings().accept(builder);
        more.accept(builder);
        try (OpenLedger open = ledger(ledgerUse);
                Porthole porthole = builder.ledger(open.ledger()).build()) {
            return use.with(porthole);
        } finally {
            router.ifPresent(used -> this.router.tellKey(session, used));
        }
    }

    /** External ports never to use. */
    Set<PortRange> avoided() {
        return avoid.isEmpty() ? Set.of() : Inputs.ports("--avoid", avoid);
    }

    /** Whether no router is to be asked. */
    boolean byHandOnly() {
        return !providers.isEmpty()
                && Inputs.items("--providers", providers).stream()
                        .allMatch(MappingProtocol.MANUAL.id()::equalsIgnoreCase);
    }

    /** When all of it must have ended. */
    Deadline deadline() {
        return Deadline.after(timeout == null ? DEFAULT_TIMEOUT : Inputs.timeout("--timeout", timeout));
    }

    /** Whether the relay is among the ways that were asked for. */
    boolean namesRelay() {
        return !providers.isEmpty()
                && Inputs.items("--providers", providers).stream()
                        .anyMatch(name -> MappingProtocol.byId(name)
                                .filter(MappingProtocol.RELAY::equals)
                                .isPresent());
    }

    /** The finders of the protocols that were asked for, or all. */
    private List<GatewayFinder> finders(List<GatewayFinder> all) {
        if (providers.isEmpty()) {
            return all;
        }
        String available = String.join(
                        ", ",
                        all.stream()
                                .map(finder -> finder.protocol().id())
                                .sorted()
                                .distinct()
                                .toList())
                + " and manual";
        Set<MappingProtocol> wanted = EnumSet.noneOf(MappingProtocol.class);
        for (String name : Inputs.items("--providers", providers)) {
            MappingProtocol protocol = MappingProtocol.byId(name)
                    .orElseThrow(() -> new InvalidInput(
                            "--providers", Words.quoted(name) + " is not known; available: " + available));
            if (protocol == MappingProtocol.RELAY) {
                continue;
            }
            if (protocol != MappingProtocol.MANUAL && all.stream().noneMatch(finder -> finder.protocol() == protocol)) {
                throw new InvalidInput(
                        "--providers",
                        protocol == MappingProtocol.WEB
                                ? "'web' needs a router: give --router"
                                : "'" + protocol.id() + "' is not built yet; available: " + available);
            }
            wanted.add(protocol);
        }
        if (wanted.isEmpty()) {
            throw new InvalidInput(
                    "--providers", "'relay' maps by one of the others; name it too, for example upnp,relay");
        }
        return wanted.equals(EnumSet.of(MappingProtocol.MANUAL))
                ? List.of(new NobodyAsked())
                : all.stream()
                        .filter(finder -> wanted.contains(finder.protocol()))
                        .toList();
    }

    private SearchScope scope() {
        SearchScope.Builder scope = SearchScope.builder();
        if (!gateway.isEmpty()) {
            scope.multicast(false)
                    .gateways(gateway.stream().map(GatewayOptions::gateway).toList());
        }
        if (!interfaces.isEmpty()) {
            Set<String> names = new LinkedHashSet<>(Inputs.items("--interface", interfaces));
            names.forEach(GatewayOptions::checkInterface);
            scope.interfaces(names);
        }
        return scope.build();
    }

    private static InetSocketAddress gateway(String text) {
        int colon = text.lastIndexOf(':');
        boolean port = colon > 0 && (text.indexOf(':') == colon || text.charAt(colon - 1) == ']');
        InetAddress address = Inputs.host("--gateway", port ? text.substring(0, colon) : text);
        return new InetSocketAddress(address, port ? Inputs.port("--gateway", text.substring(colon + 1)) : 0);
    }

    private static void checkInterface(String name) {
        try {
            if (NetworkInterface.getByName(name) == null) {
                List<String> names = NetworkInterface.networkInterfaces()
                        .map(NetworkInterface::getName)
                        .sorted()
                        .toList();
                throw new InvalidInput(
                        "--interface",
                        "this host has no network interface " + Words.quoted(name) + "; it has " + Words.list(names));
            }
        } catch (SocketException e) {
            throw new InvalidInput("--interface", "the system does not tell its network interfaces: " + e.getMessage());
        }
    }

    /** What a command does with the ledger's file. */
    enum LedgerUse {
        /** It is not looked at. */
        NONE,
        /** It is read where there is one. */
        IF_PRESENT,
        /** It is made where there is none. */
        KEEP
    }

    private OpenLedger ledger(LedgerUse ledgerUse) {
        if (ledger == null || ledgerUse == LedgerUse.NONE) {
            return new OpenLedger(new InMemoryLedger(), () -> {});
        }
        Path path;
        try {
            path = Path.of(ledger);
        } catch (InvalidPathException e) {
            throw new InvalidInput("--ledger", Words.quoted(ledger) + " is not a path");
        }
        if (ledgerUse == LedgerUse.IF_PRESENT && Files.notExists(path)) {
            return new OpenLedger(new InMemoryLedger(), () -> {});
        }
        FileLedger file = FileLedger.open(path);
        return new OpenLedger(file, file::close);
    }

    /** A ledger, and how to close it. */
    private record OpenLedger(Ledger ledger, Runnable closing) implements AutoCloseable {
        @Override
        public void close() {
            closing.run();
        }
    }
}
