package dev.porthole.pcp.internal;

import dev.porthole.SourcePolicy;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.pcp.internal.wire.MapRequest;
import dev.porthole.pcp.internal.wire.PcpReply;
import dev.porthole.pcp.internal.wire.PcpResult;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The refusals in words.
 *
 * @param internal where traffic was to arrive
 * @param externalPort the external port asked for
 * @param protocol the transport
 */
record PcpRefusals(InternalEndpoint internal, int externalPort, TransportProtocol protocol) {
    Refused thirdParty(PcpReply reply) {
        return refused(
                Refusal.THIRD_PARTY,
                reply,
                "the router maps ports only to the host that asks, not to "
                        + internal.address().getHostAddress()
                        + " on behalf of this host (PCP option THIRD_PARTY): " + words(reply)
                        + ". Allow third-party mappings on the router (miniupnpd: pcp_allow_thirdparty=yes), or use"
                        + " the router's own port forwarding page.");
    }

    Refused notAuthorized(PcpReply reply) {
        return refused(
                Refusal.NOT_AUTHORIZED,
                reply,
                "the router lets this host change no mappings: " + words(reply)
                        + ". Give it permission in the router's UPnP and PCP settings.");
    }

    Refused policy(PcpReply reply) {
        return refused(
                Refusal.POLICY,
                reply,
                "a permission rule of the router excludes external port " + externalPort + " or internal port "
                        + internal.port() + ", or somebody else's mapping leads to " + internal + ": " + words(reply)
                        + ". Change the rule in the router's UPnP and PCP settings, or the camera's own port.");
    }

    Refused conflict(PcpReply reply) {
        return refused(
                Refusal.CONFLICT,
                reply,
                "external port " + externalPort + "/" + protocol + " is not free: " + words(reply)
                        + ". Choose another external port.");
    }

    Refused otherPort(int granted) {
        return new Refused(
                Refusal.CONFLICT,
                OptionalInt.of(PcpResult.SUCCESS.ordinal()),
                "external port " + externalPort + "/" + protocol + " is not free: the router gave " + granted
                        + " instead, which was released. Choose another external port.");
    }

    Refused oneMappingOnly(int held) {
        return new Refused(
                Refusal.CONFLICT,
                OptionalInt.empty(),
                "PCP keeps one mapping for " + internal + ", and that is at external port " + held
                        + ". Release it first, or publish at that port.");
    }

    Refused filter(PcpReply reply) {
        return refused(
                Refusal.SOURCE_RESTRICTION_UNSUPPORTED,
                reply,
                "the router cannot restrict the mapping to the wanted sources (PCP option FILTER): " + words(reply)
                        + ". Allow anyone, or restrict the source on the router's firewall page.");
    }

    Refused filterIgnored() {
        return new Refused(
                Refusal.SOURCE_RESTRICTION_UNSUPPORTED,
                OptionalInt.empty(),
                "the router does not show that it keeps out whom it is told to (PCP option FILTER): it did not refuse"
                        + " a source that cannot be. Allow anyone, or restrict the source on the router's firewall"
                        + " page.");
    }

    Refused sources(SourcePolicy source) {
        return new Refused(
                Refusal.SOURCE_RESTRICTION_UNSUPPORTED,
                OptionalInt.empty(),
                "the sources " + source + " cannot be told to the router: at most " + MapRequest.MOST_FILTERS
                        + " blocks, at least one of them of the camera's address family. Name fewer or larger blocks.");
    }

    Refused full(PcpReply reply) {
        return refused(
                Refusal.TABLE_FULL,
                reply,
                "the router makes no further mapping: " + words(reply)
                        + ". Release mappings that are not needed, and check that its uplink is up.");
    }

    Refused grantedNothing(int port, long lifetime) {
        return new Refused(
                Refusal.NOT_STORED,
                OptionalInt.of(PcpResult.SUCCESS.ordinal()),
                "the router said yes, but to external port " + port + " for " + lifetime
                        + " s, which is no mapping. Restart the router.");
    }

    /** A router behind another NAT maps at an address that nobody outside can reach. */
    Optional<Refused> unusableAddress(InetAddress external) {
        return ExternalAddress.kindOf(external) == ExternalAddress.Kind.PUBLIC
                ? Optional.empty()
                : Optional.of(new Refused(
                        Refusal.OTHER,
                        OptionalInt.of(PcpResult.SUCCESS.ordinal()),
                        "the router mapped it at " + external.getHostAddress()
                                + ", which is no address of the Internet: another router or the provider translates"
                                + " in front of it. It was released."));
    }

    Refused other(PcpReply reply) {
        return refused(Refusal.OTHER, reply, words(reply) + ".");
    }

    private static Refused refused(Refusal reason, PcpReply reply, String detail) {
        return new Refused(reason, OptionalInt.of(reply.code()), detail);
    }

    /** What the router answered, and for how long it says that this holds. */
    static String words(PcpReply reply) {
        String what = reply.result()
                .map(result -> result.name() + ", " + result.words())
                .orElse("an unknown error");
        String time = reply.lifetime() == 0 ? "" : ", for the next " + shown(Duration.ofSeconds(reply.lifetime()));
        return "the router answers code " + reply.code() + ", " + what + time;
    }

    private static String shown(Duration time) {
        return time.toSeconds() < 120 ? time.toSeconds() + " s" : time.toMinutes() + " min";
    }
}
