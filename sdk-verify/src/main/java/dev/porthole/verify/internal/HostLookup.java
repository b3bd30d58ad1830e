package dev.porthole.verify.internal;

import dev.porthole.Deadline;
import dev.porthole.mapping.IpLiteral;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Looks up the host of a server that the user named. Java's own look-up knows no deadline and no interrupt. */
public final class HostLookup {
    private HostLookup() {}

    /**
     * The addresses of a host; a literal is read and nobody is asked.
     *
     * @param host a name or a literal, IPv6 with or without brackets
     * @param deadline when to give up
     * @return at least one address, IPv4 first: mappings, and so external addresses, are IPv4's
     * @throws IOException where the name has no address, or none came in time
     * @throws InterruptedException where the thread was interrupted
     */
    public static List<InetAddress> all(String host, Deadline deadline) throws IOException, InterruptedException {
        Optional<InetAddress> literal = IpLiteral.parse(host);
        if (literal.isPresent()) {
            return List.of(literal.get());
        }
        FutureTask<InetAddress[]> asking = new FutureTask<>(() -> InetAddress.getAllByName(host));
        Thread thread = new Thread(asking, "porthole-name-lookup");
        thread.setDaemon(true);
        thread.start();
        try {
            List<InetAddress> addresses = List.of(asking.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS));
            Predicate<InetAddress> first = Inet4Address.class::isInstance;
            return Stream.concat(
                            addresses.stream().filter(first), addresses.stream().filter(first.negate()))
                    .toList();
        } catch (ExecutionException e) {
            throw new UnknownHostException("the name " + host + " does not resolve");
        } catch (TimeoutException e) {
            throw new IOException("the name " + host + " did not resolve in time", e);
        }
    }
}
