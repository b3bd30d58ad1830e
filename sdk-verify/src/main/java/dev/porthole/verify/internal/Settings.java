package dev.porthole.verify.internal;

import dev.porthole.reach.Target;
import dev.porthole.verify.KeyPins;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * What the verifier's builder was told.
 *
 * @param connectTimeout longest time for a TCP connection
 * @param answerTimeout longest time for each answer
 * @param userAgent how we call ourselves
 * @param basicAllowed whether a password may be sent by Basic
 * @param route from the address to reach to the address to dial
 * @param pins the TLS keys of devices
 * @param mediaTime how long a stream's media must flow; empty where a description is enough
 * @param tunnel whether RTSP is spoken within HTTP
 * @param streamUri whether the camera is always asked by ONVIF for its stream's URL
 * @param onvifPort the camera's web port on its LAN
 */
public record Settings(
        Duration connectTimeout,
        Duration answerTimeout,
        String userAgent,
        boolean basicAllowed,
        UnaryOperator<InetSocketAddress> route,
        KeyPins pins,
        Optional<Duration> mediaTime,
        boolean tunnel,
        boolean streamUri,
        int onvifPort) {

    /** For a look at the camera on the LAN, to compare what is seen there: no account, nothing played, nothing kept. */
    public static Settings forALook(Duration answer, UnaryOperator<InetSocketAddress> route) {
        return new Settings(
                answer,
                answer,
                "Porthole",
                false,
                route,
                KeyPins.inMemory(),
                Optional.empty(),
                false,
                false,
                Target.Scheme.HTTP.defaultPort());
    }

    /** The endpoint to dial for a target. */
    public InetSocketAddress dial(Target target) {
        return route.apply(new InetSocketAddress(target.address(), target.port()));
    }
}
