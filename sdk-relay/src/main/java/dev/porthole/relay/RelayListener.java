package dev.porthole.relay;

import dev.porthole.mapping.InternalEndpoint;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * Is told what a {@link Relay} does. Every method does nothing unless overridden. Methods are called on the relay's only
 * thread: while one runs nothing is relayed, so none may wait for anything, nor have the relay open a port or close. What they
 * throw is logged and otherwise ignored.
 */
public interface RelayListener {
    /**
     * A connection reached the camera.
     *
     * @param target the camera's service
     * @param source who connected
     */
    default void opened(InternalEndpoint target, InetSocketAddress source) {}

    /**
     * A connection ended.
     *
     * @param target the camera's service
     * @param source who had connected
     * @param ending why
     * @param bytesToCamera what was passed on to the camera
     * @param bytesFromCamera what was passed on from the camera
     */
    default void closed(
            InternalEndpoint target,
            InetSocketAddress source,
            RelayEnding ending,
            long bytesToCamera,
            long bytesFromCamera) {}

    /**
     * Connections were refused. Told at once for the first, then at most once a minute for each reason.
     *
     * @param reason why
     * @param source who was refused last
     * @param count how many there were since it was told last
     */
    default void refused(RelayRefusal reason, InetAddress source, long count) {}

    /**
     * A camera could not be reached. Told at once for the first, then at most once a minute for each service.
     *
     * @param target the camera's service
     * @param why what the system said
     * @param count how many connections failed since it was told last
     */
    default void unreachable(InternalEndpoint target, String why, long count) {}

    /**
     * A camera that could not be reached is there again.
     *
     * @param target the camera's service
     */
    default void reachableAgain(InternalEndpoint target) {}
}
