package dev.porthole.verify.internal.rtsp;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The RTP-Info header (RFC 2326 section 12.33), of which only the URL is of use. */
final class RtpInfo {
    private static final Pattern URL = Pattern.compile("(?i)\\burl\\s*=\\s*\"?([^;,\"\\s]+)");

    private RtpInfo() {}

    /** The first stream's URL. */
    static Optional<String> url(String header) {
        Matcher found = URL.matcher(header);
        return found.find() ? Optional.of(found.group(1)) : Optional.empty();
    }
}
