package dev.porthole.routers.internal;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceHttpException.Kind;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.DeviceRequest;
import dev.porthole.http.internal.HeaderFields;
import dev.porthole.mapping.RouterTurns;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * HTTP to one router, as its web administration needs it: one request at a time, at the router's pace, with the cookies of
 * one session, with a TLS key that stays the same. The only way by which drivers reach the network.
 *
 * <p>A reply is whole or an error: a table that was cut off would lose rules when it is written back. Redirects are
 * followed on the router itself only, at most {@value #MAX_REDIRECTS}, never from https to http.
 *
 * <p>Used under the router's lock, by one thread at a time; {@link #close()} may come from any thread.
 */
public final class RouterTransport implements AutoCloseable {
    /** Far above any page of a router. */
    public static final int MAX_BODY = 4 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(RouterTransport.class);
    private static final int MAX_REDIRECTS = 5;
    /** Rewriting a firewall takes a small router seconds; what takes longer is lost. */
    private static final Duration ANSWER_TIME = Duration.ofSeconds(10);
    /** One hop away: who drops https silently is asked by http soon. */
    private static final Duration FIRST_ANSWER_TIME = Duration.ofSeconds(3);

    /** Too many requests (RFC 6585), not ready (RFC 9110): nobody looked at the request. */
    private static final Set<Integer> UNHANDLED = Set.of(429, 503);

    private final RouterState state;
    private final RouterTurns turns;
    private final DeviceHttp http = new DeviceHttp();
    private final Cookies cookies = new Cookies();
    private boolean accountSent;
    private boolean accountAnswered;

    /**
     * A transport with no cookies.
     *
     * @param state what is known of the router
     * @param turns shared with others that ask the router by HTTP
     */
    public RouterTransport(RouterState state, RouterTurns turns) {
        this.state = state;
        this.turns = turns;
    }

    /**
     * Sends a request.
     *
     * @param request what to send
     * @param deadline when to give up
     * @return the whole answer, whatever its status
     * @throws NatTraversalException where no whole answer came: TIMED_OUT, MALFORMED_REPLY, PAGE_NOT_UNDERSTOOD (too
     *     large, or a redirect that is not followed), CERTIFICATE_CHANGED. The router may have done what was asked for
     * @throws InterruptedException where the thread was interrupted
     */
    public RouterReply send(RouterRequest request, Deadline deadline) throws InterruptedException {
        List<RouterUrl> places = state.places();
        for (RouterUrl place : places.subList(0, places.size() - 1)) {
            try {
                return send(place, request, deadline.within(FIRST_ANSWER_TIME));
            } catch (NatTraversalException e) {
                if (e.code() == FindingCode.CERTIFICATE_CHANGED) {
                    throw e;
                }
                LOG.debug("{} is tried in another way: {}", place, e.getMessage());
            }
        }
        return send(places.get(places.size() - 1), request, deadline);
    }

    private RouterReply send(RouterUrl place, RouterRequest request, Deadline deadline) throws InterruptedException {
        RouterUrl url = place.resolve(request.target())
                .filter(place::sameHost)
                .orElseThrow(() -> new NatTraversalException(
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        place + " leads to another host, which is not asked. Check the router's address."));
        RouterReply reply = one(url, request, deadline);
        state.answeredAt(place);
        int followed = 0;
        RouterRequest next = request;
        while (request.follows() && isRedirect(reply.status())) {
            Optional<String> location = reply.headers().first("Location");
            if (location.isEmpty()) {
                return reply;
            }
            if (followed++ == MAX_REDIRECTS) {
                throw new NatTraversalException(
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        place + " sends from page to page without end. Restart the router.");
            }
            next = reply.status() == 307 || reply.status() == 308 ? next : bare(next);
            reply = one(allowed(reply.url(), location.get()), next, deadline);
        }
        return reply;
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    private static RouterRequest bare(RouterRequest request) {
        RouterRequest bare = RouterRequest.get(request.target());
        return request.shown().map(bare::showing).orElse(bare);
    }

    private static RouterUrl allowed(RouterUrl from, String location) {
        RouterUrl to = from.resolve(location)
                .filter(from::sameHost)
                .orElseThrow(() -> new NatTraversalException(
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        from.base() + " sends to another host, which is not followed. Check the router's address."));
        if (from.tls() && !to.tls()) {
            throw new NatTraversalException(
                    FindingCode.PAGE_NOT_UNDERSTOOD,
                    from.base()
                            + " sends from https to http, which is not followed: a password would travel in clear text."
                            + " Give the router's address with http:// where that is meant.");
        }
        return to;
    }

    private RouterReply one(RouterUrl url, RouterRequest request, Deadline deadline) throws InterruptedException {
        DeviceRequest.Builder builder = DeviceRequest.of(request.method(), url.peer(), url.target(), request.body())
                .maxBody(MAX_BODY);
        for (HeaderFields.Field field : request.headers()) {
            builder.header(field.name(), field.value());
        }
        request.shown().ifPresent(builder::showing);
        cookies.field().ifPresent(value -> builder.header("Cookie", value));
        if (url.tls()) {
            builder.tls(state.trust());
        }
        state.pace().await(deadline);
        ReentrantLock turn = turns.take(url.peer().getAddress(), deadline);
        try {
            DeviceReply reply = http.send(builder.build(), deadline.within(ANSWER_TIME));
            accountSent |= request.account();
            accountAnswered |= request.account() && !UNHANDLED.contains(reply.status());
            reply.tls().ifPresent(peer -> state.key().learn(peer.spkiSha256()));
            LOG.debug("{} -> {}", request, reply.status());
            return whole(url, reply);
        } catch (DeviceHttpException e) {
            accountSent |= request.account() && e.sent();
            throw failure(url, e);
        } finally {
            turn.unlock();
            state.pace().ended();
        }
    }

    private RouterReply whole(RouterUrl url, DeviceReply reply) {
        if (reply.truncated()) {
            throw new NatTraversalException(
                    FindingCode.PAGE_NOT_UNDERSTOOD,
                    url.base() + " sent a page longer than " + (MAX_BODY >> 20)
                            + " MB; no router's page is. Check the address.");
        }
        if (!reply.complete()) {
            throw new NatTraversalException(
                    FindingCode.MALFORMED_REPLY, url.base() + " broke off in the middle of its answer. Try again.");
        }
        cookies.take(reply.headers());
        return new RouterReply(url, reply.status(), reply.headers(), reply.body());
    }

    private NatTraversalException failure(RouterUrl url, DeviceHttpException e) {
        if (e.kind() == Kind.TLS && state.key().changed()) {
            return new NatTraversalException(
                    FindingCode.CERTIFICATE_CHANGED,
                    url.base()
                            + " shows another TLS key than the one trusted before. No password was sent. If the router"
                            + " was replaced or reset, forget the kept key; if not, something else answers there.",
                    e);
        }
        if (e.kind() == Kind.TLS) {
            return new NatTraversalException(
                    FindingCode.MALFORMED_REPLY,
                    url.base()
                            + ": TLS could not be agreed on. Update the router; where it offers only withdrawn versions"
                            + " of TLS, allow them for this router (legacy TLS), or use its http:// address.",
                    e);
        }
        FindingCode code = e.kind() == Kind.MALFORMED ? FindingCode.MALFORMED_REPLY : FindingCode.TIMED_OUT;
        return new NatTraversalException(
                code,
                e.getMessage()
                        + ". Check the router's address, and that its web administration is on for this network.",
                e);
    }

    /**
     * Where the router answers.
     *
     * @return the place that answered last, or the first to be tried
     */
    public RouterUrl place() {
        return state.places().get(0);
    }

    /**
     * A cookie of the session.
     *
     * @param name its name
     * @return its value, or empty where the router set none
     */
    public Optional<String> cookie(String name) {
        return cookies.value(name);
    }

    /**
     * Sets a cookie, as a page's script would.
     *
     * @param name its name
     * @param value its value
     */
    public void cookie(String name, String value) {
        cookies.set(name, value);
    }

    /** Begins a new session: without cookies, and without an account shown. */
    void begin() {
        cookies.clear();
        accountSent = false;
        accountAnswered = false;
    }

    /** Whether the account was sent in this session; whether it arrived is not known. */
    boolean accountSent() {
        return accountSent;
    }

    /** Whether the router answered a request with the account in this session, and not that it is too busy. */
    boolean accountAnswered() {
        return accountAnswered;
    }

    /** Ends the request under way. */
    @Override
    public void close() {
        http.close();
    }
}
