package dev.porthole.mapping;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** Reads IP addresses from untrusted text without ever asking a name service. */
public final class IpLiteral {
    /** The longest IPv6 literal with an embedded IPv4 address is 45 characters. */
    private static final int MAX_LENGTH = 45;

    private IpLiteral() {}

    /**
     * Reads an IPv4 address in dotted-quad form, or an IPv6 address with or without brackets. An IPv6 zone
     * ({@code %eth0}) is dropped: it means something only on the host that wrote it. Leading zeros, as in
     * {@code 192.168.001.010}, are refused because readers differ on whether they mean octal.
     *
     * @param text untrusted text, surrounding white space allowed
     * @return the address, or empty where the text is not an IP literal
     */
    public static Optional<InetAddress> parse(String text) {
        String literal = text.strip();
        if (literal.startsWith("[") && literal.endsWith("]")) {
            literal = literal.substring(1, literal.length() - 1);
        }
        if (literal.indexOf(':') < 0) {
            return parseV4(literal);
        }
        int zone = literal.indexOf('%');
        return parseV6(zone < 0 ? literal : literal.substring(0, zone));
    }

    private static Optional<InetAddress> parseV4(String literal) {
        String[] parts = literal.split("\\.", -1);
        if (parts.length != 4) {
            return Optional.empty();
        }
        byte[] address = new byte[4];
        for (int i = 0; i < 4; i++) {
            String part = parts[i];
            if (!part.matches("0|[1-9][0-9]{0,2}")) {
                return Optional.empty();
            }
            int value = Integer.parseInt(part);
            if (value > 255) {
                return Optional.empty();
            }
            address[i] = (byte) value;
        }
        return byAddress(address);
    }

    private static Optional<InetAddress> parseV6(String literal) {
        if (literal.length() > MAX_LENGTH || !literal.matches("[0-9A-Fa-f:.]+")) {
            return Optional.empty();
        }
        try {
            // With a colon and only these characters the JDK parses a literal and never resolves a name.
            return Optional.of(InetAddress.getByName(literal));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    private static Optional<InetAddress> byAddress(byte[] address) {
        try {
            return Optional.of(InetAddress.getByAddress(address));
        } catch (UnknownHostException e) {
            throw new AssertionError("four bytes are an address", e);
        }
    }
}
