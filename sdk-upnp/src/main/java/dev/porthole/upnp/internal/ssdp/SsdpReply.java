package dev.porthole.upnp.internal.ssdp;

import dev.porthole.http.internal.DeviceText;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A reply to a search.
 *
 * @param source who sent it
 * @param locations the distinct values of its LOCATION fields, as written; a proper reply has one
 * @param target its ST field, empty where it has none
 * @param usn its USN field, empty where it has none
 * @param server its SERVER field, one line, empty where it has none
 */
public record SsdpReply(InetSocketAddress source, List<String> locations, String target, String usn, String server) {
    /** A reply fits into one packet of 1,500 bytes; this allows for chatty ones. */
    static final int MAX_BYTES = 8192;

    private static final int MAX_FIELDS = 64;
    private static final int MAX_TEXT = 256;

    /** {@code NOTIFY} too: some devices answer a search by announcing themselves. */
    private static final Pattern FIRST_LINE =
            Pattern.compile("(HTTP/1\\.[0-9]\\s+200\\b.*|NOTIFY\\s+\\*.*)", Pattern.CASE_INSENSITIVE);

    /** Types of devices and services that a gateway has; others are not fetched. */
    private static final Pattern GATEWAY = Pattern.compile(
            "InternetGatewayDevice|WANIPConnection|WANPPPConnection|WANConnectionDevice|:WANDevice:|WANCommonInterface"
                    + "|rootdevice|ssdp:all",
            Pattern.CASE_INSENSITIVE);

    /**
     * Reads a datagram.
     *
     * @param source who sent it
     * @param bytes its content
     * @param length how much of {@code bytes} is content
     * @return the reply, or empty where it is no reply to a search
     */
    public static Optional<SsdpReply> parse(InetSocketAddress source, byte[] bytes, int length) {
        String text = new String(bytes, 0, Math.min(length, MAX_BYTES), StandardCharsets.UTF_8);
        String[] lines = text.split("\r\n|\n|\r", MAX_FIELDS + 1);
        if (!FIRST_LINE.matcher(lines[0].strip()).matches()) {
            return Optional.empty();
        }
        List<String> locations = new ArrayList<>();
        String target = "";
        String usn = "";
        String server = "";
        for (int i = 1; i < Math.min(lines.length, MAX_FIELDS) && !lines[i].isBlank(); i++) {
            int colon = lines[i].indexOf(':');
            if (colon < 0) {
                continue;
            }
            String value = lines[i].substring(colon + 1).strip();
            switch (lines[i].substring(0, colon).strip().toUpperCase(Locale.ROOT)) {
                case "LOCATION" -> {
                    if (!value.isEmpty() && !locations.contains(value)) {
                        locations.add(value);
                    }
                }
                case "ST", "NT" -> target = DeviceText.oneLine(value, MAX_TEXT);
                case "USN" -> usn = DeviceText.oneLine(value, MAX_TEXT);
                case "SERVER" -> server = DeviceText.oneLine(value, MAX_TEXT);
                default -> {
                    // CACHE-CONTROL, EXT, DATE and what devices add.
                }
            }
        }
        return Optional.of(new SsdpReply(source, List.copyOf(locations), target, usn, server));
    }

    /**
     * Whether the sender may be a gateway. Devices that name no type at all are given the benefit of the doubt.
     *
     * @return false for the media players and printers that also answer
     */
    public boolean mayBeGateway() {
        return (target.isEmpty() && usn.isEmpty())
                || GATEWAY.matcher(target).find()
                || GATEWAY.matcher(usn).find();
    }

    /**
     * Whether the sender says that it is a gateway.
     *
     * @return true where type or name says so
     */
    public boolean claimsGateway() {
        String claim = target + " " + usn;
        return claim.contains("InternetGatewayDevice") || claim.contains("WANIPConnection") || claim.contains("WANPPP");
    }
}
