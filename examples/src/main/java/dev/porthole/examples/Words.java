package dev.porthole.examples;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Words from elsewhere (arguments, files, routers, cameras), made fit for a message. */
final class Words {
    /** Enough to recognise what was meant. */
    private static final int MOST_SHOWN = 60;
    /** The account in {@code http://admin:secret@host/}, also where the rest is no URL. */
    private static final Pattern ACCOUNT = Pattern.compile("(?<=^|//)[^/\\s@]*@");

    /** What no shell takes for something else. */
    private static final Pattern BARE = Pattern.compile("[A-Za-z0-9_.,:/@%+=-]+");

    private Words() {}

    /** An argument as it may be repeated in a message: in quotes, cut, on one line, without an account. */
    static String quoted(String text) {
        String plain = ACCOUNT.matcher(plain(text)).replaceAll("***@");
        return "'" + (plain.length() <= MOST_SHOWN ? plain : plain.substring(0, MOST_SHOWN) + "...") + "'";
    }

    /** Text without control characters: what a router calls itself must not steer a terminal. */
    static String plain(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        text.codePoints().forEach(c -> plain.appendCodePoint(Character.isISOControl(c) || isInvisible(c) ? '?' : c));
        return plain.toString();
    }

    /** An address and port, IPv6 in brackets. */
    static String endpoint(InetSocketAddress endpoint) {
        String literal = endpoint.getAddress().getHostAddress();
        return (literal.indexOf(':') < 0 ? literal : "[" + literal + "]") + ":" + endpoint.getPort();
    }

    /** A command line that a shell reads as these words. */
    static String command(List<String> words) {
        return words.stream()
                .map(word ->
                        BARE.matcher(word).matches() ? word : "'" + plain(word).replace("'", "'\\''") + "'")
                .collect(Collectors.joining(" "));
    }

    private static boolean isInvisible(int c) {
        int type = Character.getType(c);
        return type == Character.FORMAT || type == Character.LINE_SEPARATOR || type == Character.PARAGRAPH_SEPARATOR;
    }

    /** {@code a}, {@code a and b}, {@code a, b and c}. */
    static String list(List<String> words) {
        if (words.size() < 2) {
            return String.join("", words);
        }
        int last = words.size() - 1;
        return String.join(", ", words.subList(0, last)) + " and " + words.get(last);
    }
}
