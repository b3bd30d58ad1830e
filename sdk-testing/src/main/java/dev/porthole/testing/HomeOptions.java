package dev.porthole.testing;

import dev.porthole.mapping.IpLiteral;
import java.io.IOException;
import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Builds a {@link SimulatedHome}. Not thread-safe.
 *
 * <p>Defaults: a gateway like miniupnpd 2.3.1 with a web page of its own, and no camera.
 */
public final class HomeOptions {
    private static final String NETWORK = "192.168.69.";
    private static final int FIRST_HOST = 110;

    GatewayOptions gateway = FakeGateway.options().page(RouterPage.of("Simulated router"));
    final Map<String, Plan> cameras = new LinkedHashMap<>();

    /** A camera to be. */
    record Plan(InetAddress address, int httpPort, int rtspPort, CameraOptions options) {}

    HomeOptions() {}

    /**
     * Sets the gateway.
     *
     * @param value its options
     * @return this
     */
    public HomeOptions gateway(GatewayOptions value) {
        gateway = Objects.requireNonNull(value, "gateway");
        return this;
    }

    /**
     * Adds a generic camera with its web page on port 80 and RTSP on port 554, at the next free address from
     * 192.168.69.110.
     *
     * @param name unique in this home
     * @return this
     */
    public HomeOptions camera(String name) {
        return camera(name, FakeCamera.options());
    }

    /**
     * Adds a camera with its web page on port 80 and RTSP on port 554, at the next free address from 192.168.69.110.
     *
     * @param name unique in this home
     * @param options what it is like
     * @return this
     */
    public HomeOptions camera(String name, CameraOptions options) {
        return camera(name, literal(NETWORK + (FIRST_HOST + cameras.size())), 80, 554, options);
    }

    /**
     * Adds a camera.
     *
     * @param name unique in this home
     * @param address its address on the LAN; nothing real is there
     * @param httpPort the port of its web page on the LAN
     * @param rtspPort the port of RTSP on the LAN
     * @param options what it is like
     * @return this
     * @throws IllegalArgumentException where the name or the address is taken
     */
    public HomeOptions camera(String name, InetAddress address, int httpPort, int rtspPort, CameraOptions options) {
        boolean taken =
                cameras.values().stream().anyMatch(camera -> camera.address().equals(address));
        if (taken || cameras.containsKey(name)) {
            throw new IllegalArgumentException("there is a camera " + name + " or one at " + address.getHostAddress());
        }
        cameras.put(name, new Plan(address, httpPort, rtspPort, options));
        return this;
    }

    static InetAddress literal(String text) {
        return IpLiteral.parse(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text + "' is not an IP address"));
    }

    /**
     * Starts the home.
     *
     * @return the home, with everything in it listening
     * @throws IOException where something cannot listen
     */
    public SimulatedHome start() throws IOException {
        return new SimulatedHome(this);
    }
}
