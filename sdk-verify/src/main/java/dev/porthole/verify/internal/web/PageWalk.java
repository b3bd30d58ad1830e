package dev.porthole.verify.internal.web;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.DigestMemory;
import dev.porthole.verify.internal.LoginVerdicts;
import dev.porthole.verify.internal.Settings;
import dev.porthole.verify.internal.auth.Login;
import dev.porthole.verify.internal.web.Identity.Owner;
import java.util.Optional;

/** The way through the stages of a web page: CONNECT, TLS, PROTOCOL, AUTH, PAGE. Used once. */
final class PageWalk {
    private final Attempt attempt;
    private final Target target;
    private final Settings settings;
    private final DigestMemory memory;
    private final Browser browser;
    private final Identity identity;
    private final boolean tls;

    PageWalk(Attempt attempt, Settings settings, DigestMemory memory, Browser browser, Identity identity) {
        this.attempt = attempt;
        this.target = attempt.target();
        this.settings = settings;
        this.memory = memory;
        this.browser = browser;
        this.identity = identity;
        this.tls = LoginVerdicts.encrypted(target);
    }

    Verdict verdict(Deadline attemptBy, Deadline deadline) throws DeviceHttpException, InterruptedException {
        attempt.begin(Stage.CONNECT);
        Browser.Visit visit = browser.visit(WebPlace.of(target, settings.dial(target)), attemptBy);
        seen(visit);
        Optional<Verdict> changed = keyChanged(visit.page());
        if (changed.isPresent()) {
            return changed.get();
        }
        // Whose page it is comes before the login: an account is for the camera only.
        Identity.Finding whose = identity.of(visit.page(), target, deadline);
        attempt.saw("identity", whose.owner().name());
        attempt.saw("identifiedBy", whose.grounds());
        Optional<Verdict> wrong = WrongDevice.verdict(attempt, whose);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        attempt.begin(Stage.AUTH);
        if (visit.page().status() != 401) {
            return judge(visit.page(), visit.strayed(), whose, false);
        }
        return login(visit, whose, attemptBy);
    }

    private void seen(Browser.Visit visit) {
        DeviceReply.Timings timings = visit.timings();
        attempt.passed(Stage.CONNECT, timings.connected());
        if (tls) {
            attempt.passed(Stage.TLS, timings.secured());
        }
        attempt.passed(Stage.PROTOCOL, timings.answered());
        WebPage page = visit.page();
        attempt.saw("status", Integer.toString(page.status()));
        attempt.saw("server", page.server());
        attempt.saw("realm", page.realm());
        attempt.saw("title", page.title());
        page.key().ifPresent(key -> attempt.saw("tlsKey", key));
        if (!visit.place().path().equals(target.path())) {
            attempt.saw("path", visit.place().path());
        }
        visit.strayed().ifPresent(location -> attempt.saw("redirect", location));
    }

    private Optional<Verdict> keyChanged(WebPage page) {
        if (page.key().isEmpty()) {
            return Optional.empty();
        }
        String device = target.internal().map(Object::toString).orElse(target.host() + ":" + target.port());
        Optional<String> known = settings.pins().pin(device);
        if (known.isEmpty()) {
            settings.pins().keep(device, page.key().get());
        }
        if (known.isEmpty() || known.equals(page.key())) {
            return Optional.empty();
        }
        attempt.begin(Stage.TLS);
        return Optional.of(attempt.failed(
                FindingCode.CERTIFICATE_CHANGED,
                "What answers at " + target.uri() + " shows another TLS key than the camera did on first use.",
                "If the camera was replaced or reset, remove its kept key; if not, something else answers: check where"
                        + " the mapping leads."));
    }

    private Verdict login(Browser.Visit visit, Identity.Finding whose, Deadline attemptBy) throws InterruptedException {
        Login login =
                new Login(target.credentials(), new Login.Policy(settings.basicAllowed(), tls, memory.seen(target)));
        WebPage page = visit.page();
        WebPlace place = visit.place();
        while (page.status() == 401) {
            if (Login.strongest(page.challenges()).isPresent()) {
                memory.offered(target);
            }
            Login.Step step = login.onChallenge(page.challenges(), "GET", place.path());
            if (step instanceof Login.Step.Stop stop) {
                return LoginVerdicts.stopped(attempt, stop.reason(), login.passwordExposed());
            }
            String authorization = ((Login.Step.Answer) step).authorization();
            try {
                page = browser.login(place, authorization, visit.page().key(), attemptBy);
            } catch (DeviceHttpException e) {
                LoginVerdicts.exposure(attempt, tls, login.passwordExposed());
                return loginUnanswered(e);
            }
        }
        attempt.saw("login", login.scheme().orElse("none"));
        attempt.saw("status", Integer.toString(page.status()));
        attempt.saw("title", page.title());
        if (page.status() == 403) {
            return LoginVerdicts.forbidden(attempt, login.passwordExposed());
        }
        return judge(page, Optional.empty(), whose, login.passwordExposed());
    }

    private Verdict loginUnanswered(DeviceHttpException failure) {
        return attempt.failed(
                FindingCode.TIMED_OUT,
                "The camera at " + target.uri() + " asked for a login and then did not answer it (" + failure.kind()
                        + ").",
                "Try again; if it stays so, log in on the camera's own page from the LAN.");
    }

    private Verdict judge(WebPage page, Optional<String> strayed, Identity.Finding whose, boolean passwordExposed) {
        boolean known = whose.owner() == Owner.THIS_CAMERA || whose.owner() == Owner.A_CAMERA;
        attempt.passed(Stage.AUTH);
        attempt.begin(Stage.PAGE);
        if (page.status() >= 500) {
            return attempt.failed(
                    FindingCode.NOT_REACHABLE,
                    "Something answers at " + target.uri() + " with status " + page.status() + ", no page.",
                    "Check the camera's page on the LAN; restart the camera where it fails there too.");
        }
        if (!known && attempt.vantage().kind() == Vantage.Kind.HAIRPIN) {
            return attempt.failed(
                    FindingCode.NO_HAIRPIN,
                    "From inside the LAN a page answers at " + target.uri()
                            + ", and nothing tells whether it is the camera's or the router's own.",
                    "Check from outside.");
        }
        LoginVerdicts.exposure(attempt, tls, passwordExposed);
        boolean loginPage = page.passwordField() && page.status() < 400;
        if (known || loginPage) {
            attempt.saw("page", loginPage ? "login page" : "page");
            attempt.passed(Stage.PAGE);
            return attempt.reached(Stage.PAGE);
        }
        attempt.saw("page", strayed.isPresent() ? "redirects elsewhere" : "not recognised");
        return attempt.reached(Stage.AUTH);
    }
}
