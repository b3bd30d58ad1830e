package dev.porthole.testing;

import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The longer parts of {@link Quirk}'s table. */
final class QuirkParts {
    private static final Optional<HttpReply> BAD_REQUEST =
            Optional.of(HttpReply.html(400, "Bad Request", "<html><body>Bad request</body></html>"));

    /** Stands where the daemon shows what happened to lie behind its buffer. */
    private static final String MARK = "\uE000";

    private QuirkParts() {}

    static List<TableEntry> withPlaceholders(List<TableEntry> entries) {
        TableEntry placeholder = new TableEntry("TCP", 0, "", 0, "", "", Duration.ZERO, false);
        List<TableEntry> mixed = new ArrayList<>();
        mixed.add(placeholder);
        for (TableEntry entry : entries) {
            mixed.add(entry);
            mixed.add(placeholder);
        }
        return mixed;
    }

    /** Objects to POST requests without a header of this exact name, or with a value that does not fit. */
    static Function<RecordedRequest, Optional<HttpReply>> header(String nameRegex, Predicate<String> value) {
        return request -> !request.method().equals("POST")
                        || request.headers().stream()
                                .anyMatch(field -> field.getKey().matches(nameRegex) && value.test(field.getValue()))
                ? Optional.empty()
                : BAD_REQUEST;
    }

    /** Objects to POST requests whose body does not fit. */
    static Function<RecordedRequest, Optional<HttpReply>> body(Predicate<String> fits) {
        return request -> !request.method().equals("POST") || fits.test(request.body())
                ? Optional.empty()
                : Optional.of(SoapReplies.fault(402));
    }

    /** Objects to every request but the first that comes from one port of a client. */
    static Function<RecordedRequest, Optional<HttpReply>> oncePerConnection() {
        Set<InetSocketAddress> seen = ConcurrentHashMap.newKeySet();
        return request -> seen.add(request.from())
                ? Optional.empty()
                : Optional.of(HttpReply.html(405, "Method Not Allowed", "<html>405</html>"));
    }

    static Duration anHourAtMost(Duration lease) {
        Duration hour = Duration.ofHours(1);
        return lease.isZero() || lease.compareTo(hour) > 0 ? hour : lease;
    }

    static List<TableEntry> markLongDescriptions(List<TableEntry> entries) {
        return entries.stream()
                .map(entry ->
                        entry.description().length() < 64 ? entry : entry.withDescription(entry.description() + MARK))
                .toList();
    }

    static HttpReply withGarbage(HttpReply reply) {
        String bytes = new String(reply.body(), StandardCharsets.ISO_8859_1);
        String mark = new String(MARK.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
        String changed = bytes.replace(mark, "\u00F0O\u00CB\u00DBU\u0001");
        return changed.equals(bytes) ? reply : reply.withBody(changed.getBytes(StandardCharsets.ISO_8859_1));
    }

    /** No white space between elements; after the XML declaration it is allowed. */
    static boolean compact(String xml) {
        return !xml.replaceFirst("^<\\?xml[^>]*>\\s*", "").matches("(?s).*>\\s+<.*");
    }

    static HttpReply withoutNamespaces(HttpReply reply) {
        return reply.withBody(reply.text()
                .replaceAll(" (xmlns(:[a-z]+)?|s:encodingStyle)=\"[^\"]*\"", "")
                .replaceAll("<(/?)[a-z]:", "<$1"));
    }

    static UnaryOperator<List<SsdpReply>> text(UnaryOperator<String> change) {
        return replies -> replies.stream()
                .map(reply -> reply.withText(change.apply(reply.text())))
                .toList();
    }

    static UnaryOperator<List<SsdpReply>> location(String url) {
        return replies ->
                replies.stream().map(reply -> reply.withHeader("LOCATION", url)).toList();
    }

    static String lowerCaseNames(String reply) {
        Matcher names = Pattern.compile("(?m)^[A-Z0-9.-]+:").matcher(reply);
        return names.replaceAll(match -> match.group().toLowerCase(Locale.ROOT));
    }

    /** A search for everything is the one that several replies answer. */
    static List<SsdpReply> wfaOnly(List<SsdpReply> replies) {
        String type = "urn:schemas-wifialliance-org:device:WFADevice:1";
        return replies.size() < 2
                ? replies
                : List.of(replies.get(0).withHeader("ST", type).withHeader("USN", type));
    }

    static List<SsdpReply> joined(List<SsdpReply> first, List<SsdpReply> second) {
        List<SsdpReply> all = new ArrayList<>(first);
        all.addAll(second);
        return all;
    }

    /** Puts the WAN device's service list after its device list. */
    static String commonConfigLast(String description) {
        return description.replaceFirst(
                "(?s)(<serviceList><service><serviceType>[^<]*WANCommonInterfaceConfig:1.*?</serviceList>)"
                        + "(<deviceList>.*?</deviceList>)",
                "$2$1");
    }
}
