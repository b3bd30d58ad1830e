package dev.porthole.bench.gateways;

import dev.porthole.bench.upnp.BareSockets;
import dev.porthole.bench.upnp.Wish;
import java.io.IOException;

/** Three requests to a router whose URL is known: its address, the mapping, and what it made of it. */
final class BareStart implements Deed {
    private final Wish wish = OurMapping.wish(OurMapping.camera());
    private final RouterTable table = new RouterTable();

    @Override
    public void before() throws IOException {
        table.find();
    }

    @Override
    public void run() throws IOException {
        BareSockets router = table.find();
        router.externalAddress();
        router.addAndReadBack(wish);
    }

    @Override
    public void after() throws IOException {
        table.checkAndRemove(wish);
    }
}
