package dev.porthole.mapping;

/**
 * A range of ports, both ends included.
 *
 * @param first the lowest port, 1 to 65535
 * @param last the highest port, {@code first} to 65535
 */
public record PortRange(int first, int last) {
    /** The highest port number of TCP and UDP. */
    public static final int MAX_PORT = 65_535;

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException where a port is out of range or the ends are the wrong way round
     */
    public PortRange {
        checkPort(first);
        checkPort(last);
        if (last < first) {
            throw new IllegalArgumentException("port range " + first + "-" + last + " ends before it starts");
        }
    }

    /**
     * A range of one port.
     *
     * @param port the port, 1 to 65535
     * @return the range
     */
    public static PortRange of(int port) {
        return new PortRange(port, port);
    }

    /**
     * Reads {@code 8000-8099} or {@code 8000}.
     *
     * @param text digits, or digits, a hyphen and digits
     * @return the range
     * @throws IllegalArgumentException where the text is anything else
     */
    public static PortRange parse(String text) {
        String[] ends = text.strip().split("-", -1);
        try {
            int first = Integer.parseInt(ends[0].strip());
            if (ends.length == 1) {
                return of(first);
            }
            if (ends.length == 2) {
                return new PortRange(first, Integer.parseInt(ends[1].strip()));
            }
        } catch (NumberFormatException e) {
            // Told below, with the whole text.
        }
        throw new IllegalArgumentException("'" + text + "' is not a port or a port range such as 8000-8099");
    }

    /**
     * Checks that a number is a port.
     *
     * @param port the number
     * @return the same number
     * @throws IllegalArgumentException where it is not within 1 to 65535
     */
    public static int checkPort(int port) {
        if (port < 1 || port > MAX_PORT) {
            throw new IllegalArgumentException("port " + port + " is not within 1 to " + MAX_PORT);
        }
        return port;
    }

    /**
     * Whether a port lies in this range.
     *
     * @param port the port
     * @return true where it does
     */
    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    /**
     * Whether this range and another share a port.
     *
     * @param other the other range
     * @return true where they do
     */
    public boolean overlaps(PortRange other) {
        return first <= other.last && other.first <= last;
    }

    /**
     * How many ports the range holds.
     *
     * @return 1 or more
     */
    public int size() {
        return last - first + 1;
    }

    /** {@code 8000} or {@code 8000-8099}. */
    @Override
    public String toString() {
        return first == last ? Integer.toString(first) : first + "-" + last;
    }
}
