package dev.porthole.verify.internal.agent;

import dev.porthole.http.internal.ServerReply;
import dev.porthole.http.internal.ServerRequest;
import dev.porthole.http.internal.SmallServer;
import dev.porthole.verify.internal.agent.ProbeRequest.Family;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The agent's API: {@code POST /v1/probe} and {@code GET /v1/address}. What is dialled comes from the connection, never
 * from the request. Thread-safe.
 */
public final class AgentApi implements SmallServer.Handler {
    /** The largest request body in bytes. */
    public static final int MAX_BODY = ProbeRequestParser.MAX_BODY;

    /** Where probes are tried. */
    public static final String PROBE = "/v1/probe";

    /** Where a caller is told its address. */
    public static final String ADDRESS = "/v1/address";

    /** A probe ends within 5 s, and so does one that stands in the way. */
    private static final Duration BUSY = Duration.ofSeconds(5);

    private static final Logger LOG = LoggerFactory.getLogger(AgentApi.class);

    private final Setup setup;

    /**
     * What the agent's builder was told.
     *
     * @param tokens who may call
     * @param proxies whose X-Forwarded-For counts
     * @param policy what may be dialled
     * @param perToken how often a site may probe
     * @param perAddress how often an address may be probed
     * @param video whether accounts are taken
     * @param probing runs the probes
     */
    public record Setup(
            Tokens tokens,
            Blocks proxies,
            DialPolicy policy,
            RateLimit perToken,
            RateLimit perAddress,
            boolean video,
            Probing probing) {}

    /** An API of a setup. */
    public AgentApi(Setup setup) {
        this.setup = setup;
    }

    @Override
    public ServerReply handle(ServerRequest request) throws InterruptedException {
        Optional<ServerReply> misdirected = misdirected(request);
        if (misdirected.isPresent()) {
            return misdirected.get();
        }
        List<String> authorization = request.headers().all("Authorization");
        Optional<String> site =
                authorization.size() == 1 ? setup.tokens().site(authorization.get(0)) : Optional.empty();
        if (site.isEmpty()) {
            LOG.debug("{}: no token, or a wrong one", request.peer().getHostAddress());
            return error(401, "unauthorized", "send the site's token: Authorization: Bearer TOKEN")
                    .with("WWW-Authenticate", "Bearer");
        }
        Optional<InetAddress> caller = CallerAddress.of(request.peer(), request.headers(), setup.proxies());
        if (caller.isEmpty()) {
            return error(
                    400,
                    "caller_unknown",
                    "the proxy in front of this agent does not say who calls; let it set X-Forwarded-For");
        }
        return answer(request, site.get(), caller.get());
    }

    private static Optional<ServerReply> misdirected(ServerRequest request) {
        String method = switch (request.target()) {
            case PROBE -> "POST";
            case ADDRESS -> "GET";
            default -> "";
        };
        if (method.isEmpty()) {
            return Optional.of(error(404, "not_found", "there is " + PROBE + " and " + ADDRESS + ", and nothing else"));
        }
        return request.method().equals(method)
                ? Optional.empty()
                : Optional.of(error(405, "method_not_allowed", "use " + method).with("Allow", method));
    }

    private ServerReply answer(ServerRequest request, String site, InetAddress caller) throws InterruptedException {
        boolean asksAddress = request.target().equals(ADDRESS);
        List<ProbeRequest> probes;
        try {
            probes = asksAddress ? List.of() : ProbeRequestParser.parse(request.body());
        } catch (BadRequestException e) {
            return error(400, "bad_request", String.valueOf(e.getMessage()));
        }
        Duration wait = taken(site, caller, Math.max(1, probes.size()));
        if (!wait.isZero()) {
            LOG.info("{}: {} asks too often", site, caller.getHostAddress());
            return later(wait, "rate_limited", "this site or address asks too often");
        }
        if (asksAddress) {
            return ServerReply.of(200, AgentJson.address(caller));
        }
        Optional<ServerReply> refused = refused(request, caller, probes);
        return refused.isPresent() ? refused.get() : probed(site, caller, probes);
    }

    private Duration taken(String site, InetAddress caller, int count) {
        Duration wait = setup.perToken().take(site, count);
        return wait.isZero() ? setup.perAddress().take(network(caller), count) : wait;
    }

    /** A host has one IPv4 address, and a whole /64 of IPv6. */
    private static String network(InetAddress caller) {
        byte[] address = caller.getAddress();
        return Arrays.toString(address.length == 4 ? address : Arrays.copyOf(address, 8));
    }

    private Optional<ServerReply> refused(ServerRequest request, InetAddress caller, List<ProbeRequest> probes) {
        Optional<String> objection = setup.policy().objection(caller);
        if (objection.isPresent()) {
            return Optional.of(error(
                    403,
                    "address_not_allowed",
                    "this agent sees you at " + caller.getHostAddress() + ", and dials only that; it is "
                            + objection.get()));
        }
        Family own = caller instanceof Inet4Address ? Family.IPV4 : Family.IPV6;
        if (probes.stream()
                .anyMatch(probe -> probe.family().filter(f -> f != own).isPresent())) {
            return Optional.of(error(
                    403,
                    "family_mismatch",
                    "this agent sees you at " + caller.getHostAddress() + ", and dials only that; call it over "
                            + (own == Family.IPV4 ? "IPv6 to have IPv6" : "IPv4 to have IPv4") + " tried"));
        }
        boolean accounts = probes.stream().anyMatch(probe -> probe.account().isPresent());
        if (accounts && !(setup.video() && request.secured())) {
            return Optional.of(error(
                    403,
                    "video_refused",
                    setup.video()
                            ? "accounts are taken over TLS only"
                            : "this agent takes no accounts; it was not started with video mode"));
        }
        return Optional.empty();
    }

    private ServerReply probed(String site, InetAddress caller, List<ProbeRequest> probes) throws InterruptedException {
        Optional<List<ProbeAnswer>> answers = setup.probing().run(caller, probes);
        if (answers.isEmpty()) {
            LOG.info("{}: {} has to wait, too many probes are under way", site, caller.getHostAddress());
            return later(BUSY, "busy", "too many probes are under way");
        }
        for (int i = 0; i < probes.size(); i++) {
            ProbeAnswer answer = answers.get().get(i);
            LOG.info(
                    "{}: {} {} port {}: {} at {}",
                    site,
                    caller.getHostAddress(),
                    probes.get(i).kind().id(),
                    probes.get(i).port(),
                    answer.status(),
                    answer.stage());
        }
        return ServerReply.of(200, AgentJson.answers(caller, probes, answers.get()));
    }

    private static ServerReply later(Duration wait, String code, String why) {
        long seconds = Math.max(1, wait.plusMillis(999).toSeconds());
        return error(429, code, why + "; try again in " + seconds + " s").with("Retry-After", Long.toString(seconds));
    }

    private static ServerReply error(int status, String code, String message) {
        return ServerReply.of(status, AgentJson.error(code, message));
    }
}
