package dev.porthole.routers.internal.table;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.auth.ChallengeParser;
import dev.porthole.http.internal.auth.Login;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterTransport;
import dev.porthole.routers.internal.RouterUrl;
import dev.porthole.routers.internal.SessionEndedException;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Fetches pages in one session with a router, and logs in by what the router asks for: Basic, Digest or a form. */
final class Browser {
    private static final int MOST_PAGES_TO_LOGIN = 6;

    private final RouterTransport transport;
    private final Optional<Credentials> credentials;
    private Optional<Login> login = Optional.empty();
    private final Libraries libraries = new Libraries();
    private boolean byForm;

    Browser(RouterTransport transport, Optional<Credentials> credentials) {
        this.transport = transport;
        this.credentials = credentials;
    }

    /**
     * Logs in, once.
     *
     * @return the page that the router shows then
     */
    Page login(Deadline deadline) throws LoginRefusedException, NotUnderstoodException, InterruptedException {
        RouterReply reply = transport.send(RouterRequest.get(""), deadline);
        if (reply.status() == 401) {
            reply = answered(reply, deadline);
        }
        Page start = page(reply, deadline);
        Optional<LoginForm> form = login.isPresent() ? Optional.empty() : formFrom(start, deadline);
        if (form.isEmpty()) {
            return start;
        }
        if (credentials.isEmpty()) {
            throw LoginRefusedException.refused(OptionalInt.empty());
        }
        RouterReply answered = send(form.get().request(credentials.get()).withAccount(), deadline);
        if (answered.status() == 401 || answered.status() == 403) {
            throw LoginRefusedException.refused(OptionalInt.empty());
        }
        if (answered.status() >= 400) {
            throw new NatTraversalException(
                    FindingCode.ROUTER_ERROR,
                    answered.url() + " answered the login with status " + answered.status() + ".");
        }
        Page answer = page(answered, deadline);
        byForm = true;
        Page shown = formFrom(answer, deadline).map(LoginForm::page).orElse(answer);
        if (LoginForm.in(shown).isPresent() || refused(answer)) {
            throw LoginForm.refusal(LoginForm.in(answer).isPresent() || refused(answer) ? answer : shown);
        }
        if (Phrases.SESSION_TAKEN.in(answer.text()) && Links.of(answer).isEmpty()) {
            throw LoginRefusedException.busy();
        }
        return answer;
    }

    private static boolean refused(Page answer) {
        boolean small =
                answer.text().length() <= 600 && Links.of(answer).stream().noneMatch(link -> link.score() > 0);
        return small && (Phrases.LOGIN_REFUSED.in(answer.text()) || Phrases.LOGIN_LOCKED.in(answer.text()));
    }

    private RouterReply answered(RouterReply challenged, Deadline deadline)
            throws LoginRefusedException, InterruptedException {
        RouterUrl url = challenged.url();
        Login attempt = new Login(credentials, new Login.Policy(true, url.tls(), false));
        Login.Step step = attempt.onChallenge(
                ChallengeParser.parse(challenged.headers().all("WWW-Authenticate")), "GET", url.target());
        if (step instanceof Login.Step.Answer answer) {
            login = Optional.of(attempt);
            RouterReply reply = transport.send(
                    RouterRequest.get(url.base() + url.target())
                            .with("Authorization", answer.authorization())
                            .withAccount(),
                    deadline);
            if (reply.status() == 401) {
                throw LoginRefusedException.refused(OptionalInt.empty());
            }
            return reply;
        }
        throw LoginRefusedException.refused(OptionalInt.empty());
    }

    /** The login form on a page, or on one of the few to which its frames, refreshes or bare scripts send. */
    private Optional<LoginForm> formFrom(Page start, Deadline deadline)
            throws NotUnderstoodException, InterruptedException {
        Deque<Page> open = new ArrayDeque<>();
        Set<URI> seen = new HashSet<>();
        open.add(start);
        seen.add(start.uri());
        while (!open.isEmpty()) {
            Page page = open.poll();
            Optional<LoginForm> form = LoginForm.in(page);
            if (form.isPresent()) {
                return form;
            }
            for (Links.Link link : Links.of(page)) {
                boolean next = link.score() >= Links.FRAME && !Phrases.FORWARDING.in(link.words());
                boolean sent = page.text().length() < 200 || page.document().selectFirst("frame, iframe") != null;
                if (next && sent && seen.size() < MOST_PAGES_TO_LOGIN && seen.add(link.uri())) {
                    RouterReply reply = send(Press.get(page, link.uri()), deadline);
                    if (reply.success()) {
                        open.add(page(reply, deadline));
                    }
                }
            }
        }
        return Optional.empty();
    }

    /**
     * Fetches a page in the session.
     *
     * @throws SessionEndedException where the router asks for a login again
     */
    Page open(RouterRequest request, Deadline deadline)
            throws NotUnderstoodException, SessionEndedException, InterruptedException {
        RouterReply reply = send(request, deadline);
        if (reply.status() == 401 || reply.status() == 403 && byForm) {
            throw new SessionEndedException();
        }
        if (reply.status() >= 400) {
            throw new NatTraversalException(
                    FindingCode.ROUTER_ERROR, reply.url() + " answered with status " + reply.status() + ".");
        }
        Page page = parsed(reply, deadline);
        if (byForm && (LoginForm.in(page).isPresent() || sentToLogin(page))) {
            throw new SessionEndedException();
        }
        return page;
    }

    /** A page without content whose script leads to the login. */
    private static boolean sentToLogin(Page page) {
        return page.text().length() < 100
                && page.document().selectFirst("table, form, frame, iframe") == null
                && Links.of(page).stream()
                        .anyMatch(link ->
                                link.uri().getPath().toLowerCase(Locale.ROOT).contains("login"));
    }

    private RouterReply send(RouterRequest request, Deadline deadline) throws InterruptedException {
        RouterReply reply = transport.send(authorized(request, request.target()), deadline);
        boolean redirected = reply.status() == 401
                && login.isPresent()
                && !RouterUrl.parse(request.target())
                        .filter(reply.url()::equals)
                        .isPresent();
        if (redirected) {
            // The transport sends no header field of ours to where it was redirected.
            String target = reply.url().base() + reply.url().target();
            return transport.send(authorized(RouterRequest.get(target), target), deadline);
        }
        return reply;
    }

    private RouterRequest authorized(RouterRequest request, String target) {
        if (login.isEmpty()) {
            return request;
        }
        String path = RouterUrl.parse(target).map(RouterUrl::target).orElse(target);
        return login.get()
                .authorization(request.body().isPresent() ? "POST" : "GET", path)
                .map(value -> request.with("Authorization", value))
                .orElse(request);
    }

    /**
     * Fetches what the scripts of a page refer to in files of their own; pages opened from then on are read with it.
     *
     * @return whether there was anything new
     */
    boolean fetchLibraries(Page page, Deadline deadline) throws InterruptedException {
        List<URI> missing = libraries.missing(page);
        fetch(page, missing, deadline);
        return !missing.isEmpty();
    }

    /** Fetches again what may have changed of it. */
    void refreshLibraries(Page page, Deadline deadline) throws InterruptedException {
        fetch(page, libraries.changing(), deadline);
    }

    private void fetch(Page page, List<URI> files, Deadline deadline) throws InterruptedException {
        for (URI uri : files) {
            RouterReply reply = send(Press.get(page, uri), deadline);
            libraries.keep(uri, reply.success() ? reply.text() : "");
        }
    }

    private Page parsed(RouterReply reply, Deadline deadline) throws NotUnderstoodException {
        URI uri = URI.create(reply.url().base() + reply.url().target());
        return Page.parse(reply.text(), uri, reply.charset(), deadline, libraries);
    }

    static Page page(RouterReply reply, Deadline deadline) throws NotUnderstoodException {
        URI uri = URI.create(reply.url().base() + reply.url().target());
        return Page.parse(reply.text(), uri, reply.charset(), deadline);
    }
}
