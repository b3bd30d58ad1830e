package dev.porthole.pcp.internal;

import dev.porthole.Deadline;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.diagnose.Severity;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.pcp.internal.GatewayProbe.Inquiry;
import dev.porthole.pcp.internal.GatewayProbe.Wish;
import dev.porthole.pcp.internal.wire.NatPmpReply;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks for gateways that speak PCP, NAT-PMP or either. Thread-safe.
 *
 * @param pcp the gateways met by PCP; null where that is not wanted
 * @param natPmp the gateways met by NAT-PMP; null where that is not wanted
 * @param port where gateways listen
 * @param window how long answers are waited for
 * @param network what this host is attached to
 */
public record GatewaySearch(
        @Nullable GatewayStates pcp,
        @Nullable GatewayStates natPmp,
        int port,
        Duration window,
        Supplier<LocalNetwork> network) {
    private static final Logger LOG = LoggerFactory.getLogger(GatewaySearch.class);
    /** More gateways than a host has. */
    private static final int MOST_SERVERS = 16;

    /**
     * Searches.
     *
     * @param scope where
     * @param deadline when to end it at the latest
     * @return the providers, in the order in which gateways are preferred
     * @throws InterruptedException where the thread was interrupted
     */
    public Found find(SearchScope scope, Deadline deadline) throws InterruptedException {
        try (GatewayProbe probe = new GatewayProbe(servers(scope), wish())) {
            List<PortMappingProvider> providers = new ArrayList<>();
            List<Finding> findings = new ArrayList<>();
            for (Inquiry inquiry : probe.run(firstEnough(scope), deadline.within(window))) {
                provider(inquiry, scope).ifPresent(providers::add);
                finding(inquiry).ifPresent(findings::add);
            }
            return new Found(providers, findings);
        } catch (IOException e) {
            LOG.warn("gateways cannot be asked: {}", e.getMessage());
            return new Found(List.of(), List.of());
        }
    }

    /**
     * The gateways met so far, which grow.
     *
     * @return by PCP, by NAT-PMP or both
     */
    public List<GatewayStates> met() {
        return Stream.of(pcp, natPmp).filter(Objects::nonNull).toList();
    }

    private Wish wish() {
        return natPmp == null ? Wish.PCP : pcp == null ? Wish.NATPMP : Wish.EITHER;
    }

    /** With cameras of both families a gateway of each is wanted. */
    boolean firstEnough(SearchScope scope) {
        return scope.firstUsable() && !(ipv4(scope) && ipv6(scope));
    }

    private static boolean ipv4(SearchScope scope) {
        return scope.cameras().isEmpty() || scope.cameras().stream().anyMatch(Inet4Address.class::isInstance);
    }

    /** NAT-PMP is about IPv4 alone. Where no camera is named, an answer by IPv6 is wanted only with all others. */
    private boolean ipv6(SearchScope scope) {
        boolean wanted = scope.cameras().isEmpty()
                ? !scope.firstUsable()
                : scope.cameras().stream().anyMatch(Inet6Address.class::isInstance);
        return pcp != null && wanted;
    }

    /** The default gateways first, of those families that are wanted. */
    List<InetSocketAddress> servers(SearchScope scope) {
        Set<InetSocketAddress> servers = new LinkedHashSet<>();
        if (scope.multicast()) {
            LocalNetwork here = network.get();
            Stream.concat(
                            here.defaultGateway().filter(address -> ipv4(scope)).stream(),
                            here.defaultGatewayIpv6().filter(address -> ipv6(scope)).stream())
                    .filter(address -> reachedBy(scope, here, address))
                    .forEach(address -> servers.add(new InetSocketAddress(address, port)));
        }
        for (InetSocketAddress named : scope.gateways()) {
            servers.add(named.getPort() == 0 ? new InetSocketAddress(named.getAddress(), port) : named);
        }
        return servers.stream().limit(MOST_SERVERS).toList();
    }

    private static boolean reachedBy(SearchScope scope, LocalNetwork network, InetAddress gateway) {
        return scope.interfaces().isEmpty()
                || network.attachments().stream()
                        .filter(a ->
                                scope.interfaces().contains(a.networkInterface().getName()))
                        .anyMatch(a -> a.contains(gateway));
    }

    private Optional<PortMappingProvider> provider(Inquiry inquiry, SearchScope scope) {
        if (pcp != null && inquiry.pcp().isPresent()) {
            GatewayState state = pcp.of(inquiry.server());
            state.epoch(inquiry.pcp().get().epoch());
            Nonces nonces = new Nonces(scope::installationKey, pcp::ownKey);
            return Optional.of(new PcpProvider(inquiry.server(), state, nonces));
        }
        if (natPmp != null && inquiry.natPmp().isPresent()) {
            NatPmpReply reply = inquiry.natPmp().get();
            GatewayState state = natPmp.of(inquiry.server());
            state.epoch(reply.epoch());
            return Optional.of(new NatPmpProvider(inquiry.server(), state, ExternalAddressQuestion.read(reply)));
        }
        return Optional.empty();
    }

    private static Optional<Finding> finding(Inquiry inquiry) {
        String who = inquiry.server().getAddress().getHostAddress() + ", asked on UDP port "
                + inquiry.server().getPort() + ",";
        if (!inquiry.malformed().isEmpty()) {
            return Optional.of(Finding.of(
                    FindingCode.MALFORMED_REPLY,
                    who + " sent no valid reply: " + inquiry.malformed() + ".",
                    "Update or restart the router; until then add the port forwarding by hand."));
        }
        if (inquiry.otherVersion()) {
            return Optional.of(new Finding(
                    FindingCode.UPNP_OFF,
                    Severity.WARNING,
                    who + " speaks NAT-PMP but not PCP; by NAT-PMP a router maps ports only to the host that asks.",
                    "Switch on UPnP or PCP on the router, or add the port forwarding by hand."));
        }
        return Optional.empty();
    }
}
