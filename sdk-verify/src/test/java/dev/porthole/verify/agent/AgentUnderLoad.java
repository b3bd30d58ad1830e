package dev.porthole.verify.agent;

import dev.porthole.Secret;
import dev.porthole.SourcePolicy.Cidr;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * An agent on loopback to measure with many callers at once: run it with {@code -Xmx} and read its resident memory while
 * probes of a silent port are under way. Prints its port and runs until killed.
 */
final class AgentUnderLoad {
    private AgentUnderLoad() {}

    public static void main(String[] args) throws Exception {
        long start = System.nanoTime();
        ProbeAgent agent = ProbeAgent.builder()
                .listen(new InetSocketAddress(InetAddress.getByAddress(new byte[4]), 0))
                .token("load", Secret.of("0123456789abcdef"))
                .plain()
                .allowedNetworks(List.of(Cidr.parse("127.0.0.0/8")))
                .rate(1_000_000, Duration.ofMillis(1))
                .start();
        long millis = Duration.ofNanos(System.nanoTime() - start).toMillis();
        System.out.println(agent.address().getPort() + " after " + millis + " ms");
        Thread.sleep(Long.MAX_VALUE);
    }
}
