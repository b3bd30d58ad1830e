package dev.porthole.testing;

import dev.porthole.mapping.SearchScope;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * A home in this process: a gateway, cameras behind it, and a network between them that does what the gateway's table
 * says. What is mapped can be connected to through {@link #route()}, what is not mapped cannot.
 *
 * <p>The addresses are those of a real home: cameras at 192.168.69.110 and up with ports 80 and 554, the outside at
 * {@link WanSpec#DEFAULT_EXTERNAL_ADDRESS}. None of them exists. Every socket is on the loopback interface, needs no
 * privileges and has a port that the system chose; {@code route()} leads from the one to the other. Only the gateway's own
 * LAN address is a real one; it is this host's, so that what listens on the loopback interface can be mapped.
 *
 * <p>Thread-safe. Its threads are daemons.
 */
public final class SimulatedHome implements AutoCloseable {
    private final FakeGateway gateway;
    private final Map<String, HomeCamera> cameras = new LinkedHashMap<>();
    private final Set<Integer> blockedPorts = ConcurrentHashMap.newKeySet();
    private final Set<Integer> routerPorts = ConcurrentHashMap.newKeySet();
    private final DeadEnds deadEnds;
    private final Outside outside;

    SimulatedHome(HomeOptions options) throws IOException {
        List<AutoCloseable> started = new ArrayList<>();
        try {
            gateway = options.gateway.start();
            started.add(gateway);
            for (Map.Entry<String, HomeOptions.Plan> each : options.cameras.entrySet()) {
                HomeOptions.Plan plan = each.getValue();
                CameraOptions device = plan.options();
                if (device.ownAuthority.isEmpty()) {
                    device.ownAuthority(plan.address().getHostAddress() + ":" + plan.rtspPort());
                }
                if (device.serial.isEmpty()) {
                    device.serial(cameras.size() + 1);
                }
                FakeCamera camera = device.start();
                started.add(camera);
                cameras.put(
                        each.getKey(),
                        new HomeCamera(each.getKey(), plan.address(), plan.httpPort(), plan.rtspPort(), camera));
            }
            deadEnds = new DeadEnds();
        } catch (IOException e) {
            closeAll(started);
            throw e;
        }
        outside = new Outside(gateway, this::onLan);
        gateway.onChange(outside::follow);
        outside.follow();
    }

    /**
     * Starts a home with a gateway like miniupnpd 2.3.1 and one generic camera, {@code front-door}.
     *
     * @return the home
     * @throws IOException where something cannot listen
     */
    public static SimulatedHome start() throws IOException {
        return options().camera("front-door").start();
    }

    /**
     * Options for a home.
     *
     * @return new options
     */
    public static HomeOptions options() {
        return new HomeOptions();
    }

    /**
     * The gateway.
     *
     * @return the gateway
     */
    public FakeGateway gateway() {
        return gateway;
    }

    /**
     * The cameras.
     *
     * @return an unmodifiable list in the order in which they were added
     */
    public List<HomeCamera> cameras() {
        return List.copyOf(cameras.values());
    }

    /**
     * A camera.
     *
     * @param name its name
     * @return the camera
     * @throws IllegalArgumentException where there is none of this name
     */
    public HomeCamera camera(String name) {
        HomeCamera camera = cameras.get(name);
        if (camera == null) {
            throw new IllegalArgumentException("no camera " + name + " here, only " + cameras.keySet());
        }
        return camera;
    }

    /**
     * Where to search: in this home only, without a packet to the real network.
     *
     * @return a scope with the gateway's address for searches
     */
    public SearchScope searchScope() {
        return SearchScope.builder()
                .multicast(false)
                .gateways(List.of(gateway.ssdpAddress()))
                .cameras(cameras.values().stream().map(HomeCamera::address).toList())
                .build();
    }

    /**
     * The way from the home's addresses to the sockets behind them: what a verifier or a dialer applies to an endpoint
     * before it connects.
     *
     * <p>A mapped port of the external address leads to its camera; a port that is not mapped, or mapped to nobody, leads
     * to a place that refuses connections; a {@linkplain #blockPort blocked} one to a place that never answers. A
     * camera's address on the LAN leads to the camera. Every other address stays as it is.
     *
     * @return a function of resolved addresses, thread-safe
     */
    public UnaryOperator<InetSocketAddress> route() {
        return this::routed;
    }

    private InetSocketAddress routed(InetSocketAddress asked) {
        if (outside.isHere(asked.getAddress())) {
            if (blockedPorts.contains(asked.getPort())) {
                return deadEnds.silent();
            }
            return routerPorts.contains(asked.getPort())
                    ? gateway.httpAddress()
                    : outside.entrance(asked).orElseGet(deadEnds::refusing);
        }
        boolean camera =
                cameras.values().stream().anyMatch(each -> each.address().equals(asked.getAddress()));
        return camera ? onLan(asked.getAddress(), asked.getPort()).orElseGet(deadEnds::refusing) : asked;
    }

    private Optional<InetSocketAddress> onLan(InetAddress address, int port) {
        if (address.isLoopbackAddress()) {
            // This host is a host of the home, too: what listens on it can be mapped, for example a relay.
            return Optional.of(new InetSocketAddress(address, port));
        }
        return cameras.values().stream()
                .filter(camera -> camera.address().equals(address))
                .findFirst()
                .flatMap(camera -> camera.real(port));
    }

    /**
     * Blocks an external port, as some providers do with 80 and 554: connections from outside are never answered, mapped or
     * not.
     *
     * @param port the external port
     * @return this
     */
    public SimulatedHome blockPort(int port) {
        blockedPorts.add(port);
        return this;
    }

    /**
     * Lets the router's own web page answer on an external port, mapped or not, as routers with remote administration do.
     *
     * @param port the external port
     * @return this
     */
    public SimulatedHome routerAnswersOn(int port) {
        routerPorts.add(port);
        return this;
    }

    /**
     * Stops forwarding a port while the gateway goes on listing its mapping, as a Technicolor CGA4131COM did for a month
     * (tailscale #21208). Renewing does not help; deleting the mapping and adding it again does.
     *
     * @param port the external port
     * @return this
     */
    public SimulatedHome breakMapping(int port) {
        outside.breakMapping(port);
        return this;
    }

    /** Closes every socket. */
    @Override
    public void close() {
        List<AutoCloseable> all = new ArrayList<>(List.of(outside, deadEnds, gateway));
        cameras.values().forEach(camera -> all.add(camera.device()));
        closeAll(all);
    }

    private static void closeAll(List<AutoCloseable> all) {
        for (AutoCloseable each : all) {
            try {
                each.close();
            } catch (Exception e) {
                throw new IllegalStateException("none of them throws", e);
            }
        }
    }
}
