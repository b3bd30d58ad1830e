package dev.porthole.verify.internal.rtsp;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The transport that a server chose (RFC 2326 section 12.39). Some leave out {@code /TCP}, some take other channels than
 * were asked for, some answer with UDP though TCP was asked for.
 *
 * @param interleaved whether media comes on the RTSP connection
 * @param rtpChannel where RTP comes
 * @param rtcpChannel where RTCP comes
 * @param parameters by lower-case name
 */
record TransportReply(boolean interleaved, int rtpChannel, int rtcpChannel, Map<String, String> parameters) {
    private static final Pattern CHANNELS = Pattern.compile("(\\d{1,3})(?:\\s*-\\s*(\\d{1,3}))?");
    private static final int MAX_CHANNEL = 255;

    /**
     * Reads the header.
     *
     * @param header its value, or empty where the reply had none
     * @param asked the first channel that was asked for
     */
    static TransportReply parse(String header, int asked) {
        Map<String, String> parameters = new TreeMap<>();
        for (String part : header.split(";")) {
            String[] pair = part.split("=", 2);
            parameters.putIfAbsent(
                    pair[0].strip().toLowerCase(Locale.ROOT),
                    pair.length == 2 ? pair[1].strip().replace("\"", "") : "");
        }
        Matcher channels = CHANNELS.matcher(parameters.getOrDefault("interleaved", ""));
        boolean told = channels.matches() && Integer.parseInt(channels.group(1)) <= MAX_CHANNEL;
        boolean udp = !told
                && !header.toUpperCase(Locale.ROOT).contains("/TCP")
                && (parameters.containsKey("client_port")
                        || parameters.containsKey("server_port")
                        || parameters.containsKey("multicast"));
        int rtp = told ? Integer.parseInt(channels.group(1)) : asked;
        int rtcp = told && channels.group(2) != null ? Integer.parseInt(channels.group(2)) : rtp + 1;
        return new TransportReply(!udp, rtp, rtcp, Map.copyOf(parameters));
    }

    /** Where the camera says it sends from, which over UDP would be of importance. */
    Optional<String> source() {
        return Optional.ofNullable(parameters.get("source"));
    }
}
