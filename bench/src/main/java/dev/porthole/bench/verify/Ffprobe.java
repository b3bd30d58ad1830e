package dev.porthole.bench.verify;

import dev.porthole.bench.turns.Home;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The commands of ffprobe: what a person types to see whether a stream plays. */
final class Ffprobe {
    private static final List<String> START = List.of("ffprobe", "-v", "error", "-rtsp_transport", "tcp");
    private static final List<String> SHOW = List.of("-show_entries", "stream=codec_name,width,height");

    private Ffprobe() {}

    /** The stream with the camera's account. */
    static String url(Home home, String host, int port) throws IOException {
        String password = URLEncoder.encode(home.password(), StandardCharsets.UTF_8);
        return "rtsp://" + home.user() + ":" + password + "@" + host + ":" + port + StreamWorker.PATH;
    }

    /** As it comes. */
    static List<String> asIs(String url) {
        return command(List.of(), url);
    }

    /** It looks no longer than it has to. */
    static List<String> tuned(String url) {
        return command(
                List.of("-probesize", "32", "-analyzeduration", "0", "-fflags", "nobuffer", "-flags", "low_delay"),
                url);
    }

    private static List<String> command(List<String> options, String url) {
        List<String> words = new ArrayList<>(START);
        words.addAll(options);
        words.addAll(SHOW);
        words.add(url);
        return words;
    }
}
