package dev.porthole.verify.internal.agent;

import dev.porthole.http.internal.HeaderFields;
import dev.porthole.mapping.IpLiteral;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Who calls: the connection's peer, or what a proxy of ours says in X-Forwarded-For. Each proxy appends the address that it
 * saw, so only the right end can be believed, as far as our own proxies wrote it.
 */
final class CallerAddress {
    private static final String FORWARDED = "X-Forwarded-For";

    private CallerAddress() {}

    /** The caller; empty where the peer is a proxy and does not say for whom it calls. */
    static Optional<InetAddress> of(InetAddress peer, HeaderFields headers, Blocks proxies) {
        if (!proxies.contains(peer)) {
            return Optional.of(peer);
        }
        List<String> hops = new ArrayList<>();
        headers.all(FORWARDED).forEach(value -> hops.addAll(Arrays.asList(value.split(",", -1))));
        for (int i = hops.size() - 1; i >= 0; i--) {
            // An IPv4-mapped IPv6 literal is read as the IPv4 address that it is.
            Optional<InetAddress> hop = IpLiteral.parse(hops.get(i));
            if (hop.isEmpty() || !proxies.contains(hop.get())) {
                return hop;
            }
        }
        return Optional.empty();
    }
}
