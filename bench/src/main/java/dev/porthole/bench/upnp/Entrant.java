package dev.porthole.bench.upnp;

import java.util.function.Supplier;

/** The libraries that are compared, each in a process of its own. */
public enum Entrant {
    /** What the others are measured against. */
    BARE("bare sockets", BareSockets::new),
    /** Ours. */
    PORTHOLE("Porthole", OurUpnp::new),
    /** As its documentation shows it. */
    WEUPNP("weupnp 0.1.4", Weupnp::new),
    /** With the Jetty transport. */
    JUPNP("jUPnP 3.0.2", Jupnp::new),
    /** Its UPnP part alone. */
    OFFBYNULL("offbynull portmapper 2.0.5", Offbynull::new);

    private final String title;
    private final Supplier<Contestant> supplier;

    Entrant(String title, Supplier<Contestant> supplier) {
        this.title = title;
        this.supplier = supplier;
    }

    /**
     * Its name in the tables.
     *
     * @return with its version
     */
    public String title() {
        return title;
    }

    /**
     * Makes it.
     *
     * @return a new one that has found nothing yet
     */
    public Contestant contestant() {
        return supplier.get();
    }
}
