package dev.porthole.routers.internal.identify;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterTransport;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;

/**
 * What one router answers to the requests of fingerprints: each distinct one is sent once, one after the other, without an
 * account. Used once, by one thread.
 */
public final class Inquiry {
    private static final Pattern LOGIN = Pattern.compile("type\\s*=\\s*[\"']?password");
    private static final Pattern FORWARDING = Pattern.compile(
            "port forward|virtual server|port mapping|portfreigabe|redirection de port|redirecci[oó]n de puertos|端口转发|虛擬伺服器|ポート変換");

    private final RouterTransport transport;
    private final Map<List<Object>, RouterReply> replies = new HashMap<>();
    private final List<String> seen = new ArrayList<>();

    /**
     * Nothing asked yet.
     *
     * @param transport to the router
     */
    public Inquiry(RouterTransport transport) {
        this.transport = transport;
    }

    /**
     * Asks, until all is asked, the time is over, or nobody is there.
     *
     * @param requests may hold the same more than once
     * @param deadline when to give up
     * @throws NatTraversalException where the router shows another TLS key than before
     * @throws InterruptedException where the thread was interrupted
     */
    public void ask(List<RouterRequest> requests, Deadline deadline) throws InterruptedException {
        Map<List<Object>, RouterRequest> distinct = new LinkedHashMap<>();
        requests.forEach(request -> distinct.putIfAbsent(key(request), request));
        for (Map.Entry<List<Object>, RouterRequest> one : distinct.entrySet()) {
            if (deadline.expired()) {
                seen.add("the time was over before all was asked");
                return;
            }
            try {
                RouterReply reply = transport.send(one.getValue(), deadline);
                replies.put(one.getKey(), reply);
                seen.add(one.getValue() + " -> " + reply.status() + shown(reply));
            } catch (NatTraversalException e) {
                if (e.code() == FindingCode.CERTIFICATE_CHANGED) {
                    throw e;
                }
                seen.add(one.getValue() + ": " + e.getMessage());
                if (replies.isEmpty() && e.code() != FindingCode.PAGE_NOT_UNDERSTOOD) {
                    return;
                }
            }
        }
    }

    private static List<Object> key(RouterRequest request) {
        return List.of(
                request.toString(),
                request.target(),
                request.headers(),
                request.body().map(Arrays::hashCode).orElse(0),
                request.follows());
    }

    private static String shown(RouterReply reply) {
        String title = title(reply);
        return title.isEmpty() ? "" : " '" + title + "'";
    }

    /**
     * The answer to a request.
     *
     * @param request one of those asked
     * @return the answer, or empty where none came
     */
    public Optional<RouterReply> reply(RouterRequest request) {
        return Optional.ofNullable(replies.get(key(request)));
    }

    /**
     * Whether anything answered.
     *
     * @return true where it did
     */
    public boolean answered() {
        return !replies.isEmpty();
    }

    /**
     * What was asked and what came, for a person who wonders.
     *
     * @return lines of text
     */
    public List<String> seen() {
        return List.copyOf(seen);
    }

    /**
     * What a router calls itself on a page that anyone sees.
     *
     * @param reply the page
     * @return the realm of its login or the page's title; may be empty
     */
    public static String title(RouterReply reply) {
        Optional<String> realm = reply.headers().first("WWW-Authenticate").flatMap(Inquiry::realm);
        return realm.orElseGet(
                () -> isPage(reply) ? Sign.plain(Jsoup.parse(reply.text()).title()) : "");
    }

    private static Optional<String> realm(String challenge) {
        int start = challenge.indexOf("realm=\"");
        if (start < 0) {
            return Optional.empty();
        }
        String rest = challenge.substring(start + 7);
        int end = rest.indexOf('"');
        return Optional.of(Sign.plain(end < 0 ? rest : rest.substring(0, end)));
    }

    private static boolean isPage(RouterReply reply) {
        return reply.headers().first("Content-Type").orElse("text/html").contains("html");
    }

    /**
     * Whether a page asks who one is, or speaks of forwarding ports.
     *
     * @param reply the page
     * @return true where it is worth trying as a router with a table
     */
    public static boolean looksLikeRouter(RouterReply reply) {
        if (reply.status() == 401) {
            return true;
        }
        if (!isPage(reply)) {
            return false;
        }
        String text = reply.text().toLowerCase(Locale.ROOT);
        return LOGIN.matcher(text).find() || FORWARDING.matcher(text).find();
    }
}
