package dev.porthole.routers.internal.profile;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.auth.Challenge;
import dev.porthole.http.internal.auth.Login;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterTransport;
import java.time.Duration;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Logs in by a profile, once. */
final class ProfileLogin {
    /** No router locks for longer; a larger number is something else. */
    private static final Duration MOST_LOCK = Duration.ofHours(24);

    private final Profile profile;
    private final Auth auth;
    private final RouterTransport transport;
    private final Caller caller;
    private final Values values = Values.empty();

    ProfileLogin(Profile profile, RouterTransport transport) {
        this.profile = profile;
        this.auth = profile.auth();
        this.transport = transport;
        this.caller = new Caller(profile, transport);
        String base = transport.place().base();
        values.put("base", base);
        values.put("host", base.substring(base.indexOf("//") + 2));
    }

    ProfileSession open(Optional<Credentials> credentials, Deadline deadline)
            throws LoginRefusedException, InterruptedException {
        profile.session()
                .extract()
                .forEach((name, extraction) ->
                        values.put(name, extraction.otherwise().orElse("")));
        if (auth.type() != Auth.Type.NONE) {
            login(credentials.orElseThrow(() -> LoginRefusedException.refused(OptionalInt.empty())), deadline);
        }
        values.forgetAccount();
        auth.values().keySet().forEach(values::forget);
        caller.opened();
        return new ProfileSession(profile, caller, values);
    }

    private void login(Credentials account, Deadline deadline) throws LoginRefusedException, InterruptedException {
        if (auth.type() == Auth.Type.CHALLENGE) {
            LoginPlugin.Opened opened =
                    LoginPlugins.named(auth.plugin()).orElseThrow().login(transport, account, deadline);
            caller.by(opened);
            values.putAll(opened.values());
            return;
        }
        values.put("user", account.user());
        values.put("password", account.password().use(String::new));
        auth.values().forEach((name, template) -> values.put(name, template.render(values)));
        if (auth.type() != Auth.Type.STEPS) {
            byHttp(account);
        }
        show();
        for (Step step : auth.steps()) {
            ask(step, deadline);
        }
        if (auth.steps().isEmpty()) {
            askForList(deadline);
        }
        show();
    }

    /** Where nothing but HTTP asks who one is, the first request for the list shows whether the account is taken. */
    private void askForList(Deadline deadline) throws LoginRefusedException, InterruptedException {
        Optional<Profile.Paging> paging = profile.list().paging();
        paging.ifPresent(parts -> values.put("page", Integer.toString(parts.first())));
        Seen seen = ask(profile.list().requests().get(0), deadline);
        boolean bringsRows = profile.list().requests().size() == 1
                && paging.stream().flatMap(parts -> parts.endWhen().stream()).noneMatch(when -> when.holds(seen));
        if (bringsRows && profile.list().rows().read(seen).isEmpty()) {
            throw notUnderstood("answered the login with no list of port mappings");
        }
    }

    private void byHttp(Credentials account) {
        boolean basic = auth.type() == Auth.Type.BASIC;
        Login login = new Login(
                Optional.of(account), new Login.Policy(basic, transport.place().tls(), false));
        if (basic) {
            login.onChallenge(List.of(new Challenge("basic", Map.of())), "GET", "/");
        }
        caller.by(login);
    }

    /** Headers and cookies of the session, as far as what they are made of is known by now. */
    private void show() {
        Map<String, String> headers = new LinkedHashMap<>();
        for (Step.Header header : auth.headers()) {
            if (header.value().isKnownIn(values)) {
                headers.put(header.name(), header.value().render(values));
            }
        }
        caller.shows(headers);
        for (Step.Header cookie : auth.cookies()) {
            if (cookie.value().isKnownIn(values)) {
                String value = cookie.value().render(values);
                if (value.chars().anyMatch(c -> c < ' ' || c > '~' || c == ';')) {
                    throw notUnderstood("gave a value that cannot be a cookie");
                }
                transport.cookie(cookie.name(), value);
            }
        }
    }

    /** Whether the password, or what is made of it, goes along. */
    private boolean showsAccount(Step step) {
        Set<String> secrets = new HashSet<>(Set.of("password"));
        auth.values().forEach((name, template) -> {
            if (secrets.stream().anyMatch(template::refersTo)) {
                secrets.add(name);
            }
        });
        return secrets.stream()
                .anyMatch(name -> step.refersTo(name)
                        || Stream.concat(auth.headers().stream(), auth.cookies().stream())
                                .anyMatch(each -> each.value().refersTo(name)));
    }

    private Seen ask(Step step, Deadline deadline) throws LoginRefusedException, InterruptedException {
        Seen seen = caller.send(step, values, showsAccount(step), deadline);
        if (auth.lockedWhen().stream().anyMatch(when -> when.holds(seen))) {
            throw LoginRefusedException.locked(auth.lockedFor().or(() -> told(seen)));
        }
        if (auth.busyWhen().stream().anyMatch(when -> when.holds(seen))) {
            throw LoginRefusedException.busy();
        }
        int status = seen.reply().status();
        boolean denied =
                (status == 401 || status == 403) && !step.expect().statuses().contains(status);
        if (denied || auth.refusedWhen().stream().anyMatch(when -> when.holds(seen))) {
            throw LoginRefusedException.refused(triesLeft(seen));
        }
        if (!step.expect().expected(seen)) {
            throw notUnderstood("answered the login (" + caller.named(step) + ") with HTTP " + status
                    + ", neither accepting nor refusing it as known");
        }
        for (Map.Entry<String, Extraction> each : step.extract().entrySet()) {
            values.put(
                    each.getKey(),
                    each.getValue()
                            .in(seen)
                            .orElseThrow(() -> notUnderstood("answered the login (" + caller.named(step) + ") without "
                                    + each.getValue().described())));
        }
        return seen;
    }

    private NatTraversalException notUnderstood(String what) {
        return new NatTraversalException(
                FindingCode.PAGE_NOT_UNDERSTOOD,
                caller.router() + " " + what + " (profile " + profile.id()
                        + "). Check the brand; the firmware may be another than the profile's.");
    }

    private OptionalInt triesLeft(Seen seen) {
        return auth.triesLeft()
                .flatMap(extraction -> extraction.in(seen))
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,3}"))
                .map(text -> OptionalInt.of(Integer.parseInt(text)))
                .orElse(OptionalInt.empty());
    }

    private Optional<Duration> told(Seen seen) {
        return auth.lockedText()
                .flatMap(extraction -> extraction.in(seen))
                .map(String::strip)
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> auth.lockedUnit().multipliedBy(Long.parseLong(text)))
                .filter(time -> time.compareTo(MOST_LOCK) <= 0);
    }
}
