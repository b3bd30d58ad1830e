package dev.porthole.bench.upnp;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts what leaves this host for the router, in the kernel, so that every contestant is counted the same way: search
 * datagrams, and connections to the router's UPnP port. The router closes after each reply, so a connection is a request. The
 * rules end with the laboratory's home.
 */
final class Traffic {
    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    /**
     * What was counted.
     *
     * @param datagrams search datagrams
     * @param connections TCP connections
     */
    record Count(int datagrams, int connections) {
        Count since(Count before) {
            return new Count(datagrams - before.datagrams, connections - before.connections);
        }

        /** For a table. */
        @Override
        public String toString() {
            return datagrams == 0 ? Integer.toString(connections) : datagrams + " UDP + " + connections;
        }
    }

    Traffic(int port) throws IOException, InterruptedException {
        nft("table inet bench {\n counter datagrams { }\n counter connections { }\n chain out {\n"
                + "  type filter hook output priority filter;\n  udp dport 1900 counter name datagrams\n"
                + "  tcp dport " + port + " tcp flags & (syn | ack) == syn counter name connections\n }\n}\n");
    }

    Count count() throws IOException, InterruptedException {
        Matcher packets =
                PACKETS.matcher(nft("list counter inet bench datagrams\nlist counter inet bench connections\n"));
        return new Count(next(packets), next(packets));
    }

    private static int next(Matcher packets) throws IOException {
        if (!packets.find()) {
            throw new IOException("nft does not tell its counters");
        }
        return Integer.parseInt(packets.group(1));
    }

    private static String nft(String rules) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("nft", "-f", "-")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        process.getOutputStream().write(rules.getBytes(StandardCharsets.UTF_8));
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new IOException("nft refused: " + rules);
        }
        return output;
    }
}
