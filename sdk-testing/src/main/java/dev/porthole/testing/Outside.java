package dev.porthole.testing;

import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.IpLiteral;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Internet side of a simulated home: for each mapping in force a listener that leads to its camera. Connections that
 * are open stay so when their mapping ends, as on miniupnpd.
 */
final class Outside implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Outside.class);
    /** Here the listeners have the external ports' own numbers, where the system lets them. */
    private static final InetAddress NUMBERED = HomeOptions.literal("127.0.113.7");

    private static final int BUFFER = 16 * 1024;

    private final FakeGateway gateway;
    private final BiFunction<InetAddress, Integer, Optional<InetSocketAddress>> lan;
    private final Map<InetSocketAddress, Entrance> entrances = new HashMap<>();
    /** Listeners whose mapping is over; their connections may still be open. */
    private final List<TcpServer> ended = new ArrayList<>();

    /** External ports whose mappings are listed and dead. */
    private final Set<Integer> broken = new HashSet<>();

    private boolean closed;

    /** A listener and the endpoint on the LAN to which it leads. */
    private record Entrance(TcpServer server, InetSocketAddress internal) {}

    Outside(FakeGateway gateway, BiFunction<InetAddress, Integer, Optional<InetSocketAddress>> lan) {
        this.gateway = gateway;
        this.lan = lan;
    }

    /** Whether an address is the outside of this home, as its gateway reports it. */
    boolean isHere(InetAddress address) {
        return gateway.wans().stream()
                .anyMatch(wan -> IpLiteral.parse(wan.externalAddress())
                        .filter(address::equals)
                        .isPresent());
    }

    /** Where connections to an external endpoint are really accepted; empty where they are refused. */
    Optional<InetSocketAddress> entrance(InetSocketAddress external) {
        follow();
        synchronized (this) {
            return Optional.ofNullable(entrances.get(external))
                    .filter(entrance -> real(entrance.internal).isPresent())
                    .map(entrance -> entrance.server.address());
        }
    }

    private Optional<InetSocketAddress> real(InetSocketAddress internal) {
        return lan.apply(internal.getAddress(), internal.getPort());
    }

    synchronized void breakMapping(int port) {
        broken.add(port);
        follow();
    }

    /** Opens and closes listeners so that they are what the gateway's tables say. */
    synchronized void follow() {
        Map<InetSocketAddress, InetSocketAddress> wanted = closed ? new HashMap<>() : mappings();
        broken.retainAll(
                wanted.keySet().stream().map(InetSocketAddress::getPort).toList());
        wanted.keySet().removeIf(external -> broken.contains(external.getPort()));
        for (Iterator<Map.Entry<InetSocketAddress, Entrance>> each =
                        entrances.entrySet().iterator();
                each.hasNext(); ) {
            Map.Entry<InetSocketAddress, Entrance> open = each.next();
            if (!open.getValue().internal.equals(wanted.get(open.getKey()))) {
                open.getValue().server.stopAccepting();
                ended.add(open.getValue().server);
                each.remove();
            }
        }
        wanted.forEach((external, internal) -> {
            if (!entrances.containsKey(external)) {
                open(external, internal);
            }
        });
    }

    /** Every TCP mapping in force that leads to an address; nothing reaches a private external address from outside. */
    private Map<InetSocketAddress, InetSocketAddress> mappings() {
        Map<InetSocketAddress, InetSocketAddress> found = new HashMap<>();
        for (FakeWan wan : gateway.wans()) {
            Optional<InetAddress> external = IpLiteral.parse(wan.externalAddress())
                    .filter(address -> ExternalAddress.kindOf(address) == ExternalAddress.Kind.PUBLIC);
            if (external.isEmpty()) {
                continue;
            }
            for (TableEntry entry : wan.mappings()) {
                Optional<InetAddress> client = IpLiteral.parse(entry.internalClient());
                if (client.isPresent()
                        && entry.enabled()
                        && entry.protocol().equalsIgnoreCase("TCP")
                        && entry.remoteHost().isEmpty()) {
                    found.put(
                            new InetSocketAddress(external.get(), entry.externalPort()),
                            new InetSocketAddress(client.get(), entry.internalPort()));
                }
            }
        }
        return found;
    }

    private void open(InetSocketAddress external, InetSocketAddress internal) {
        TcpServer.Handler handler = connection -> forward(connection, internal);
        String name = "outside-" + external.getPort();
        try {
            entrances.put(external, new Entrance(listen(external.getPort(), name, handler), internal));
        } catch (IOException e) {
            LOG.warn("simulated home: port {} cannot be forwarded: {}", external.getPort(), e.getMessage());
        }
    }

    private static TcpServer listen(int port, String name, TcpServer.Handler handler) throws IOException {
        try {
            return TcpServer.start(new InetSocketAddress(NUMBERED, port), name, handler);
        } catch (IOException e) {
            // A privileged port, another home, or a system with 127.0.0.1 only: any port will do.
            return TcpServer.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), name, handler);
        }
    }

    private void forward(Socket fromOutside, InetSocketAddress internal) throws IOException {
        Optional<InetSocketAddress> camera = real(internal);
        if (camera.isEmpty()) {
            fromOutside.setSoLinger(true, 0);
            return;
        }
        try (Socket toCamera =
                new Socket(camera.get().getAddress(), camera.get().getPort())) {
            toCamera.setTcpNoDelay(true);
            Thread back = TcpServer.daemons("outside-back").newThread(() -> pump(toCamera, fromOutside));
            back.start();
            pump(fromOutside, toCamera);
            back.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Copies until one side ends, then tells the other. */
    private static void pump(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[BUFFER];
            for (int count = in.read(buffer); count >= 0; count = in.read(buffer)) {
                out.write(buffer, 0, count);
                out.flush();
            }
            to.shutdownOutput();
        } catch (IOException e) {
            close(from);
            close(to);
        }
    }

    private static void close(Socket socket) {
        try {
            socket.setSoLinger(true, 0);
            socket.close();
        } catch (IOException e) {
            LOG.debug("outside: closing: {}", e.toString());
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        entrances.values().forEach(entrance -> entrance.server.close());
        entrances.clear();
        ended.forEach(TcpServer::close);
    }
}
