package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.Outcome;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;

/** Checks by bare sockets that the router has what a player claims to have mapped, and removes it. */
final class Referee {
    private final BareSockets router = new BareSockets();
    private final Home home;

    Referee(Home home) throws IOException {
        this.home = home;
        router.discover();
        int entries = router.list();
        if (entries != 0) {
            throw new IOException("the router has " + entries + " mappings already: it has to be a fresh one");
        }
    }

    /** The router's software, for the report. */
    String software() {
        return router.software();
    }

    /** Looks at the router's table after a turn, and leaves it as it was before. */
    Outcome check(Task task, Player player, Outcome outcome) throws IOException {
        List<Wish> wishes = new Wishes(home.camera()).of(task);
        Outcome verdict = outcome;
        if (outcome instanceof Outcome.Took) {
            verdict = seen(wishes, player, outcome);
        }
        clear(task);
        return verdict;
    }

    /** Removes what a task makes. */
    void clear(Task task) throws IOException {
        for (Wish wish : new Wishes(home.camera()).of(task)) {
            router.delete(wish.externalPort());
        }
    }

    private Outcome seen(List<Wish> wishes, Player player, Outcome outcome) throws IOException {
        String own = player.name().equals(Entrant.OFFBYNULL.title()) ? ownAddress() : "";
        for (Wish wish : wishes) {
            Wish expected = own.isEmpty() ? wish : new Wish(wish.externalPort(), own, wish.internalPort());
            try {
                router.check(expected);
            } catch (IOException e) {
                return new Outcome.Failed("the router says otherwise: " + e.getMessage());
            }
        }
        return outcome;
    }

    /** The address by which this host reaches the router. Nothing is sent. */
    private String ownAddress() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            InetAddress address =
                    InetAddress.getByName(URI.create(home.description()).getHost());
            socket.connect(new InetSocketAddress(address, 1));
            return socket.getLocalAddress().getHostAddress();
        }
    }

    /** Makes the table this long. */
    void fill(int entries) throws IOException {
        List<Wish> table = new Wishes(home.camera()).table(entries);
        for (Wish wish : table.subList(router.list(), entries)) {
            router.add(wish);
        }
    }
}
