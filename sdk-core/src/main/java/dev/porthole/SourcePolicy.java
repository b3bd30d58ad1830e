package dev.porthole;

import dev.porthole.internal.AddressBits;
import dev.porthole.mapping.IpLiteral;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/**
 * Who may connect to a published camera. Said, never implied: a gateway that cannot enforce it refuses rather than
 * widens. Immutable.
 */
public final class SourcePolicy {
    private static final SourcePolicy ANYONE = new SourcePolicy(List.of());

    private final List<Cidr> blocks;

    private SourcePolicy(List<Cidr> blocks) {
        this.blocks = blocks;
    }

    /**
     * Anyone on the Internet may connect (0.0.0.0/0). Publishing says so with the finding OPEN_TO_ANYONE.
     *
     * @return the policy
     */
    public static SourcePolicy anyone() {
        return ANYONE;
    }

    /**
     * Only hosts within the given blocks may connect.
     *
     * @param cidrs at least one block such as {@code 198.51.100.7/32}; an address alone means that address only
     * @return the policy
     * @throws IllegalArgumentException where a block is malformed or none is given
     */
    public static SourcePolicy only(String... cidrs) {
        if (cidrs.length == 0) {
            throw new IllegalArgumentException("name at least one source, or say SourcePolicy.anyone()");
        }
        List<Cidr> blocks = java.util.Arrays.stream(cidrs).map(Cidr::parse).toList();
        return blocks.stream().anyMatch(block -> block.prefix() == 0) ? ANYONE : new SourcePolicy(blocks);
    }

    /**
     * Whether everyone may connect.
     *
     * @return true for {@link #anyone()}
     */
    public boolean isAnyone() {
        return blocks.isEmpty();
    }

    /**
     * The blocks that may connect.
     *
     * @return an unmodifiable list; empty for {@link #anyone()}
     */
    public List<Cidr> blocks() {
        return blocks;
    }

    /**
     * Whether a host may connect.
     *
     * @param source the host's address
     * @return true where everyone may, or a block holds it
     */
    public boolean allows(InetAddress source) {
        return isAnyone() || blocks.stream().anyMatch(block -> block.contains(source));
    }

    /**
     * The one address that may connect, where the policy names exactly one.
     *
     * @return the address, else empty
     */
    public Optional<InetAddress> singleAddress() {
        if (blocks.size() != 1) {
            return Optional.empty();
        }
        Cidr block = blocks.get(0);
        boolean single = block.prefix() == block.address().getAddress().length * 8;
        return single ? Optional.of(block.address()) : Optional.empty();
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SourcePolicy other && blocks.equals(other.blocks);
    }

    @Override
    public int hashCode() {
        return blocks.hashCode();
    }

    /** {@code anyone}, or the blocks. */
    @Override
    public String toString() {
        return isAnyone()
                ? "anyone"
                : String.join(",", blocks.stream().map(Cidr::toString).toList());
    }

    /**
     * A block of addresses, RFC 4632.
     *
     * @param address the block's address; bits beyond the prefix must be zero
     * @param prefix the prefix length, 0 to 32 for IPv4, 0 to 128 for IPv6
     */
    public record Cidr(InetAddress address, int prefix) {
        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException where the prefix does not fit or bits beyond it are set
         */
        public Cidr {
            byte[] bytes = address.getAddress();
            if (prefix < 0 || prefix > bytes.length * 8) {
                throw new IllegalArgumentException("/" + prefix + " does not fit " + address.getHostAddress());
            }
            for (int bit = prefix; bit < bytes.length * 8; bit++) {
                if ((bytes[bit / 8] >> (7 - bit % 8) & 1) != 0) {
                    throw new IllegalArgumentException(
                            address.getHostAddress() + "/" + prefix + " has bits set beyond its prefix");
                }
            }
        }

        /**
         * Whether the block holds an address.
         *
         * @param other the address
         * @return false for an address of the other family
         */
        public boolean contains(InetAddress other) {
            return AddressBits.beginAlike(address, other, prefix);
        }

        /**
         * Reads {@code 198.51.100.0/24} or an address alone.
         *
         * @param text the text
         * @return the block
         * @throws IllegalArgumentException where it is malformed
         */
        public static Cidr parse(String text) {
            int slash = text.indexOf('/');
            String literal = slash < 0 ? text : text.substring(0, slash);
            InetAddress address = IpLiteral.parse(literal)
                    .orElseThrow(() -> new IllegalArgumentException(
                            "'" + text + "' is not an address or a block such as 198.51.100.0/24"));
            if (slash < 0) {
                return new Cidr(address, address.getAddress().length * 8);
            }
            String prefix = text.substring(slash + 1).strip();
            if (!prefix.matches("[0-9]{1,3}")) {
                throw new IllegalArgumentException("'" + text + "' has no valid prefix length after the slash");
            }
            return new Cidr(address, Integer.parseInt(prefix));
        }

        @Override
        public String toString() {
            return address.getHostAddress() + "/" + prefix;
        }
    }
}
