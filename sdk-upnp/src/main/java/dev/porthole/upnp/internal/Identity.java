package dev.porthole.upnp.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.DeviceRequest;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.upnp.internal.UpnpProvider.Service;
import dev.porthole.upnp.internal.wire.DescriptionReader;
import dev.porthole.upnp.internal.wire.DeviceDescription;
import dev.porthole.upnp.internal.wire.MalformedDocumentException;
import java.net.InetAddress;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Whether a gateway that was used before is still the one that it was. A mapping of ours that is still there shows it;
 * otherwise its description has to name the same device and the same place for actions before anything is changed on it.
 * Thread-safe.
 */
final class Identity {
    private final Gateway gateway;
    private final Service service;
    private final DeviceHttp http;
    private final SafeXml xml;
    private final RouterTurns turns;
    private volatile boolean proven;

    /**
     * The identity of a gateway.
     *
     * @param proven whether it was just found, by its description
     */
    Identity(Gateway gateway, Service service, DeviceHttp http, SafeXml xml, RouterTurns turns, boolean proven) {
        this.gateway = gateway;
        this.service = service;
        this.http = http;
        this.xml = xml;
        this.turns = turns;
        this.proven = proven;
    }

    /** The id of a device: its unique name, else derived from its address. */
    static String id(DeviceDescription description, InetAddress host) {
        return description.udn().isEmpty() ? "upnp:" + host.getHostAddress() : description.udn();
    }

    /** Something of ours was found on it. */
    void shown() {
        proven = true;
    }

    /**
     * Reads the description, where nothing has shown yet who it is.
     *
     * @throws NatTraversalException where it is another device, or does not tell
     */
    void prove(Deadline deadline) throws InterruptedException {
        if (proven) {
            return;
        }
        DeviceUrl location = service.description();
        DeviceRequest request = DeviceRequest.get(location.peer(), location.target())
                .bodyEnd(Inspection::ended)
                .build();
        ReentrantLock turn = turns.take(gateway.lanAddress(), deadline);
        try {
            DeviceReply reply = http.send(request, deadline);
            if (!reply.success() || reply.truncated() || !same(DescriptionReader.read(xml, reply.body()))) {
                throw another("there is another device, or its place for actions is another", null);
            }
            proven = true;
        } catch (DeviceHttpException | MalformedDocumentException e) {
            throw another(String.valueOf(e.getMessage()), e);
        } finally {
            turn.unlock();
        }
    }

    private boolean same(DeviceDescription description) {
        DeviceUrl base = Optional.of(description.urlBase())
                .flatMap(DeviceUrl::parse)
                .filter(url -> url.on(gateway.lanAddress()))
                .orElse(service.description());
        return id(description, gateway.lanAddress()).equals(gateway.id())
                && description.services().stream()
                        .anyMatch(wan -> wan.type().equals(service.type())
                                && base.resolve(wan.controlUrl())
                                        .filter(service.control()::equals)
                                        .isPresent());
    }

    private NatTraversalException another(String why, @org.jspecify.annotations.Nullable Exception cause) {
        return new NatTraversalException(
                FindingCode.MALFORMED_REPLY,
                gateway + " is not where it was (" + service.description() + "): " + why
                        + ". Search for gateways again.",
                cause);
    }
}
