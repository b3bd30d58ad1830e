package dev.porthole.pcp.internal;

import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.pcp.internal.wire.Pcp;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** The gateways that one finder has met. Thread-safe. */
public final class GatewayStates {
    /** More routers than a host moves between. */
    private static final int MOST = 64;

    private final MappingProtocol protocol;
    private final EpochRule rule;
    private String ownKey = "";
    private final Map<InetSocketAddress, GatewayState> states = new LinkedHashMap<>();

    private GatewayStates(MappingProtocol protocol, EpochRule rule) {
        this.protocol = protocol;
        this.rule = rule;
    }

    /**
     * Gateways that speak PCP.
     *
     * @return none yet
     */
    public static GatewayStates pcp() {
        return new GatewayStates(MappingProtocol.PCP, EpochRule.PCP);
    }

    /**
     * Gateways that speak NAT-PMP.
     *
     * @return none yet
     */
    public static GatewayStates natPmp() {
        return new GatewayStates(MappingProtocol.NATPMP, EpochRule.NATPMP);
    }

    synchronized GatewayState of(InetSocketAddress server) {
        GatewayState known = states.get(server);
        if (known == null) {
            known = new GatewayState(gateway(server), rule);
            if (states.size() >= MOST) {
                states.remove(states.keySet().iterator().next());
            }
            states.put(server, known);
        }
        return known;
    }

    /** The gateway at an address and port, where it was met. */
    synchronized Optional<GatewayState> met(InetSocketAddress server) {
        return Optional.ofNullable(states.get(server));
    }

    /** Used for nonces where the installation has no key; random, and made when it is first needed. */
    synchronized String ownKey() {
        if (ownKey.isEmpty()) {
            ownKey = Nonces.randomKey();
        }
        return ownKey;
    }

    /** Neither protocol names the device: its address on the LAN has to do. */
    private Gateway gateway(InetSocketAddress server) {
        String host = server.getAddress().getHostAddress().replaceFirst("%.*", "");
        String place = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        String port = server.getPort() == Pcp.SERVER_PORT ? "" : ":" + server.getPort();
        return new Gateway(protocol.id() + ":" + place + port, protocol, server.getAddress(), "");
    }
}
