package dev.porthole.testing;

import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.SearchScope;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A gateway that speaks PCP (RFC 6887) and NAT-PMP (RFC 6886) on a UDP port of the loopback interface, with a table, an
 * epoch, quirks and faults. It forwards nothing.
 *
 * <p>It keeps to the RFCs unless told otherwise, also in what it demands: a request that does not is answered
 * MALFORMED_REQUEST and kept in {@link #complaints()}. Thread-safe; its thread is a daemon.
 */
public final class FakePcpServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(FakePcpServer.class);
    private static final int MAX_DATAGRAM = 2048;
    /** What RFC 6887 section 15 suggests for errors that may pass. */
    private static final int SHORT_ERROR = 30;

    private static final int NOT_AUTHORIZED = 2;
    private static final int MALFORMED_REQUEST = 3;
    private static final int UNSUPP_OPTION = 5;
    private static final int MALFORMED_OPTION = 6;
    private static final int NO_RESOURCES = 8;
    private static final int CANNOT_PROVIDE_EXTERNAL = 11;
    private static final int ADDRESS_MISMATCH = 12;

    /** Ways in which servers differ from the RFC or from each other. */
    public enum Trait {
        /** THIRD_PARTY is not known (miniupnpd without {@code pcp_allow_thirdparty}). */
        NO_THIRD_PARTY,
        /** THIRD_PARTY is known and not allowed. */
        THIRD_PARTY_NOT_AUTHORIZED,
        /** Nothing is allowed. */
        NOTHING_AUTHORIZED,
        /** FILTER is not known. */
        NO_FILTER,
        /** FILTER is accepted, whatever it says, and nobody kept out (miniupnpd 2.3.1). */
        FILTER_IGNORED,
        /** The end of a mapping that is not there is answered NO_RESOURCES (miniupnpd 2.3.1). */
        NOTHING_TO_END,
        /** PREFER_FAILURE is not known. */
        NO_PREFER_FAILURE,
        /** PREFER_FAILURE is ignored (miniupnpd 2.3.1). */
        PREFER_FAILURE_IGNORED,
        /** A pinhole that is renewed forgets whose it is: whoever wants renews it, nobody ends it (miniupnpd 2.3.1). */
        RENEWED_PINHOLE_FORGETS,
        /** Only NAT-PMP is spoken; PCP is answered with the version. */
        NATPMP_ONLY,
        /** As NATPMP_ONLY, with 4 bytes instead of 8. */
        NATPMP_ONLY_SHORT,
        /** Only NAT-PMP is spoken; PCP is not answered. */
        SILENT_TO_PCP,
        /** Only PCP is spoken; NAT-PMP is answered with the version. */
        PCP_ONLY,
        /** Nothing is answered. */
        SILENT
    }

    private record Rule(Predicate<PcpCall> when, int code) {}

    private record Scripted(PcpCall.Kind kind, PcpFault fault, boolean always) {}

    private final DatagramSocket socket;
    private final Set<Trait> traits = EnumSet.noneOf(Trait.class);
    private final List<PcpEntry> table = new ArrayList<>();
    private final List<PcpCall> calls = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();
    private final List<Scripted> faults = new ArrayList<>();
    private final List<Rule> refusals = new ArrayList<>();
    private final LongSupplier nanoTime;
    private final AtomicLong startedAt;
    private InetAddress external;
    private long longestLifetime = 86_400;

    private FakePcpServer(DatagramSocket socket, LongSupplier nanoTime) {
        this.socket = socket;
        this.nanoTime = nanoTime;
        this.startedAt =
                new AtomicLong(nanoTime.getAsLong() - Duration.ofSeconds(1000).toNanos());
        this.external = address("203.0.113.7");
    }

    /**
     * Starts a server that has been up for 1000 seconds and whose external address is 203.0.113.7.
     *
     * @param traits what is special about it
     * @return the server
     * @throws IOException where no port can be had
     */
    public static FakePcpServer start(Trait... traits) throws IOException {
        return start(System::nanoTime, traits);
    }

    /**
     * Starts a server with a clock of its own.
     *
     * @param nanoTime the clock of its epoch
     * @param traits what is special about it
     * @return the server
     * @throws IOException where no port can be had
     */
    public static FakePcpServer start(LongSupplier nanoTime, Trait... traits) throws IOException {
        DatagramSocket socket = new DatagramSocket(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        FakePcpServer server = new FakePcpServer(socket, nanoTime);
        server.traits.addAll(Arrays.asList(traits));
        TcpServer.daemons("fake-pcp").newThread(server::listen).start();
        return server;
    }

    /**
     * Where it listens.
     *
     * @return an address of the loopback interface
     */
    public InetSocketAddress address() {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    /**
     * Where to search: for this server only, without a packet to the real network.
     *
     * @return a scope
     */
    public SearchScope searchScope() {
        return SearchScope.builder()
                .multicast(false)
                .gateways(List.of(address()))
                .build();
    }

    /**
     * The mappings held.
     *
     * @return a copy, oldest first
     */
    public synchronized List<PcpEntry> table() {
        return List.copyOf(table);
    }

    /**
     * The requests so far.
     *
     * @return a copy, oldest first
     */
    public synchronized List<PcpCall> calls() {
        return List.copyOf(calls);
    }

    /**
     * Requests that did not keep to the RFCs, and where.
     *
     * @return a copy; empty is what a client should strive for
     */
    public synchronized List<String> complaints() {
        return List.copyOf(complaints);
    }

    /**
     * Holds a mapping of somebody else.
     *
     * @param protocol the transport's number
     * @param externalPort the external port
     * @return this
     */
    public synchronized FakePcpServer foreign(int protocol, int externalPort) {
        table.add(new PcpEntry(protocol, externalPort, address("192.168.1.66"), 1000, 3600, "f".repeat(24), List.of()));
        return this;
    }

    /**
     * Sets the external address.
     *
     * @param literal an IP literal
     * @return this
     */
    public synchronized FakePcpServer external(String literal) {
        external = address(literal);
        return this;
    }

    /**
     * Sets the longest lifetime granted.
     *
     * @param seconds default a day
     * @return this
     */
    public synchronized FakePcpServer longestLifetime(long seconds) {
        longestLifetime = seconds;
        return this;
    }

    /**
     * Refuses requests of a kind from now on.
     *
     * @param kind the kind
     * @param code the protocol's result code
     * @return this
     */
    public synchronized FakePcpServer refuse(PcpCall.Kind kind, int code) {
        return refuse(call -> call.kind() == kind, code);
    }

    /**
     * Refuses some requests from now on.
     *
     * @param when which
     * @param code the protocol's result code
     * @return this
     */
    public synchronized FakePcpServer refuse(Predicate<PcpCall> when, int code) {
        refusals.add(new Rule(when, code));
        return this;
    }

    /**
     * Answers the next request of a kind wrongly.
     *
     * @param kind the kind
     * @param fault how
     * @return this
     */
    public synchronized FakePcpServer next(PcpCall.Kind kind, PcpFault fault) {
        faults.add(new Scripted(kind, fault, false));
        return this;
    }

    /**
     * Answers every request of a kind wrongly.
     *
     * @param kind the kind
     * @param fault how
     * @return this
     */
    public synchronized FakePcpServer always(PcpCall.Kind kind, PcpFault fault) {
        faults.add(new Scripted(kind, fault, true));
        return this;
    }

    /**
     * Answers everything right and grants everything again.
     *
     * @return this
     */
    public synchronized FakePcpServer clear() {
        faults.clear();
        refusals.clear();
        return this;
    }

    /**
     * Restarts: the mappings are gone and the epoch begins again.
     *
     * @return this
     */
    public synchronized FakePcpServer restart() {
        table.clear();
        startedAt.set(nanoTime.getAsLong());
        return this;
    }

    /**
     * Shifts the epoch.
     *
     * @param seconds by how much; negative for back
     * @return this
     */
    public FakePcpServer shiftEpoch(long seconds) {
        startedAt.addAndGet(-Duration.ofSeconds(seconds).toNanos());
        return this;
    }

    /**
     * Sends the announcement of a restart to a client, as a server does to all by multicast.
     *
     * @param to the client
     * @throws IOException where it cannot be sent
     */
    public void announce(InetSocketAddress to) throws IOException {
        byte[] bytes = header(0, 0, 0).array();
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private void listen() {
        byte[] buffer = new byte[MAX_DATAGRAM];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                byte[] bytes = Arrays.copyOf(packet.getData(), packet.getLength());
                for (PcpFault.Datagram reply : answer(bytes, packet.getAddress())) {
                    reply.send(socket, packet.getSocketAddress());
                }
            } catch (SocketException e) {
                LOG.debug("fake PCP server: {}", e.getMessage());
            } catch (IOException e) {
                LOG.warn("fake PCP server: {}", e.getMessage());
            }
        }
    }

    private synchronized List<PcpFault.Datagram> answer(byte[] bytes, InetAddress source) {
        if (traits.contains(Trait.SILENT)) {
            return List.of();
        }
        boolean natPmp = bytes.length > 0 && bytes[0] == 0;
        Optional<byte[]> version = natPmp ? notNatPmp() : notPcp();
        if (version.isPresent()) {
            return version.get().length == 0 ? List.of() : List.of(new PcpFault.Datagram(version.get(), false));
        }
        PcpCall call;
        try {
            call = PcpCall.parse(bytes);
        } catch (IllegalArgumentException e) {
            complaints.add(String.valueOf(e.getMessage()));
            return List.of(new PcpFault.Datagram(
                    header(bytes.length > 1 ? bytes[1] & 0x7F : 0, MALFORMED_REQUEST, SHORT_ERROR)
                            .array(),
                    false));
        }
        calls.add(call);
        byte[] reply = natPmp ? natPmp(call, source) : pcp(call, source, bytes);
        return fault(call.kind())
                .map(fault -> fault.instead(reply))
                .orElseGet(() -> List.of(new PcpFault.Datagram(reply, false)));
    }

    private Optional<PcpFault> fault(PcpCall.Kind kind) {
        for (Scripted scripted : faults) {
            if (scripted.kind == kind) {
                if (!scripted.always) {
                    faults.remove(scripted);
                }
                return Optional.of(scripted.fault);
            }
        }
        return Optional.empty();
    }

    /** What a server without PCP answers; nothing, as no bytes, where it is silent. */
    private Optional<byte[]> notPcp() {
        byte[] full =
                ByteBuffer.allocate(8).putInt(0x0080_0001).putInt((int) epoch()).array();
        if (traits.contains(Trait.NATPMP_ONLY)) {
            return Optional.of(full);
        }
        if (traits.contains(Trait.NATPMP_ONLY_SHORT)) {
            return Optional.of(Arrays.copyOf(full, 4));
        }
        return traits.contains(Trait.SILENT_TO_PCP) ? Optional.of(new byte[0]) : Optional.empty();
    }

    private Optional<byte[]> notNatPmp() {
        return traits.contains(Trait.PCP_ONLY)
                ? Optional.of(header(0, 1, SHORT_ERROR).array())
                : Optional.empty();
    }

    private byte[] pcp(PcpCall call, InetAddress source, byte[] request) {
        int refused = refusal(call, source);
        if (call.kind() == PcpCall.Kind.ANNOUNCE) {
            return header(0, refused, refused == 0 ? 0 : SHORT_ERROR).array();
        }
        if (refused != 0) {
            byte[] echo = request.clone();
            header(1, refused, SHORT_ERROR).rewind().get(echo, 0, 24);
            return echo;
        }
        InetAddress internal = call.thirdParty().orElse(source);
        Optional<PcpEntry> held = held(call, internal);
        boolean renewedPinhole = traits.contains(Trait.RENEWED_PINHOLE_FORGETS)
                && held.isPresent()
                && internal instanceof Inet6Address
                && call.lifetime() != 0;
        if (held.isPresent() && !held.get().nonce().equals(call.nonce()) && !renewedPinhole) {
            return mapReply(call, NOT_AUTHORIZED, SHORT_ERROR, 0, internal);
        }
        if (call.lifetime() == 0) {
            held.ifPresent(table::remove);
            boolean told = held.isEmpty() && traits.contains(Trait.NOTHING_TO_END);
            return mapReply(call, told ? NO_RESOURCES : 0, told ? SHORT_ERROR : 0, call.externalPort(), internal);
        }
        int port = held.map(PcpEntry::externalPort).orElseGet(() -> free(call.protocol(), call.externalPort()));
        boolean insist = call.preferFailure() && !traits.contains(Trait.PREFER_FAILURE_IGNORED);
        if (insist && port != call.externalPort()) {
            return mapReply(call, CANNOT_PROVIDE_EXTERNAL, SHORT_ERROR, 0, internal);
        }
        long lifetime = Math.min(call.lifetime(), longestLifetime);
        held.ifPresent(table::remove);
        table.add(new PcpEntry(
                call.protocol(),
                port,
                internal,
                call.internalPort(),
                lifetime,
                renewedPinhole ? "" : call.nonce(),
                traits.contains(Trait.FILTER_IGNORED)
                        ? List.of()
                        : filters(call, held.map(PcpEntry::filters).orElse(List.of()))));
        return mapReply(call, 0, lifetime, port, internal);
    }

    /** A filter of prefix length 0 clears, others add (RFC 6887 section 13.3). */
    private static List<String> filters(PcpCall call, List<String> before) {
        List<String> filters = new ArrayList<>(before);
        for (String filter : call.filters()) {
            if (filter.endsWith("/0")) {
                filters.clear();
            } else {
                filters.add(filter);
            }
        }
        return filters;
    }

    private int refusal(PcpCall call, InetAddress source) {
        for (Rule rule : refusals) {
            if (rule.when.test(call)) {
                return rule.code;
            }
        }
        if (!call.client().orElse(source).equals(source)) {
            return ADDRESS_MISMATCH;
        }
        boolean unknown = (call.thirdParty().isPresent() && traits.contains(Trait.NO_THIRD_PARTY))
                || (call.preferFailure() && traits.contains(Trait.NO_PREFER_FAILURE))
                || (!call.filters().isEmpty() && traits.contains(Trait.NO_FILTER));
        if (unknown) {
            return UNSUPP_OPTION;
        }
        if (call.thirdParty().filter(source::equals).isPresent()) {
            return MALFORMED_REQUEST;
        }
        if (!traits.contains(Trait.FILTER_IGNORED) && !call.filters().stream().allMatch(FakePcpServer::possible)) {
            return MALFORMED_OPTION;
        }
        boolean forbidden = (call.thirdParty().isPresent() && traits.contains(Trait.THIRD_PARTY_NOT_AUTHORIZED))
                || (call.kind() == PcpCall.Kind.MAP && traits.contains(Trait.NOTHING_AUTHORIZED));
        return forbidden ? NOT_AUTHORIZED : 0;
    }

    private static boolean possible(String filter) {
        return Integer.parseInt(filter.substring(filter.indexOf('/') + 1)) <= 128;
    }

    private Optional<PcpEntry> held(PcpCall call, InetAddress internal) {
        return table.stream()
                .filter(e -> e.protocol() == call.protocol()
                        && e.internalPort() == call.internalPort()
                        && e.internal().equals(internal))
                .findFirst();
    }

    private int free(int protocol, int wanted) {
        int port = wanted == 0 ? 20_000 : wanted;
        while (taken(protocol, port)) {
            port++;
        }
        return port;
    }

    private boolean taken(int protocol, int port) {
        return table.stream().anyMatch(e -> e.protocol() == protocol && e.externalPort() == port);
    }

    private ByteBuffer header(int opcode, int code, long lifetime) {
        return ByteBuffer.allocate(24)
                .put((byte) 2)
                .put((byte) (0x80 | opcode))
                .put((byte) 0)
                .put((byte) code)
                .putInt((int) lifetime)
                .putInt((int) epoch());
    }

    private byte[] mapReply(PcpCall call, int code, long lifetime, int port, InetAddress internal) {
        // An IPv6 pinhole leads to the host itself.
        InetAddress outside = internal instanceof Inet4Address ? external : internal;
        ByteBuffer out = ByteBuffer.allocate(60).put(header(1, code, lifetime).array());
        out.put(java.util.HexFormat.of().parseHex(call.nonce()));
        out.put((byte) call.protocol()).put(new byte[3]);
        out.putShort((short) call.internalPort()).putShort((short) port);
        if (outside instanceof Inet4Address) {
            out.put(new byte[10]).putShort((short) -1);
        }
        return out.put(outside.getAddress()).array();
    }

    private byte[] natPmp(PcpCall call, InetAddress source) {
        int code = refusals.stream()
                .filter(rule -> rule.when.test(call))
                .mapToInt(Rule::code)
                .findFirst()
                .orElse(0);
        if (call.kind() == PcpCall.Kind.NATPMP_ADDRESS) {
            return natPmpHeader(12, 0, code)
                    .put(code == 0 ? external.getAddress() : new byte[4])
                    .array();
        }
        int port = 0;
        long lifetime = 0;
        if (code == 0) {
            Optional<PcpEntry> held = held(call, source);
            held.ifPresent(table::remove);
            if (call.lifetime() != 0) {
                port = held.map(PcpEntry::externalPort).orElseGet(() -> free(call.protocol(), call.externalPort()));
                lifetime = Math.min(call.lifetime(), longestLifetime);
                table.add(new PcpEntry(call.protocol(), port, source, call.internalPort(), lifetime, "", List.of()));
            }
        }
        return natPmpHeader(16, call.protocol() == 17 ? 1 : 2, code)
                .putShort((short) call.internalPort())
                .putShort((short) port)
                .putInt((int) lifetime)
                .array();
    }

    private ByteBuffer natPmpHeader(int length, int opcode, int code) {
        return ByteBuffer.allocate(length)
                .put((byte) 0)
                .put((byte) (0x80 | opcode))
                .putShort((short) code)
                .putInt((int) epoch());
    }

    private long epoch() {
        return Duration.ofNanos(nanoTime.getAsLong() - startedAt.get()).toSeconds();
    }

    private static InetAddress address(String literal) {
        return IpLiteral.parse(literal).orElseThrow(() -> new IllegalArgumentException(literal + " is no address"));
    }

    /** Stops it. */
    @Override
    public void close() {
        socket.close();
    }
}
