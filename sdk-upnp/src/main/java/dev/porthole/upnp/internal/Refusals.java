package dev.porthole.upnp.internal;

import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.upnp.internal.WanConnection.Wanted;
import java.util.OptionalInt;

/** The refusals in words. */
final class Refusals {
    private Refusals() {}

    static Refused conflict(Wanted wanted, PortMapping held, OptionalInt code) {
        String holder = held.internalClient() + ":" + held.internalPort();
        String name = held.description().isEmpty() ? "" : " ('" + held.description() + "')";
        String disabled = held.enabled() ? "" : ", which is disabled but keeps its port";
        return new Refused(
                Refusal.CONFLICT,
                code,
                "external port " + wanted.externalPort() + "/" + wanted.protocol() + " is mapped to " + holder + name
                        + disabled + ", and that mapping is not ours.");
    }

    static Refused conflict(Wanted wanted, UpnpFaultException e) {
        return new Refused(
                Refusal.CONFLICT,
                e.protocolCode(),
                "the router says that external port " + wanted.externalPort() + "/" + wanted.protocol() + " is taken: "
                        + e.words() + ".");
    }

    static Refused service(Wanted wanted, UpnpFaultException e) {
        return new Refused(
                Refusal.ROUTER_SERVICE,
                e.protocolCode(),
                "the router itself uses external port " + wanted.externalPort() + "/" + wanted.protocol() + ": "
                        + e.words() + ".");
    }

    static Refused thirdParty(Wanted wanted, UpnpFaultException e) {
        return new Refused(
                Refusal.THIRD_PARTY,
                e.protocolCode(),
                "the router maps ports only to the host that asks (secure mode), not to " + wanted.internalClient()
                        + " on behalf of this host: " + e.words() + ".");
    }

    static Refused notAuthorized(UpnpFaultException e) {
        return new Refused(
                Refusal.NOT_AUTHORIZED,
                e.protocolCode(),
                "the router lets this host change no mappings: " + e.words() + ".");
    }

    static Refused externalPolicy(Wanted wanted, int accepted, UpnpFaultException e) {
        return new Refused(
                Refusal.POLICY,
                e.protocolCode(),
                "a permission rule of the router excludes external port " + wanted.externalPort() + ": " + e.words()
                        + ", while external port " + accepted + " was accepted.");
    }

    static Refused internalPolicy(Wanted wanted, int accepted, UpnpFaultException e) {
        return new Refused(
                Refusal.POLICY,
                e.protocolCode(),
                "a permission rule of the router excludes internal port " + wanted.internalPort() + ": " + e.words()
                        + ", while internal port " + accepted
                        + " of the same camera was accepted; another external port does not help.");
    }

    static Refused samePort(Wanted wanted, UpnpFaultException e) {
        return new Refused(
                Refusal.SAME_PORT_REQUIRED,
                e.protocolCode(),
                "the router maps only equal port numbers, not " + wanted.externalPort() + " to " + wanted.internalPort()
                        + ": " + e.words() + ".");
    }

    static Refused sourceUnsupported(String why, OptionalInt code) {
        return new Refused(Refusal.SOURCE_RESTRICTION_UNSUPPORTED, code, why + ".");
    }

    static Refused tableFull(UpnpFaultException e) {
        return new Refused(
                Refusal.TABLE_FULL, e.protocolCode(), "the router has no room for another mapping: " + e.words() + ".");
    }

    static Refused notStored(Wanted wanted, String instead) {
        return new Refused(
                Refusal.NOT_STORED,
                OptionalInt.empty(),
                "the router accepted external port " + wanted.externalPort() + "/" + wanted.protocol() + " to "
                        + wanted.internalClient() + ":" + wanted.internalPort() + ", but " + instead
                        + ".");
    }

    static Refused other(OptionalInt code, String detail) {
        return new Refused(Refusal.OTHER, code, detail);
    }

    static Refused other(UpnpFaultException e, String meaning) {
        String sentence = meaning.isEmpty() ? "" : ": " + meaning;
        return other(e.protocolCode(), "the router answered with " + e.words() + sentence + ".");
    }

    static Refused notIpv4(InternalEndpoint internal) {
        return other(OptionalInt.empty(), "UPnP maps to IPv4 addresses only, and " + internal + " is none.");
    }
}
