package dev.porthole;

import dev.porthole.internal.LocalNetwork;
import dev.porthole.internal.LocalNetwork.Attachment;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.RememberedGateway;
import dev.porthole.mapping.SearchScope;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who is asked first, of all that answer a search, and who waits for whom while protocols are still searching.
 *
 * <ol>
 *   <li>The cameras' router comes before others: one in their network, the default route's. Another router waits for it
 *       {@link #ANSWER_TIME}: answers of the cameras leave through that one.
 *   <li>A camera stays with the protocol by which the ledger holds its ports on this router, for as long as that protocol
 *       searches, up to {@link #HOLDER_TIME}: a second mapping beside the first would help nobody.
 *   <li>Otherwise whoever is usable is asked at once, unless it is one of those below. PCP answers within a millisecond and
 *       refuses as fast where it does not map for others; UPnP, whose devices take 50 ms to answer, is then there.
 *   <li>Some wait for protocols before them in the ladder: for {@link #GRACE} one that maps for this host only, and one
 *       that lists no mappings where the ledger ends with this process, because nobody could release them later; for
 *       {@link #ANSWER_TIME} the router's web administration and what follows it, and PCP where UPnP is known to be on the
 *       router, or the ledger holds a camera's ports on a gateway that is not known any more, because UPnP lists what is
 *       mapped already; for {@link #LOOKING_TIME} one that lists nothing, where the gateway is only looked at.
 *   <li>Nobody is waited for longer than {@link Race} waits for searches.
 *   <li>Of those that may be asked the ladder's order decides.
 * </ol>
 *
 * <p>Used by one thread.
 */
final class Precedence {
    /** One hop away: a healthy router that serves another protocol has answered by then. */
    static final Duration GRACE = Duration.ofMillis(250);
    /** Devices answer a search within a second, as they are asked to (UPnP's MX). */
    static final Duration ANSWER_TIME = Duration.ofSeconds(1);
    /** A search by UPnP that hopes for a better gateway than those that answered ends by then. */
    static final Duration LOOKING_TIME = Duration.ofSeconds(3);
    /** A second mapping beside the first would have other ports. A slow router's pages are given this time to answer. */
    static final Duration HOLDER_TIME = Duration.ofSeconds(10);

    private final Aim aim;
    private final Settings settings;
    private final List<InetAddress> defaultGateways;
    private final List<Attachment> cameraNetworks;
    private final List<RememberedGateway> remembered;
    private final Map<String, Set<String>> heldTags = new HashMap<>();

    /** What a search is for. */
    enum Aim {
        /** To see every gateway. */
        ALL,
        /** To look at the one that would be used. One that lists its mappings shows more, and is waited for. */
        LOOK,
        /** To map. */
        MAP
    }

    Precedence(Settings settings, LocalNetwork network, List<Camera> cameras, Aim aim) {
        SearchScope scope = settings.scope();
        this.aim = aim;
        this.settings = settings;
        this.defaultGateways = scope.multicast()
                ? Stream.of(network.defaultGateway(), network.defaultGatewayIpv6())
                        .flatMap(Optional::stream)
                        .toList()
                : List.of();
        this.cameraNetworks = network.attachments().stream()
                .filter(a -> cameras.stream().anyMatch(camera -> a.contains(camera.address())))
                .toList();
        this.remembered = settings.memory().here(network, scope);
    }

    /** The gateways that were used before and can be asked now, the latest last. */
    List<RememberedGateway> remembered() {
        return remembered;
    }

    /** The order in which gateways are told to people: router by router, the ladder's order within each. */
    Comparator<Gateway> order() {
        return Comparator.comparingInt((Gateway gateway) -> distance(gateway.lanAddress()))
                .thenComparing(gateway -> gateway.lanAddress().getHostAddress())
                .thenComparing(Gateway::protocol);
    }

    /** Who is asked first of those that may be asked. */
    Comparator<PortMappingProvider> first(List<Camera> cameras) {
        return Comparator.comparingInt(
                        (PortMappingProvider p) -> distance(p.gateway().lanAddress()))
                .thenComparing(p -> cameras.stream().noneMatch(camera -> holds(p.gateway(), camera)))
                .thenComparing(p -> p.gateway().protocol());
    }

    /** How long after the beginning of the search a provider waits for the protocols that are still searching. */
    Duration patience(PortMappingProvider provider, List<Camera> cameras, Set<MappingProtocol> searching) {
        Gateway gateway = provider.gateway();
        if (aim == Aim.ALL || searching.isEmpty()) {
            return Duration.ZERO;
        }
        if (defaultGateways.stream().anyMatch(router -> distance(router) < distance(gateway.lanAddress()))) {
            return ANSWER_TIME;
        }
        if (!cameras.isEmpty()
                && cameras.stream().allMatch(camera -> heldElsewhere(camera, gateway, searching, List.of()))) {
            return HOLDER_TIME;
        }
        boolean known = cameras.stream().anyMatch(camera -> holds(gateway, camera));
        if (known || searching.stream().noneMatch(other -> other.compareTo(gateway.protocol()) < 0)) {
            return Duration.ZERO;
        }
        boolean costly = gateway.protocol().compareTo(MappingProtocol.NATPMP) > 0;
        boolean lists = provider.capabilities().listing();
        if (aim == Aim.LOOK && !lists) {
            return LOOKING_TIME;
        }
        if (costly || (!lists && (betterKnown(gateway, searching) || heldSomewhere(cameras, searching)))) {
            return ANSWER_TIME;
        }
        boolean releasable = lists || settings.ledger().lasting();
        return provider.capabilities().thirdParty() && releasable ? Duration.ZERO : GRACE;
    }

    private boolean betterKnown(Gateway gateway, Set<MappingProtocol> searching) {
        return searching.contains(MappingProtocol.UPNP)
                && remembered.stream()
                        .map(RememberedGateway::gateway)
                        .anyMatch(other -> other.protocol() == MappingProtocol.UPNP
                                && other.lanAddress().equals(gateway.lanAddress()));
    }

    /** By a gateway that is not remembered, as in ledgers that are older than that, and where this host's address changed. */
    private boolean heldSomewhere(List<Camera> cameras, Set<MappingProtocol> searching) {
        return searching.contains(MappingProtocol.UPNP)
                && cameras.stream()
                        .anyMatch(camera -> camera.services().stream()
                                .anyMatch(service -> settings.ledger()
                                        .holds(camera.planItem(service).tag())));
    }

    /**
     * Whether a camera's ports are held by another gateway that may still come, or has come, and not by this one.
     *
     * @param there the gateways that have come and were not asked yet
     */
    boolean heldElsewhere(Camera camera, Gateway gateway, Set<MappingProtocol> searching, List<Gateway> there) {
        if (holds(gateway, camera)) {
            return false;
        }
        boolean expected = remembered.stream()
                .map(RememberedGateway::gateway)
                .anyMatch(other -> searching.contains(other.protocol()) && holds(other, camera));
        return expected || there.stream().anyMatch(other -> holds(other, camera));
    }

    private boolean holds(Gateway gateway, Camera camera) {
        Set<String> tags = heldTags.computeIfAbsent(
                gateway.id(),
                id -> settings.ledger().entries(id).stream()
                        .map(LedgerEntry::tag)
                        .collect(Collectors.toSet()));
        return !tags.isEmpty()
                && camera.services().stream()
                        .anyMatch(service ->
                                tags.contains(camera.planItem(service).tag()));
    }

    /** How far a router is from being the one that is meant. */
    private int distance(InetAddress router) {
        boolean beside =
                cameraNetworks.isEmpty() || cameraNetworks.stream().anyMatch(network -> network.contains(router));
        boolean byDefault = defaultGateways.isEmpty() || defaultGateways.contains(router);
        return (beside ? 0 : 2) + (byDefault ? 0 : 1);
    }
}
