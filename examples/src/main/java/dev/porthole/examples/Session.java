package dev.porthole.examples;

import dev.porthole.Porthole;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.relay.Relay;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The surroundings of one run.
 *
 * @param in where a password comes from when asked for with {@code -}
 * @param out the answer, and nothing else
 * @param err progress, warnings and complaints
 * @param terminal whether {@code err} is a terminal, so that a line may be overwritten
 * @param finders the gateway finders that there are
 * @param relays how a relay is built
 * @param surroundings what Porthole is set up with besides the options; nothing, except in a simulated home
 * @param defaultGateway this host's way out, whose pages are looked at where no mapping protocol answers
 */
record Session(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean terminal,
        Supplier<List<GatewayFinder>> finders,
        Supplier<Relay.Builder> relays,
        Consumer<Porthole.Builder> surroundings,
        Function<Porthole, Optional<InetAddress>> defaultGateway) {
    /** Set by the launcher, which can ask whether standard error is a terminal; Java 17 cannot. */
    private static final String TERMINAL = "porthole.terminal";

    static Session ofProcess() {
        return new Session(
                System.in,
                System.out,
                System.err,
                Boolean.getBoolean(TERMINAL),
                Session::installed,
                Relay::builder,
                builder -> {},
                Porthole::defaultGateway);
    }

    private static List<GatewayFinder> installed() {
        List<GatewayFinder> finders = new ArrayList<>();
        ServiceLoader.load(GatewayFinder.class, Session.class.getClassLoader()).forEach(finders::add);
        return finders;
    }
}
