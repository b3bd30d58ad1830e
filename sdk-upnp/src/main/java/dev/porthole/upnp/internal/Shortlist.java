package dev.porthole.upnp.internal;

import dev.porthole.upnp.internal.ssdp.SearchPaths;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The gateways that a search has found so far, and which of them the caller most likely means. Used by one thread. */
final class Shortlist {
    private final SearchPaths paths;
    private final List<Candidate> candidates = new ArrayList<>();

    Shortlist(SearchPaths paths) {
        this.paths = paths;
    }

    /** Takes a gateway in, or what is newly known of one. */
    void note(Candidate candidate) {
        candidates.removeIf(c -> c.order() == candidate.order());
        candidates.add(candidate);
    }

    /** Whether a gateway here is the one that the caller most likely means, so that there is no other to wait for. */
    boolean expected(InetAddress host) {
        boolean besideCamera = paths.cameraNetworks().isEmpty() || paths.besideCamera(host);
        boolean other = paths.defaultGateway()
                .filter(address -> paths.cameraNetworks().isEmpty() || paths.besideCamera(address))
                .filter(address -> !address.equals(host))
                .isPresent();
        return besideCamera && !other;
    }

    /** Whether the search has found what it was for. */
    boolean expectedOneUsable() {
        return candidates.stream().anyMatch(c -> c.usable() && expected(c.host()));
    }

    /** The gateways, the best first, each device once. */
    List<Candidate> best() {
        List<Candidate> ranked = new ArrayList<>(candidates);
        ranked.sort(Comparator.comparingInt((Candidate c) -> c.state().rank())
                .thenComparing(c -> !paths.besideCamera(c.host()))
                .thenComparing(
                        c -> paths.defaultGateway().filter(c.host()::equals).isEmpty())
                .thenComparingInt(Candidate::order));
        List<Candidate> distinct = new ArrayList<>();
        for (Candidate candidate : ranked) {
            if (distinct.stream().noneMatch(candidate::sameDeviceAs)) {
                distinct.add(candidate);
            }
        }
        return distinct;
    }
}
