package dev.porthole.upnp.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.DeviceRequest;
import dev.porthole.http.internal.DeviceText;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.upnp.internal.Uplink.State;
import dev.porthole.upnp.internal.Uplink.Status;
import dev.porthole.upnp.internal.UpnpProvider.Service;
import dev.porthole.upnp.internal.ssdp.SsdpReply;
import dev.porthole.upnp.internal.wire.DescriptionReader;
import dev.porthole.upnp.internal.wire.DeviceDescription;
import dev.porthole.upnp.internal.wire.DeviceDescription.WanService;
import dev.porthole.upnp.internal.wire.MalformedDocumentException;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Looks closer at one device that answered a search: fetches its description and asks each WAN connection for its state.
 * Reports what it knows as soon as it knows it.
 */
final class Inspection implements Runnable {
    private static final byte[] END = "</root>".getBytes(UTF_8);
    /** Slower than this, a device is of no use to anybody, and whoever searches has other things to do. */
    private static final Duration MOST_FOR_DESCRIPTION = Duration.ofSeconds(5);

    private static final Duration MOST_FOR_STATE = Duration.ofSeconds(4);

    private final SsdpReply reply;
    private final DeviceUrl location;
    private final int order;
    private final DeviceHttp http;
    private final SafeXml xml;
    private final RouterLocks locks;
    private final Deadline deadline;
    private final Consumer<Candidate> candidates;
    private final Consumer<Finding> findings;

    Inspection(
            SsdpReply reply,
            DeviceUrl location,
            int order,
            DeviceHttp http,
            SafeXml xml,
            RouterLocks locks,
            Deadline deadline,
            Consumer<Candidate> candidates,
            Consumer<Finding> findings) {
        this.reply = reply;
        this.location = location;
        this.order = order;
        this.http = http;
        this.xml = xml;
        this.locks = locks;
        this.deadline = deadline;
        this.candidates = candidates;
        this.findings = findings;
    }

    @Override
    public void run() {
        try {
            Optional<DeviceReply> fetched = fetch();
            if (fetched.isPresent()) {
                describe(fetched.get());
            }
        } catch (InterruptedException e) {
            // The search is over.
        } catch (NatTraversalException e) {
            findings.accept(
                    Finding.of(e.code(), String.valueOf(e.getMessage()), "Restart the device, or allow more time."));
        }
    }

    private Optional<DeviceReply> fetch() throws InterruptedException {
        Deadline by = deadline.within(MOST_FOR_DESCRIPTION);
        DeviceRequest request = DeviceRequest.get(location.peer(), location.target())
                .bodyEnd(Inspection::ended)
                .build();
        ReentrantLock lock = locks.take(location.peer().getAddress(), by);
        try {
            return Optional.of(http.send(request, by));
        } catch (DeviceHttpException e) {
            boolean late =
                    e.kind() == DeviceHttpException.Kind.TIMED_OUT || e.kind() == DeviceHttpException.Kind.UNREACHABLE;
            report(
                    late ? FindingCode.TIMED_OUT : FindingCode.MALFORMED_REPLY,
                    "does not give its description: " + e.getMessage(),
                    late ? "Restart the device, or allow more time." : "Restart the device.");
            return Optional.empty();
        } finally {
            lock.unlock();
        }
    }

    private void describe(DeviceReply fetched) throws InterruptedException {
        if (!fetched.success()) {
            malformed("answers with HTTP status " + fetched.status() + " instead of its description"
                    + fetched.headers()
                            .first("Location")
                            .map(to -> " and points to '" + DeviceText.oneLine(to, 100) + "', which is not followed")
                            .orElse(""));
            return;
        }
        DeviceDescription description;
        try {
            if (fetched.truncated()) {
                malformed("sends a description of more than " + fetched.body().length + " bytes");
                return;
            }
            description = DescriptionReader.read(xml, fetched.body());
        } catch (MalformedDocumentException e) {
            malformed("sends a description that is not usable: " + e.getMessage() + "; it starts with "
                    + DeviceText.excerpt(fetched.body()));
            return;
        }
        if (description.services().isEmpty()) {
            if (reply.claimsGateway()) {
                malformed("says that it is a gateway, but describes no WAN connection");
            }
            return;
        }
        inspect(description, fetched);
    }

    private void inspect(DeviceDescription description, DeviceReply fetched) throws InterruptedException {
        String server = reply.server() + " " + fetched.headers().first("Server").orElse("");
        boolean miniupnpd =
                (server + " " + description.model()).toLowerCase(Locale.ROOT).contains("miniupnpd");
        Gateway gateway = gateway(description);
        DeviceUrl base = base(description);
        Optional<Candidate> best = Optional.empty();
        for (WanService wan : description.services()) {
            Optional<DeviceUrl> control = base.resolve(wan.controlUrl()).filter(url -> url.on(gateway.lanAddress()));
            if (control.isEmpty()) {
                malformed("sends actions for " + wan.type() + " to '" + DeviceText.oneLine(wan.controlUrl(), 100)
                        + "', which is not an http address on the device itself");
                continue;
            }
            Optional<DeviceUrl> scpd = Optional.of(wan.scpdUrl())
                    .filter(url -> !url.isEmpty())
                    .flatMap(base::resolve)
                    .filter(url -> url.on(gateway.lanAddress()));
            Service service = new Service(wan.type(), control.get(), scpd, miniupnpd);
            if (best.isEmpty()) {
                best = Optional.of(new Candidate(gateway, service, State.unknown(Status.UNKNOWN), order));
                candidates.accept(best.get());
            }
            Candidate asked = new Candidate(gateway, service, ask(service, gateway), order);
            if (asked.state().rank() < best.get().state().rank()
                    || best.get().service().equals(service)) {
                best = Optional.of(asked);
                candidates.accept(asked);
            }
            if (asked.usable()) {
                return;
            }
        }
    }

    private State ask(Service service, Gateway gateway) throws InterruptedException {
        SoapClient soap = new SoapClient(http, xml, locks, service.control(), service.type(), gateway::toString);
        try {
            return new Uplink(new WanConnection(soap), service.miniupnpd()).ask(deadline.within(MOST_FOR_STATE));
        } catch (NatTraversalException e) {
            findings.accept(Finding.of(
                    e.code(),
                    String.valueOf(e.getMessage()),
                    "Restart the router, or switch UPnP off and on again in its settings."));
            return State.unknown(Status.NOT_CONNECTED);
        }
    }

    private Gateway gateway(DeviceDescription description) {
        String host = location.peer().getAddress().getHostAddress();
        return new Gateway(
                description.udn().isEmpty() ? "upnp:" + host : description.udn(),
                MappingProtocol.UPNP,
                location.peer().getAddress(),
                description.model());
    }

    /** RFC 3986 section 5.1. A base on another host is not used: many name an address that the router had once. */
    private DeviceUrl base(DeviceDescription description) {
        if (description.urlBase().isEmpty()) {
            return location;
        }
        Optional<DeviceUrl> base = DeviceUrl.parse(description.urlBase())
                .filter(url -> url.on(location.peer().getAddress()));
        if (base.isEmpty()) {
            malformed("gives '" + DeviceText.oneLine(description.urlBase(), 100)
                    + "' as the base of its addresses, which is not on the device itself and was not used");
        }
        return base.orElse(location);
    }

    private void malformed(String what) {
        report(FindingCode.MALFORMED_REPLY, what, "Update or restart the device.");
    }

    private void report(FindingCode code, String what, String remedy) {
        findings.accept(Finding.of(
                code, reply.source().getAddress().getHostAddress() + " (" + location + ") " + what + ".", remedy));
    }

    private static boolean ended(byte[] body, int length) {
        int end = length;
        while (end > 0 && body[end - 1] <= ' ' && body[end - 1] >= 0) {
            end--;
        }
        for (int i = 0; i < END.length; i++) {
            if (end < END.length || body[end - END.length + i] != END[i]) {
                return false;
            }
        }
        return true;
    }
}
