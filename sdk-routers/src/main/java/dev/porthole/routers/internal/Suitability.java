package dev.porthole.routers.internal;

import dev.porthole.SourcePolicy;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.Capabilities.SourceRestriction;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import java.net.Inet4Address;
import java.util.Optional;
import java.util.OptionalInt;

/** Whether a router can do what is asked for: what it cannot do is refused, never replaced by something else. */
final class Suitability {
    private Suitability() {}

    static Optional<Refused> refusal(Capabilities can, MappingRequest request) {
        if (!can.protocols().contains(request.protocol())) {
            return refused(Refusal.OTHER, "this router's table has no " + request.protocol() + " rules.");
        }
        if (!(request.internal().address() instanceof Inet4Address)) {
            return refused(Refusal.OTHER, "this router's table takes IPv4 addresses only.");
        }
        if (!can.translation() && request.externalPort() != request.internal().port()) {
            return refused(
                    Refusal.SAME_PORT_REQUIRED,
                    "this router's table has one port per rule: external and internal port must be the same.");
        }
        return source(can.sourceRestriction(), request.source());
    }

    private static Optional<Refused> source(SourceRestriction can, SourcePolicy source) {
        if (source.isAnyone()) {
            return Optional.empty();
        }
        if (can == SourceRestriction.NONE) {
            return refused(
                    Refusal.SOURCE_RESTRICTION_UNSUPPORTED, "this router's rules cannot be restricted to a source.");
        }
        if (source.blocks().size() > 1) {
            return refused(
                    Refusal.SOURCE_RESTRICTION_UNSUPPORTED,
                    "this router's rules take one source each, and "
                            + source.blocks().size() + " were given.");
        }
        if (can == SourceRestriction.SINGLE_ADDRESS && source.singleAddress().isEmpty()) {
            return refused(
                    Refusal.SOURCE_RESTRICTION_UNSUPPORTED,
                    "this router's rules take a single address as source, not a block.");
        }
        return Optional.empty();
    }

    static Optional<Refused> refused(Refusal reason, String detail) {
        return Optional.of(new Refused(reason, OptionalInt.empty(), detail));
    }

    /** Whether a rule does exactly what is asked for. */
    static boolean fulfils(PortMapping rule, MappingRequest request) {
        return rule.protocol() == request.protocol()
                && rule.external().size() == 1
                && rule.externalPort() == request.externalPort()
                && rule.leadsTo(request.internal())
                && rule.enabled()
                && sameSource(rule.remoteHost(), request.source());
    }

    /** Whether a rule's source, empty for anyone, is the policy. */
    static boolean sameSource(String remoteHost, SourcePolicy source) {
        if (remoteHost.isEmpty() || source.isAnyone()) {
            return remoteHost.isEmpty() && source.isAnyone();
        }
        try {
            return SourcePolicy.only(remoteHost).equals(source);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
