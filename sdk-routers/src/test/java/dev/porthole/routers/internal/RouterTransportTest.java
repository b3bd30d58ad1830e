package dev.porthole.routers.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.testing.Fault;
import dev.porthole.testing.FaultScript;
import dev.porthole.testing.HttpReply;
import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.RecordedRequest;
import dev.porthole.testing.SimulatedMilesight;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouterTransportTest {
    private SimulatedMilesight server;
    private RouterTransport transport;

    @BeforeEach
    void start() throws Exception {
        server = SimulatedMilesight.start(MilesightFlavour.UR_3_0_8);
        transport = transport(Duration.ZERO);
    }

    private RouterTransport transport(Duration pace) {
        return transport(pace, new RouterTurns());
    }

    private RouterTransport transport(Duration pace, RouterTurns turns) {
        RouterUrl place = RouterUrl.of(server.uri()).orElseThrow();
        return new RouterTransport(new RouterState(List.of(place), Optional.empty(), false, pace), turns);
    }

    @AfterEach
    void stop() {
        transport.close();
        server.close();
    }

    private void answer(Function<RecordedRequest, HttpReply> answer) {
        server.faults()
                .clear()
                .always(
                        FaultScript.ANY,
                        exchange ->
                                exchange.send(answer.apply(exchange.request()).bytes()));
    }

    private static HttpReply page(String html) {
        return HttpReply.html(200, "OK", html);
    }

    private static HttpReply redirect(int status, String location) {
        return HttpReply.html(status, "Found", "").with("Location", location);
    }

    private RouterReply get(String target) throws InterruptedException {
        return transport.send(RouterRequest.get(target), Deadline.after(Duration.ofSeconds(10)));
    }

    private FindingCode refused(String target) {
        return catchThrowableOfType(NatTraversalException.class, () -> get(target))
                .code();
    }

    @Test
    void cookies_are_kept_shown_and_forgotten() throws InterruptedException {
        answer(request -> page("").with("Set-Cookie", "sid=1; path=/; HttpOnly"));
        get("/");
        get("/a");
        answer(request -> page("").with("Set-Cookie", "sid=; Max-Age=0"));
        get("/b");
        get("/c");
        assertThat(server.requests())
                .extracting(request -> request.header("Cookie").orElse("none"))
                .containsExactly("none", "sid=1", "sid=1", "none");
    }

    @Test
    void redirects_are_followed_on_the_router_itself() throws InterruptedException {
        answer(request -> switch (request.target()) {
            case "/" -> redirect(302, "cgi/login.htm?a=1");
            case "/cgi/login.htm?a=1" -> redirect(301, "../home.htm");
            default -> page(request.target());
        });
        RouterReply reply = get("/");
        assertThat(reply.text()).isEqualTo("/home.htm");
        assertThat(reply.url().target()).isEqualTo("/home.htm");
    }

    @Test
    void a_post_that_is_redirected_becomes_a_get_unless_the_method_is_to_stay() throws InterruptedException {
        RouterRequest post = RouterRequest.post("/form", "text/plain", "secret".getBytes(UTF_8));
        for (int status : List.of(302, 307)) {
            answer(request -> request.target().equals("/form") ? redirect(status, "/done") : page(request.body()));
            assertThat(transport
                            .send(post, Deadline.after(Duration.ofSeconds(10)))
                            .text())
                    .isEqualTo(status == 307 ? "secret" : "");
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://192.0.2.1/",
                "http://router.local/",
                "//127.0.0.2/",
                "ftp://127.0.0.1/",
                "http://127.0.0.1.evil/"
            })
    void redirects_to_other_hosts_and_names_are_not_followed(String location) {
        answer(request -> redirect(302, location));
        assertThat(refused("/")).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void a_redirect_from_https_to_http_is_not_followed() throws Exception {
        server.close();
        server = SimulatedMilesight.start(MilesightFlavour.UR_3_0_14);
        transport.close();
        transport = transport(Duration.ZERO);
        answer(request -> redirect(302, "http://127.0.0.1:" + server.uri().getPort() + "/x"));
        assertThat(refused("/")).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
    }

    @Test
    void a_redirect_without_end_ends_after_five() {
        answer(request -> redirect(302, request.target() + "x"));
        assertThat(refused("/")).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
        assertThat(server.requests()).hasSize(6);
    }

    @Test
    void a_page_that_is_cut_off_or_too_long_is_none() {
        server.faults().always(FaultScript.ANY, Fault.truncatedAt(120));
        assertThat(refused("/islogin")).isEqualTo(FindingCode.MALFORMED_REPLY);
        answer(request -> page("x".repeat(RouterTransport.MAX_BODY + 1)));
        assertThat(refused("/")).isEqualTo(FindingCode.PAGE_NOT_UNDERSTOOD);
    }

    @Test
    void requests_keep_the_pace() throws InterruptedException {
        transport.close();
        transport = transport(Duration.ofMillis(200));
        answer(request -> page(""));
        long start = System.nanoTime();
        get("/");
        get("/");
        get("/");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(Duration.ofMillis(400));
    }

    @ParameterizedTest
    @CsvSource({
        "text/html; charset=GBK, '', GBK, 端口转发",
        "text/html, '<meta charset=\"Shift_JIS\">', Shift_JIS, ポート変換",
        "text/html, '', UTF-8, 虛擬伺服器",
        "text/html, '', windows-1252, redirecci\u00f3n",
        "text/html; charset=nonsense, '', UTF-8, Portfreigabe"
    })
    void text_is_read_in_its_charset(String type, String head, String charset, String words)
            throws InterruptedException {
        byte[] body = (head + words).getBytes(Charset.forName(charset));
        answer(request -> HttpReply.of(200, "OK", body).with("Content-Type", type));
        assertThat(get("/").text()).isEqualTo(head + words);
    }

    @ParameterizedTest
    @CsvSource({
        "/a/b?c=1, d.htm, /a/d.htm",
        "/a/b?c=1, ?d=2, /a/b?d=2",
        "/a/b, '', /a/b",
        "/a/b, #top, /a/b",
        "/a/b, ../../../x, /x",
        "/a/b, 'x y|z.htm', /a/x%20y%7Cz.htm",
        "/a/b, /端, /%E7%AB%AF",
    })
    void references_are_resolved_as_browsers_do(String from, String reference, String to) {
        RouterUrl url = RouterUrl.parse("http://192.168.1.1" + from).orElseThrow();
        assertThat(url.resolve(reference).orElseThrow().target()).isEqualTo(to);
    }

    @Test
    void while_another_asks_the_router_by_http_this_one_waits() throws Exception {
        RouterTurns turns = new RouterTurns();
        Deadline brief = Deadline.after(Duration.ofMillis(200));
        ReentrantLock taken =
                turns.take(RouterUrl.of(server.uri()).orElseThrow().peer().getAddress(), brief);
        try (RouterTransport waiting = transport(Duration.ZERO, turns)) {
            // In another thread: who has the turn may ask.
            NatTraversalException busy = CompletableFuture.supplyAsync(() -> catchThrowableOfType(
                            NatTraversalException.class, () -> waiting.send(RouterRequest.get("/"), brief)))
                    .get();
            assertThat(busy.code()).isEqualTo(FindingCode.TIMED_OUT);
            assertThat(server.requests()).isEmpty();
            taken.unlock();
            answer(request -> page("hello"));
            assertThat(waiting.send(RouterRequest.get("/"), Deadline.after(Duration.ofSeconds(5)))
                            .status())
                    .isEqualTo(200);
        }
    }

    @Test
    void queries_stay_out_of_messages() {
        RouterUrl url =
                RouterUrl.parse("http://192.168.1.1/login?password=canary").orElseThrow();
        assertThat(url).hasToString("http://192.168.1.1/login");
        assertThat(RouterRequest.get("/login?password=canary")).hasToString("GET /login");
    }
}
