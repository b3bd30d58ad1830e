package dev.porthole.pcp.internal.wire;

import dev.porthole.SourcePolicy.Cidr;
import dev.porthole.mapping.TransportProtocol;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;

/**
 * A MAP request, RFC 6887 section 11.1, with its options.
 *
 * @param lifetime seconds, unsigned 32 bits; 0 releases
 * @param client this host's address as the request's source shows it
 * @param nonce the mapping's nonce
 * @param protocol the transport
 * @param internalPort the internal port, 1 to 65535
 * @param externalPort the external port suggested, 0 for any
 * @param external the external address suggested; empty for any
 * @param thirdParty the internal client where it is not this host, section 13.1
 * @param preferFailure whether another external port is worth nothing, section 13.2
 * @param filter who may connect, section 13.3
 */
public record MapRequest(
        long lifetime,
        InetAddress client,
        Nonce nonce,
        TransportProtocol protocol,
        int internalPort,
        int externalPort,
        Optional<InetAddress> external,
        Optional<InetAddress> thirdParty,
        boolean preferFailure,
        Filter filter) {
    /** So many filters that a request with all other options stays within {@link Pcp#MAX_BYTES}. */
    public static final int MOST_FILTERS = 40;

    private static final int MAP_BYTES = 36;
    private static final int OPTION_HEADER = 4;
    private static final int FILTER_BYTES = 20;
    private static final int IPV4_OFFSET = 96;
    private static final int IMPOSSIBLE_PREFIX = 255;

    /**
     * The FILTER options of a request.
     *
     * @param kind whether there are any
     * @param blocks who may connect once the former filters are cleared
     */
    public record Filter(Kind kind, List<Cidr> blocks) {
        /** No FILTER option: the server leaves the filters of a mapping as they are. */
        public static final Filter NONE = new Filter(Kind.NONE, List.of());
        /** Clears the filters that a mapping has. */
        public static final Filter CLEAR = new Filter(Kind.REPLACE, List.of());
        /** A filter that cannot be: a server that looks at filters refuses it. */
        public static final Filter IMPOSSIBLE = new Filter(Kind.IMPOSSIBLE, List.of());

        /** Whether there are FILTER options. */
        public enum Kind {
            /** None. */
            NONE,
            /** One that clears, and one per block. */
            REPLACE,
            /** One whose prefix is longer than an address. */
            IMPOSSIBLE
        }

        /**
         * Checks the values.
         *
         * @throws IllegalArgumentException where there are too many blocks
         */
        public Filter {
            blocks = List.copyOf(blocks);
            if (blocks.size() > MOST_FILTERS) {
                throw new IllegalArgumentException("more than " + MOST_FILTERS + " filters do not fit a request");
            }
        }

        /**
         * Lets some connect and nobody else.
         *
         * @param blocks who
         * @return the filter
         * @throws IllegalArgumentException where there are too many blocks
         */
        public static Filter only(List<Cidr> blocks) {
            return new Filter(Kind.REPLACE, blocks);
        }

        /**
         * Whether a request has FILTER options.
         *
         * @return true where it has
         */
        public boolean sent() {
            return kind != Kind.NONE;
        }
    }

    /**
     * The bytes.
     *
     * @return at most {@link Pcp#MAX_BYTES}, a multiple of four
     */
    public byte[] encode() {
        ByteBuffer out = ByteBuffer.allocate(size());
        Pcp.putHeader(out, Pcp.MAP, lifetime, client);
        nonce.put(out);
        out.put((byte) Pcp.number(protocol)).put(new byte[3]);
        out.putShort((short) internalPort).putShort((short) externalPort);
        InetAddress internal = thirdParty.orElse(client);
        Addresses.put(out, external.orElseGet(() -> Addresses.anyLike(internal)));
        thirdParty.ifPresent(address -> {
            option(out, Pcp.THIRD_PARTY, Addresses.BYTES);
            Addresses.put(out, address);
        });
        if (preferFailure) {
            option(out, Pcp.PREFER_FAILURE, 0);
        }
        if (filter.sent()) {
            // A prefix length of 0 clears what the mapping has; each further one adds.
            int first = filter.kind() == Filter.Kind.IMPOSSIBLE ? IMPOSSIBLE_PREFIX : 0;
            putFilter(out, first, Addresses.anyLike(internal));
            filter.blocks().forEach(block -> putFilter(out, length(block), block.address()));
        }
        return out.array();
    }

    private int size() {
        int filters = filter.sent() ? 1 + filter.blocks().size() : 0;
        return Pcp.HEADER_BYTES
                + MAP_BYTES
                + (thirdParty.isPresent() ? OPTION_HEADER + Addresses.BYTES : 0)
                + (preferFailure ? OPTION_HEADER : 0)
                + filters * (OPTION_HEADER + FILTER_BYTES);
    }

    private static int length(Cidr block) {
        return block.address() instanceof Inet4Address ? IPV4_OFFSET + block.prefix() : block.prefix();
    }

    private static void putFilter(ByteBuffer out, int prefixLength, InetAddress peer) {
        option(out, Pcp.FILTER, FILTER_BYTES);
        // Any port of the peer.
        out.put((byte) 0).put((byte) prefixLength).putShort((short) 0);
        Addresses.put(out, peer);
    }

    private static void option(ByteBuffer out, int code, int length) {
        out.put((byte) code).put((byte) 0).putShort((short) length);
    }
}
