package dev.porthole.bench.turns;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Counts packets that leave this host, in the kernel, so that all who play are counted the same way. Its rules end with the
 * laboratory's home.
 */
public final class PacketCounter {
    private static final Pattern PACKETS = Pattern.compile("packets (\\d+)");

    private final String name;

    /**
     * Begins to count.
     *
     * @param name another one than other counters have
     * @param match which packets, in the language of nft
     * @throws IOException where nft refuses
     * @throws InterruptedException where the thread was interrupted
     */
    public PacketCounter(String name, String match) throws IOException, InterruptedException {
        this.name = "bench-" + name;
        nft("table inet " + this.name + " {\n counter seen { }\n chain out {\n"
                + "  type filter hook output priority filter;\n  " + match + " counter name seen\n }\n}\n");
    }

    /**
     * How many there were so far.
     *
     * @return 0 or more
     * @throws IOException where nft does not tell
     * @throws InterruptedException where the thread was interrupted
     */
    public int count() throws IOException, InterruptedException {
        Matcher packets = PACKETS.matcher(nft("list counter inet " + name + " seen\n"));
        if (!packets.find()) {
            throw new IOException("nft does not tell its counter " + name);
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
