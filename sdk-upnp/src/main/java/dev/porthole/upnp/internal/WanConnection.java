package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.upnp.internal.SoapClient.Argument;
import dev.porthole.upnp.internal.wire.EntryReader;
import dev.porthole.upnp.internal.wire.MalformedDocumentException;
import dev.porthole.upnp.internal.wire.SoapReply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The actions of WANIPConnection:1 and :2 and WANPPPConnection:1 that we use, with their arguments. Thread-safe. */
final class WanConnection {
    private final SoapClient soap;

    /** A mapping as it is asked for. */
    record Wanted(
            TransportProtocol protocol,
            String remoteHost,
            int externalPort,
            String internalClient,
            int internalPort,
            String description,
            Duration lease) {
        Wanted withLease(Duration value) {
            return new Wanted(protocol, remoteHost, externalPort, internalClient, internalPort, description, value);
        }

        Wanted withDescription(String value) {
            return new Wanted(protocol, remoteHost, externalPort, internalClient, internalPort, value, lease);
        }

        Wanted withExternalPort(int value) {
            return new Wanted(protocol, remoteHost, value, internalClient, internalPort, description, lease);
        }

        Wanted withInternal(String client, int port) {
            return new Wanted(protocol, remoteHost, externalPort, client, port, description, lease);
        }
    }

    WanConnection(SoapClient soap) {
        this.soap = soap;
    }

    SoapClient soap() {
        return soap;
    }

    String statusInfo(Deadline deadline) throws UpnpFaultException, InterruptedException {
        return value("GetStatusInfo", "NewConnectionStatus", soap.call("GetStatusInfo", List.of(), deadline));
    }

    String externalIpAddress(Deadline deadline) throws UpnpFaultException, InterruptedException {
        SoapReply reply = soap.call("GetExternalIPAddress", List.of(), deadline);
        return value("GetExternalIPAddress", "NewExternalIPAddress", reply);
    }

    void addPortMapping(Wanted wanted, Deadline deadline) throws UpnpFaultException, InterruptedException {
        soap.call("AddPortMapping", arguments(wanted), deadline);
    }

    /** WANIPConnection:2 only; returns the external port that the gateway chose, 0 where it does not say. */
    int addAnyPortMapping(Wanted wanted, Deadline deadline) throws UpnpFaultException, InterruptedException {
        SoapReply reply = soap.call("AddAnyPortMapping", arguments(wanted), deadline);
        return EntryReader.port(value("AddAnyPortMapping", "NewReservedPort", reply));
    }

    void deletePortMapping(TransportProtocol protocol, int externalPort, String remoteHost, Deadline deadline)
            throws UpnpFaultException, InterruptedException {
        soap.call("DeletePortMapping", key(protocol, externalPort, remoteHost), deadline);
    }

    Optional<PortMapping> specificEntry(
            TransportProtocol protocol, int externalPort, String remoteHost, Deadline deadline)
            throws UpnpFaultException, InterruptedException {
        SoapReply reply = soap.call("GetSpecificPortMappingEntry", key(protocol, externalPort, remoteHost), deadline);
        try {
            return EntryReader.specific(reply, protocol, externalPort, remoteHost);
        } catch (MalformedDocumentException e) {
            throw malformed("GetSpecificPortMappingEntry", e);
        }
    }

    /** No mapping where the entry is a placeholder, two where it is for TCP and UDP. */
    List<PortMapping> genericEntry(int index, Deadline deadline) throws UpnpFaultException, InterruptedException {
        SoapReply reply = soap.call(
                "GetGenericPortMappingEntry",
                List.of(new Argument("NewPortMappingIndex", Integer.toString(index))),
                deadline);
        try {
            return EntryReader.listed(reply);
        } catch (MalformedDocumentException e) {
            throw malformed("GetGenericPortMappingEntry", e);
        }
    }

    private String value(String action, String name, SoapReply reply) {
        try {
            return reply.value(name);
        } catch (MalformedDocumentException e) {
            throw malformed(action, e);
        }
    }

    private NoAnswerException malformed(String action, MalformedDocumentException e) {
        return new NoAnswerException(
                FindingCode.MALFORMED_REPLY,
                true,
                soap.name() + ": the reply to " + action + " is not usable: " + e.getMessage()
                        + ". Restart or update the router.",
                e);
    }

    private static List<Argument> key(TransportProtocol protocol, int externalPort, String remoteHost) {
        return List.of(
                new Argument("NewRemoteHost", remoteHost),
                new Argument("NewExternalPort", Integer.toString(externalPort)),
                new Argument("NewProtocol", protocol.name()));
    }

    private static List<Argument> arguments(Wanted wanted) {
        List<Argument> arguments = new ArrayList<>(key(wanted.protocol(), wanted.externalPort(), wanted.remoteHost()));
        arguments.add(new Argument("NewInternalPort", Integer.toString(wanted.internalPort())));
        arguments.add(new Argument("NewInternalClient", wanted.internalClient()));
        arguments.add(new Argument("NewEnabled", "1"));
        arguments.add(new Argument("NewPortMappingDescription", wanted.description()));
        arguments.add(
                new Argument("NewLeaseDuration", Long.toString(wanted.lease().toSeconds())));
        return arguments;
    }
}
