package dev.porthole.testing;

import dev.porthole.Camera;
import dev.porthole.mapping.InternalEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * A camera of a {@link SimulatedHome}: where it is on the simulated LAN, and the device itself.
 *
 * @param name its name
 * @param address its address on the LAN, where nothing real is
 * @param httpPort the port of its web page on the LAN
 * @param rtspPort the port of RTSP on the LAN
 * @param device the device, which listens on other ports of this host
 */
public record HomeCamera(String name, InetAddress address, int httpPort, int rtspPort, FakeCamera device) {
    /**
     * This camera as the SDK knows one, at its address and ports on the LAN.
     *
     * @return a builder that may be changed further
     */
    public Camera.Builder described() {
        return device.described(name, address, httpPort, rtspPort);
    }

    /**
     * The web page on the LAN.
     *
     * @return address and port
     */
    public InternalEndpoint http() {
        return new InternalEndpoint(address, httpPort);
    }

    /**
     * RTSP on the LAN.
     *
     * @return address and port
     */
    public InternalEndpoint rtsp() {
        return new InternalEndpoint(address, rtspPort);
    }

    /** Where a port of this camera really is; empty where nobody listens on it. */
    Optional<InetSocketAddress> real(int port) {
        if (device.closed()) {
            return Optional.empty();
        }
        return port == httpPort
                ? Optional.of(device.httpAddress())
                : port == rtspPort ? Optional.of(device.rtspAddress()) : Optional.empty();
    }
}
