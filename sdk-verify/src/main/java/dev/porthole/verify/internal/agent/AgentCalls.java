package dev.porthole.verify.internal.agent;

import dev.porthole.Deadline;
import dev.porthole.Secret;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.DeviceRequest;
import dev.porthole.http.internal.TlsTrust;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.verify.internal.HostLookup;
import dev.porthole.verify.internal.PinnedKey;
import dev.porthole.verify.internal.Redactor;
import dev.porthole.verify.internal.agent.ProbeRequest.Family;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Calls an agent. Thread-safe. */
public final class AgentCalls {
    private static final int HTTPS = 443;
    private static final int HTTP = 80;

    private final URI agent;
    private final Secret token;
    private final Optional<String> pin;
    private final Optional<TlsTrust> trust;
    private final Redactor redactor = new Redactor(Optional.empty());
    // Never closed: it keeps no connections, and its one thread ends when idle.
    private final DeviceHttp http = new DeviceHttp();

    /**
     * Takes what every call needs.
     *
     * @param agent http or https, with a host, perhaps a port and a path before the API's
     * @param token the site's
     * @param pin the agent's TLS key; empty to trust as the Java platform does
     */
    public AgentCalls(URI agent, Secret token, Optional<String> pin) {
        this.agent = agent;
        this.token = token;
        this.pin = pin;
        TlsTrust keys = pin.map(key -> TlsTrust.of(new PinnedKey(key))).orElseGet(TlsTrust::platform);
        this.trust = agent.getScheme().equalsIgnoreCase("https") ? Optional.of(keys) : Optional.empty();
    }

    /** Asks by which address the agent sees this host. */
    public InetAddress address(Deadline deadline) throws AgentTroubleException, InterruptedException {
        InetSocketAddress peer = endpoint(Optional.empty(), deadline);
        return seenAt(exchange(DeviceRequest.get(peer, path(AgentApi.ADDRESS)), deadline));
    }

    /** Has one probe run. */
    AgentReply probe(ProbeRequest request, Deadline deadline) throws AgentTroubleException, InterruptedException {
        InetSocketAddress peer = endpoint(request.family(), deadline);
        byte[] body = AgentJson.request(request).getBytes(StandardCharsets.UTF_8);
        AgentReply reply = exchange(
                DeviceRequest.post(peer, path(AgentApi.PROBE), body).header("Content-Type", "application/json"),
                deadline);
        if (reply.answers().size() != 1) {
            throw notAnAgent();
        }
        return reply;
    }

    /** The address of a reply. */
    InetAddress seenAt(AgentReply reply) throws AgentTroubleException {
        return IpLiteral.parse(reply.address()).orElseThrow(this::notAnAgent);
    }

    /** An address of the agent; of the family that is to be tried, since it dials the address that it sees. */
    private InetSocketAddress endpoint(Optional<Family> family, Deadline deadline)
            throws AgentTroubleException, InterruptedException {
        try {
            List<InetAddress> addresses = HostLookup.all(agent.getHost(), deadline);
            Optional<InetAddress> fitting = addresses.stream()
                    .filter(address ->
                            family.isEmpty() || (address instanceof Inet4Address) == (family.get() == Family.IPV4))
                    .findFirst();
            // Where none fits, the agent says so itself, with the address that it sees.
            int port = agent.getPort() > 0 ? agent.getPort() : trust.isPresent() ? HTTPS : HTTP;
            return new InetSocketAddress(fitting.orElse(addresses.get(0)), port);
        } catch (IOException e) {
            throw new AgentTroubleException(
                    "The probe agent " + agent + " cannot be called: " + e.getMessage() + ".",
                    "Check the agent's URL and this host's name service.");
        }
    }

    private String path(String api) {
        String prefix = agent.getRawPath() == null ? "" : agent.getRawPath();
        return (prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix) + api;
    }

    private AgentReply exchange(DeviceRequest.Builder request, Deadline deadline)
            throws AgentTroubleException, InterruptedException {
        request.header("Host", agent.getRawAuthority())
                .header("User-Agent", "Porthole")
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + token.use(String::new))
                .maxBody(AgentReplyParser.MAX_BODY);
        trust.ifPresent(keys -> {
            // A pinned key is the identity; its certificate may name anything.
            if (pin.isPresent()) {
                request.tls(keys);
            } else {
                request.tls(keys, withoutBrackets(agent.getHost()));
            }
        });
        try {
            return reply(http.send(request.build(), deadline));
        } catch (DeviceHttpException e) {
            throw unreachable(e);
        }
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
    }

    private AgentReply reply(DeviceReply reply) throws AgentTroubleException {
        Optional<AgentReply> parsed = AgentReplyParser.parse(reply.body());
        boolean agents = parsed.isPresent() && reply.complete();
        if (reply.status() == 200 && agents) {
            return parsed.get();
        }
        String words =
                parsed.map(AgentReply::errorMessage).map(redactor::message).orElse("");
        throw refused(reply.status(), words);
    }

    private AgentTroubleException refused(int status, String words) {
        String says = words.isEmpty() ? "" : ": " + words;
        return switch (status) {
            case 401 ->
                new AgentTroubleException(
                        "The probe agent " + agent + " refuses the token.",
                        "Give the token that the agent's token file holds for this site.");
            case 403 ->
                new AgentTroubleException(
                        "The probe agent " + agent + " may not try this host" + says + ".",
                        "Let the agent run where it sees this network at its public address: on a host in the Internet,"
                                + " reached without a VPN.");
            case 429 ->
                new AgentTroubleException(
                        "The probe agent " + agent + " has had enough for now" + says + ".",
                        "Wait, or use another agent.");
            case 400, 413, 431 ->
                words.isEmpty()
                        ? notAnAgent()
                        : new AgentTroubleException(
                                "The probe agent " + agent + " does not accept the request" + says + ".",
                                "Use the same version of Porthole here and there, and check a proxy in front of the"
                                        + " agent.");
            case 500, 502, 503, 504 ->
                new AgentTroubleException(
                        "The probe agent " + agent + " or the proxy in front of it fails (status " + status + ").",
                        "Look at its log; restart it.");
            default -> notAnAgent();
        };
    }

    private AgentTroubleException notAnAgent() {
        return new AgentTroubleException(
                "What answers at " + agent + " is no Porthole probe agent.",
                "Check the agent's URL; behind a proxy, that it passes on what begins with /v1/.");
    }

    private AgentTroubleException unreachable(DeviceHttpException failure) {
        String remedy = switch (failure.kind()) {
            case TLS ->
                pin.isPresent()
                        ? "Check the pin: the agent shows another TLS key. If it was given a new one, pin that."
                        : "Give the agent a certificate that this host trusts and that holds the name in the URL,"
                                + " or pin its key.";
            case MALFORMED, CLOSED -> "Check the agent's URL, and whether it begins with https:// where it must.";
            default -> "Check that the agent runs, that its port is open, and that this host may connect to it.";
        };
        String why = switch (failure.kind()) {
            case TIMED_OUT -> failure.sent() ? "it did not answer in time" : "no connection in time";
            case CONNECT_REFUSED -> "nothing listens there";
            case UNREACHABLE -> "there is no way to it";
            case TLS -> "its certificate is not accepted, or TLS could not be agreed on";
            case CLOSED -> "it closed the connection without an answer";
            case MALFORMED -> "its answer is not HTTP";
        };
        return new AgentTroubleException("The probe agent " + agent + " cannot be used: " + why + ".", remedy);
    }
}
