package dev.porthole.upnp.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.DeviceRequest;
import dev.porthole.http.internal.DeviceText;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.upnp.internal.wire.SoapReply;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends SOAP actions to one service, UPnP Device Architecture 1.1 section 3.1, in the one spelling that every router met
 * so far understands: {@code SOAPAction} in this case and in quotes, prefixes, no white space between tags, and only
 * ampersands and angle brackets escaped. Thread-safe.
 */
final class SoapClient {
    private static final Logger LOG = LoggerFactory.getLogger(SoapClient.class);

    /** Real replies have less than two kilobytes; a login page is recognised by its start. */
    private static final int MAX_REPLY = 1 << 17;

    private static final byte[] END = "envelope>".getBytes(UTF_8);

    private final DeviceHttp http;
    private final SafeXml xml;
    private final RouterTurns turns;
    private final DeviceUrl control;
    private final String serviceType;
    private final Supplier<String> gateway;
    private volatile @Nullable InetAddress localAddress;

    /** One argument of an action. */
    record Argument(String name, String value) {}

    SoapClient(
            DeviceHttp http,
            SafeXml xml,
            RouterTurns turns,
            DeviceUrl control,
            String serviceType,
            Supplier<String> gateway) {
        this.http = http;
        this.xml = xml;
        this.turns = turns;
        this.control = control;
        this.serviceType = serviceType;
        this.gateway = gateway;
    }

    /** This host's address as the gateway sees it; empty before the first answer. */
    Optional<InetAddress> localAddress() {
        return Optional.ofNullable(localAddress);
    }

    InetAddress router() {
        return control.peer().getAddress();
    }

    SafeXml xml() {
        return xml;
    }

    RouterTurns turns() {
        return turns;
    }

    /** The gateway's name for messages. */
    String name() {
        return gateway.get();
    }

    /**
     * Sends an action and reads its answer.
     *
     * @throws UpnpFaultException where the gateway refused
     * @throws NoAnswerException where no usable answer came
     */
    SoapReply call(String action, List<Argument> arguments, Deadline deadline)
            throws UpnpFaultException, InterruptedException {
        DeviceRequest request = DeviceRequest.post(control.peer(), control.target(), envelope(action, arguments))
                .header("Content-Type", "text/xml; charset=\"utf-8\"")
                .header("SOAPAction", "\"" + serviceType + "#" + action + "\"")
                .maxBody(MAX_REPLY)
                .bodyEnd(SoapClient::ended)
                .build();
        DeviceReply reply;
        ReentrantLock lock = turns.take(router(), deadline);
        try {
            reply = http.send(request, deadline);
        } catch (DeviceHttpException e) {
            throw noAnswer(action, e);
        } finally {
            lock.unlock();
        }
        localAddress = reply.localAddress();
        LOG.debug(
                "{}: {} {} -> {} {}",
                name(),
                action,
                arguments,
                reply.status(),
                reply.timings().finished());
        return read(action, reply);
    }

    private SoapReply read(String action, DeviceReply reply) throws UpnpFaultException {
        SoapReply answer = SoapReply.read(xml, reply.body());
        if (answer.fault().isPresent()) {
            throw new UpnpFaultException(
                    answer.fault().get().code(), answer.fault().get().description());
        }
        if (reply.success() && answer.answers(action)) {
            return answer;
        }
        if (reply.status() == 401 || reply.status() == 403) {
            // Of the web server, not of UPnP: told as what it means there, action not authorized.
            throw new UpnpFaultException(
                    OptionalInt.of(606), "HTTP status " + reply.status() + ": the router asks for a login");
        }
        String reason = answer.problem().orElse("it is not the answer to " + action);
        throw new NoAnswerException(
                FindingCode.MALFORMED_REPLY,
                true,
                name() + ": the reply to " + action + " (HTTP status " + reply.status() + ") is not usable: " + reason
                        + "; it starts with " + DeviceText.excerpt(reply.body())
                        + ". Check that this is the router's UPnP address and restart the router.",
                null);
    }

    private NoAnswerException noAnswer(String action, DeviceHttpException e) {
        FindingCode code = switch (e.kind()) {
            case TIMED_OUT, UNREACHABLE -> FindingCode.TIMED_OUT;
            case CONNECT_REFUSED, CLOSED, MALFORMED, TLS -> FindingCode.MALFORMED_REPLY;
        };
        String advice = switch (e.kind()) {
            case TIMED_OUT -> "The router is busy or stuck: allow more time or restart it.";
            case CONNECT_REFUSED, UNREACHABLE ->
                "Its UPnP service is gone or has moved to another port: search for gateways again.";
            case CLOSED, MALFORMED, TLS -> "Its UPnP service may have crashed: restart the router.";
        };
        return new NoAnswerException(
                code, e.sent(), name() + ": " + action + " got no answer: " + e.getMessage() + ". " + advice, e);
    }

    private byte[] envelope(String action, List<Argument> arguments) {
        StringBuilder xml = new StringBuilder(700)
                .append("<?xml version=\"1.0\"?><s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"")
                .append(" s:encodingStyle=\"http://schemas.xmlsoap.org/soap/encoding/\"><s:Body><u:")
                .append(action)
                .append(" xmlns:u=\"")
                .append(serviceType)
                .append("\">");
        for (Argument argument : arguments) {
            xml.append('<').append(argument.name()).append('>');
            escape(argument.value(), xml);
            xml.append("</").append(argument.name()).append('>');
        }
        xml.append("</u:").append(action).append("></s:Body></s:Envelope>");
        return xml.toString().getBytes(UTF_8);
    }

    private static void escape(String value, StringBuilder xml) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '&' -> xml.append("&amp;");
                case '<' -> xml.append("&lt;");
                case '>' -> xml.append("&gt;");
                default -> xml.append(c < ' ' || c == 0x7F ? ' ' : c);
            }
        }
    }

    /** The last tag closes the envelope. */
    private static boolean ended(byte[] body, int length) {
        int end = length;
        while (end > 0 && body[end - 1] <= ' ' && body[end - 1] >= 0) {
            end--;
        }
        for (int i = 0; i < END.length; i++) {
            int at = end - END.length + i;
            if (at < 2 || Character.toLowerCase(body[at]) != END[i]) {
                return false;
            }
        }
        int open = end - END.length;
        while (open > 0 && body[open] != '<') {
            open--;
        }
        return body[open] == '<' && open + 1 < end && body[open + 1] == '/';
    }
}
