package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.routers.profiles.FakeRouter.Answer;
import dev.porthole.routers.profiles.FakeRouter.Ask;
import dev.porthole.routers.profiles.ScriptedRouter;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which answers to a password keep it from being sent again; what holds for every brand is in {@link RouterContract}. */
class LoginTest {
    private static final String PROFILE = """
            id: acme
            name: Acme
            verified: {by: unverified, source: nobody}
            match: [{get: /, contains: acme}]
            auth:
              type: steps
              values: {secret: "${md5(password)}"}
              steps:
                - {get: /token, extract: {token: {after: "token="}}}
                - {post: /login, form: {t: "${token}", p: "${secret}"}, expect: {contains: welcome}}
              lockedWhen: {contains: locked}
            list:
              request: {get: /list}
              rows: {codec: delimited, text: {after: "[", before: "]"}, row: ";", field: ","}
              fields: {name: 0, externalPort: 1, internalIp: 2, internalPort: 3, protocol: 4}
            write:
              new: ["${rule.name}", "${rule.externalPort}", "${rule.internalIp}", "${rule.internalPort}", "${rule.protocol}"]
              replace: [{post: /save, form: {rules: "${rows}"}}]
            """;

    private final Map<String, Answer> answers = new HashMap<>();
    private ScriptedRouter router;
    private WebRouter web;

    @BeforeEach
    void start() throws IOException {
        answers.put("/", page(200, "acme"));
        answers.put("/token", page(200, "token=1"));
        answers.put("/login", page(200, "welcome"));
        answers.put("/list", page(200, "[web,80,192.168.1.5,8080,TCP]"));
        router = new ScriptedRouter(this::answer);
        web = web(PROFILE);
    }

    private WebRouter web(String yaml) throws IOException {
        RouterProfile profile =
                RouterProfile.read("acme.yaml", new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8)));
        return WebRouter.builder(router.uri(), profile)
                .credentials(new Credentials("admin", Secret.of("s3cret")))
                .pace(Duration.ZERO)
                .build();
    }

    @AfterEach
    void stop() {
        router.close();
    }

    private Answer answer(Ask ask) {
        return answers.get(ask.path());
    }

    private static Answer page(int status, String text) {
        return Answer.of(status, "text/html", text);
    }

    private long logins() {
        return router.asked().stream().filter("POST /login"::equals).count();
    }

    private void list() throws InterruptedException {
        Deadline soon = Deadline.after(Duration.ofSeconds(20));
        try (PortMappingProvider provider =
                web.find(SearchScope.builder().build(), soon).providers().get(0)) {
            assertThat(provider.mappings(soon)).hasSize(1);
        }
    }

    private NatTraversalException failure() {
        return catchThrowableOfType(NatTraversalException.class, this::list);
    }

    @Test
    void what_was_answered_before_the_password_was_sent_does_not_count() throws InterruptedException {
        answers.put("/token", page(500, "no"));
        assertThat(failure()).hasMessageNotContaining("password");
        answers.put("/token", page(200, "token=1"));
        list();
    }

    @Test
    void who_is_too_busy_to_look_at_the_password_may_be_asked_again() throws InterruptedException {
        answers.put("/login", page(503, "busy"));
        assertThat(failure()).hasMessageContaining("not known");
        answers.put("/login", page(200, "welcome"));
        list();
    }

    @Test
    void a_password_that_is_not_answered_is_told_and_may_be_sent_again() throws InterruptedException {
        router.trouble(3, RouterUnderTest.Trouble.LOST_REPLY);
        NatTraversalException lost = failure();
        assertThat(lost.code()).isIn(FindingCode.TIMED_OUT, FindingCode.MALFORMED_REPLY);
        assertThat(lost).hasMessageContaining("whether the router took it is not known");
        list();
    }

    @Test
    void a_password_that_could_not_be_sent_is_not_told_as_sent() throws Exception {
        web = web(PROFILE.replaceFirst(".*get: /token.*\n", "").replace("t: \"${token}\", ", ""));
        Deadline soon = Deadline.after(Duration.ofSeconds(20));
        try (PortMappingProvider provider =
                web.find(SearchScope.builder().build(), soon).providers().get(0)) {
            router.close();
            assertThat(catchThrowableOfType(NatTraversalException.class, () -> provider.mappings(soon)))
                    .hasMessageContaining("/login")
                    .hasMessageNotContaining("password");
        }
    }

    @Test
    void a_session_that_never_works_is_no_login() {
        answers.put("/list", page(401, ""));
        assertThat(failure().code()).isEqualTo(FindingCode.ROUTER_ERROR);
        assertThat(failure()).hasMessageContaining("not sent again");
        assertThat(failure()).hasMessageContaining("not sent again");
        assertThat(logins()).isEqualTo(2);
    }

    @Test
    void a_page_that_nobody_let_in_would_see_is_no_login() {
        answers.put("/list", page(200, "please log in"));
        assertThat(failure().code()).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
        assertThat(failure()).hasMessageContaining("not sent again");
        assertThat(logins()).isEqualTo(1);
    }

    @Test
    void a_password_that_worked_has_one_more_try() throws InterruptedException {
        list();
        answers.put("/login", page(500, "starting"));
        assertThat(failure()).hasMessageNotContaining("not sent again");
        answers.put("/login", page(200, "welcome"));
        list();
        answers.put("/login", page(500, "starting"));
        assertThat(failure()).hasMessageNotContaining("not sent again");
        assertThat(failure()).hasMessageContaining("not sent again");
        assertThat(failure()).hasMessageContaining("not sent again");
        assertThat(logins()).isEqualTo(5);
    }

    @Test
    void a_lock_of_no_known_time_is_not_tried_again_at_once() {
        answers.put("/login", page(200, "locked"));
        for (int i = 0; i < 2; i++) {
            NatTraversalException locked = failure();
            assertThat(locked.code()).isEqualTo(FindingCode.LOGIN_LOCKED);
            assertThat(locked).hasMessageContaining("does not say how long");
        }
        assertThat(logins()).isEqualTo(1);
    }
}
