package dev.porthole.bench.gateways;

import dev.porthole.bench.upnp.Contestant;
import dev.porthole.bench.upnp.Entrant;

/** A search by UPnP alone, as in the tables of UPnP. */
final class UpnpSearch implements Deed {
    private final Contestant contestant;

    UpnpSearch(Entrant entrant) {
        contestant = entrant.contestant();
    }

    @Override
    public void before() throws Exception {
        contestant.forget();
    }

    @Override
    public void run() throws Exception {
        contestant.discover();
    }

    @Override
    public void close() {
        try {
            contestant.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
