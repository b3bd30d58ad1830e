package dev.porthole.verify.internal.agent;

import dev.porthole.SourcePolicy.Cidr;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;

/**
 * A set of address blocks. Immutable.
 *
 * @param list the blocks
 */
public record Blocks(List<Cidr> list) {
    /** Copies the list. */
    public Blocks {
        list = List.copyOf(list);
    }

    static Blocks of(String... cidrs) {
        return new Blocks(Arrays.stream(cidrs).map(Cidr::parse).toList());
    }

    /** Whether an address lies in one of the blocks. */
    public boolean contains(InetAddress address) {
        return list.stream().anyMatch(block -> block.contains(address));
    }
}
