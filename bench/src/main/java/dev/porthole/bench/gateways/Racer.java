package dev.porthole.bench.gateways;

import dev.porthole.bench.upnp.Entrant;
import dev.porthole.mapping.MappingProtocol;
import java.util.function.Supplier;

/** Who takes part, each in a process of its own. */
enum Racer {
    // To a gateway that can be asked for mappings.
    BARE_PCP("bare sockets, PCP", BareUdp::announce),
    BARE_NATPMP("bare sockets, NAT-PMP", BareUdp::address),
    BARE_UPNP("bare sockets, UPnP", () -> new UpnpSearch(Entrant.BARE)),
    PCP("Porthole, PCP", () -> new OurSearch(MappingProtocol.PCP)),
    NATPMP("Porthole, NAT-PMP", () -> new OurSearch(MappingProtocol.NATPMP)),
    UPNP("Porthole, UPnP", () -> new OurSearch(MappingProtocol.UPNP)),
    FACADE("Porthole, all protocols, with address, mappings and plan", OurPlan::new),
    WEUPNP(Entrant.WEUPNP.title() + ", UPnP", () -> new UpnpSearch(Entrant.WEUPNP)),
    JUPNP(Entrant.JUPNP.title() + ", UPnP", () -> new UpnpSearch(Entrant.JUPNP)),
    OFFBYNULL_PCP(Entrant.OFFBYNULL.title() + ", PCP", () -> Offbynull.search(MappingProtocol.PCP)),
    OFFBYNULL_NATPMP(Entrant.OFFBYNULL.title() + ", NAT-PMP", () -> Offbynull.search(MappingProtocol.NATPMP)),
    OFFBYNULL_UPNP(Entrant.OFFBYNULL.title() + ", UPnP", () -> new UpnpSearch(Entrant.OFFBYNULL)),

    // A mapping on a gateway that was found.
    BARE_PCP_MAP("bare socket", BareUdp::pcpMap),
    PCP_MAP("Porthole", () -> new OurMapping(MappingProtocol.PCP)),
    OFFBYNULL_PCP_MAP(Entrant.OFFBYNULL.title(), () -> Offbynull.mapping(MappingProtocol.PCP)),
    BARE_NATPMP_MAP("bare socket", BareUdp::natPmpMap),
    NATPMP_MAP("Porthole", () -> new OurMapping(MappingProtocol.NATPMP)),
    OFFBYNULL_NATPMP_MAP(Entrant.OFFBYNULL.title(), () -> Offbynull.mapping(MappingProtocol.NATPMP)),

    // From the start of a program to a mapping that was read back.
    BARE_START("bare sockets, three requests", BareStart::new),
    START("Porthole, the first time", () -> new OurStart(OurStart.Before.NOTHING)),
    START_AFTER_LOSS("Porthole, with its last run's ledger, mapping lost", () -> new OurStart(OurStart.Before.LEDGER)),
    START_AGAIN(
            "Porthole, with its last run's ledger, mapping still there", () -> new OurStart(OurStart.Before.MAPPING));

    private final String title;
    private final Supplier<Deed> supplier;

    Racer(String title, Supplier<Deed> supplier) {
        this.title = title;
        this.supplier = supplier;
    }

    /** The name in the tables. */
    String title() {
        return title;
    }

    Deed deed() {
        return supplier.get();
    }

    /** In how many rounds it takes part at most: one waits for seconds, whatever was found. */
    int rounds(int rounds) {
        boolean slow = this == OFFBYNULL_PCP || this == OFFBYNULL_NATPMP || this == OFFBYNULL_UPNP;
        return slow ? Math.min(rounds, 3) : rounds;
    }
}
