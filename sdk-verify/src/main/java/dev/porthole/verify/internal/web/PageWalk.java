package dev.porthole.verify.internal.web;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.auth.Login;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.DigestMemory;
import dev.porthole.verify.internal.LoginVerdicts;
import dev.porthole.verify.internal.Settings;
import dev.porthole.verify.internal.TlsVerdicts;
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
        if (visit.page()
                .key()
                .filter(key -> !TlsVerdicts.trusted(settings, target, key))
                .isPresent()) {
            return TlsVerdicts.changed(attempt);
        }
        // Whose page it is comes before the login: an account is for the camera only.
        Identity.Finding whose = identity.of(Identity.Seen.of(visit.page()), target, deadline);
        attempt.saw("identity", whose.owner().name());
        attempt.saw("identifiedBy", whose.grounds());
        Optional<Verdict> wrong = WrongDevice.verdict(attempt, whose);
        if (wrong.isPresent()) {
            return wrong.get();
        }
        attempt.begin(Stage.AUTH);
        if (visit.page().status() != 401) {
            boolean known = whose.owner() == Owner.THIS_CAMERA || whose.owner() == Owner.A_CAMERA;
            return judge(visit.page(), visit.strayed(), known, false);
        }
        return login(visit, attemptBy);
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
        attempt.saw("pageHash", Fingerprint.of(page).bodyHash());
        page.key().ifPresent(key -> attempt.saw("tlsKey", key));
        if (!visit.place().path().equals(target.path())) {
            attempt.saw("path", visit.place().path());
        }
        visit.strayed().ifPresent(location -> attempt.saw("redirect", location));
    }

    private Verdict login(Browser.Visit visit, Deadline attemptBy) throws InterruptedException {
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
                LoginVerdicts.exposure(attempt, login.passwordExposed());
                return loginUnanswered(e);
            }
        }
        attempt.saw("login", login.scheme().orElse("none"));
        attempt.saw("status", Integer.toString(page.status()));
        attempt.saw("title", page.title());
        if (page.status() == 403) {
            return LoginVerdicts.forbidden(attempt, login.passwordExposed());
        }
        // What knows the account is the camera.
        return judge(page, Optional.empty(), true, login.passwordExposed());
    }

    private Verdict loginUnanswered(DeviceHttpException failure) {
        return attempt.failed(
                FindingCode.TIMED_OUT,
                "The camera at " + target.uri() + " asked for a login and then did not answer it (" + failure.kind()
                        + ").",
                "Try again; if it stays so, log in on the camera's own page from the LAN.");
    }

    private Verdict judge(WebPage page, Optional<String> strayed, boolean known, boolean passwordExposed) {
        attempt.passed(Stage.AUTH);
        attempt.begin(Stage.PAGE);
        LoginVerdicts.exposure(attempt, passwordExposed);
        if (page.status() >= 500) {
            return attempt.failed(
                    FindingCode.NOT_REACHABLE,
                    "Something answers at " + target.uri() + " with status " + page.status() + ", no page.",
                    "Check the camera's page on the LAN; restart the camera where it fails there too.");
        }
        boolean loginPage = page.passwordField() && page.status() < 400;
        boolean inside = attempt.vantage().kind() == Vantage.Kind.HAIRPIN;
        if (known || (loginPage && !inside)) {
            attempt.saw("page", loginPage ? "login page" : "page");
            attempt.passed(Stage.PAGE);
            return attempt.reached(Stage.PAGE);
        }
        return inside ? maybeTheRouters() : notRecognised(strayed);
    }

    private Verdict maybeTheRouters() {
        return attempt.inconclusive(
                FindingCode.NO_HAIRPIN,
                "From inside the LAN a page answers at " + target.uri()
                        + ", and nothing tells whether it is the camera's or the router's own.",
                "Check from outside.");
    }

    private Verdict notRecognised(Optional<String> strayed) {
        String what = strayed.map(location -> "redirects to " + attempt.clean(location) + ", which is not followed")
                .orElse("shows a page by which no camera can be told");
        return attempt.inconclusive(
                FindingCode.DEVICE_NOT_RECOGNISED,
                "What answers at " + target.uri() + " " + what + ".",
                "Open it in a browser to see whose page it is. A camera that insists on HTTPS needs that port mapped too;"
                        + " a page of the provider or the router means that the mapping does not lead to the camera.");
    }
}
