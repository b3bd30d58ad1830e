package dev.porthole.bench.gateways;

import dev.porthole.bench.upnp.BareSockets;
import dev.porthole.bench.upnp.Wish;
import java.io.IOException;

/** The router's table by bare sockets and UPnP, whatever made the mappings. Its gateway is looked for once. */
final class RouterTable {
    private final BareSockets router = new BareSockets();
    private boolean found;

    /** Fails where the router does not have the mapping; removes it. */
    void checkAndRemove(Wish wish) throws IOException {
        find();
        router.check(wish);
        router.delete(wish.externalPort());
    }

    /** The bare sockets, which know where the router is. */
    BareSockets find() throws IOException {
        if (!found) {
            router.discover();
            found = true;
        }
        return router;
    }
}
