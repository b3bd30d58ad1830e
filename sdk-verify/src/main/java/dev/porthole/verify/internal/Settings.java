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
 */
public record Settings(
        Duration connectTimeout,
        Duration answerTimeout,
        String userAgent,
        boolean basicAllowed,
        UnaryOperator<InetSocketAddress> route,
        KeyPins pins,
        Optional<Duration> mediaTime) {

    /** The endpoint to dial for a target. */
    public InetSocketAddress dial(Target target) {
        return route.apply(new InetSocketAddress(target.address(), target.port()));
    }
}
