package dev.porthole.routers.internal.profile;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterTransport;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * ASUSWRT: a digest over a number of the router's where it gives one ({@code login_v2.cgi}), else user and password in
 * base64 ({@code login.cgi}). The router takes us for its maker's application, and answers with numbers.
 */
final class AsuswrtLogin implements LoginPlugin {
    /** Without it the router wants a page before each page, and answers with pages. */
    private static final String AGENT = "asusrouter-Android-DUTUtil-1.0.0.245";

    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String TOKEN = "asus_token";
    /** Firmware of a router in use locks for five minutes; a longer time is told as unknown. */
    private static final Duration MOST_LOCK = Duration.ofHours(24);

    private final SecureRandom random = new SecureRandom();

    @Override
    public Opened login(RouterTransport transport, Credentials credentials, Deadline deadline)
            throws LoginRefusedException, InterruptedException {
        String id = hex(5);
        RouterRequest question = request(transport, "/get_Nonce.cgi", "application/json", "{\"id\":\"" + id + "\"}");
        Seen offered = ask(transport, question, deadline);
        Optional<String> nonce = text(offered, "nonce");
        if (nonce.isEmpty() && offered.reply().status() >= 500) {
            // A password is not sent in the weaker form because the router is out of breath.
            throw notUnderstood(transport);
        }
        RouterRequest login = nonce.isPresent()
                ? request(transport, "/login_v2.cgi", FORM, digest(credentials, id, nonce.get()))
                : request(transport, "/login.cgi", FORM, plain(credentials));
        Seen answer = ask(transport, login.withAccount(), deadline);
        // The token comes as a cookie, which the transport keeps, or in the answer.
        Optional<String> token = text(answer, TOKEN).or(() -> transport.cookie(TOKEN));
        if (token.isEmpty()) {
            throw refusal(transport, answer);
        }
        transport.cookie(TOKEN, token.get());
        return new Opened() {};
    }

    private String digest(Credentials credentials, String id, String nonce) {
        String ours = hex(16);
        String password = credentials.password().use(String::new);
        String text = credentials.user() + ":" + nonce + ":" + password + ":" + ours;
        return "login_authorization=" + Functions.apply("sha256", List.of(text)) + "&id=" + id + "&cnonce=" + ours
                + "&login_captcha=&current_page=Main_Login.asp&next_page=index.asp";
    }

    private static String plain(Credentials credentials) {
        String pair = credentials.user() + ":" + credentials.password().use(String::new);
        String encoded = Functions.apply("base64", List.of(pair));
        return "login_authorization=" + Escape.form(encoded, StandardCharsets.UTF_8);
    }

    private String hex(int bytes) {
        byte[] number = new byte[bytes];
        random.nextBytes(number);
        return HexFormat.of().formatHex(number);
    }

    /** What the router means by its number; the numbers are those of its sources. */
    private static NatTraversalException refusal(RouterTransport transport, Seen answer) throws LoginRefusedException {
        String router = transport.place().base();
        return switch (text(answer, "error_status").orElse("")) {
            // 3 is a wrong account; 2 is no session, which some firmware says instead.
            case "2", "3" -> throw LoginRefusedException.refused(OptionalInt.empty());
            case "7" -> throw LoginRefusedException.locked(remaining(answer));
            case "9" -> throw LoginRefusedException.busy();
            case "10" ->
                new NatTraversalException(
                        FindingCode.NEEDS_SCRIPT,
                        router
                                + " wants the text of a picture (a captcha). Switch that off on its page Administration >"
                                + " System, or log in there once.");
            case "11" ->
                new NatTraversalException(
                        FindingCode.LOGIN_LOCKED,
                        router + " lets nobody log in any more after too many wrong passwords, until it is reset.");
            default -> notUnderstood(transport);
        };
    }

    private static Optional<Duration> remaining(Seen answer) {
        return text(answer, "remaining_lock_time")
                .filter(text -> text.matches("[0-9]{1,6}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .filter(time -> time.compareTo(MOST_LOCK) <= 0);
    }

    private static NatTraversalException notUnderstood(RouterTransport transport) {
        return new NatTraversalException(
                FindingCode.PAGE_NOT_UNDERSTOOD,
                transport.place().base() + " answered the login with neither a token nor a reason (profile asuswrt)."
                        + " Check the brand; the firmware may be another than the profile's.");
    }

    private static RouterRequest request(RouterTransport transport, String path, String type, String body) {
        return RouterRequest.post(path, type, body.getBytes(StandardCharsets.UTF_8))
                .with("User-Agent", AGENT)
                .with("Referer", transport.place().base() + "/Main_Login.asp");
    }

    private static Seen ask(RouterTransport transport, RouterRequest request, Deadline deadline)
            throws InterruptedException {
        return new Seen(transport.send(request, deadline), new SafeXml());
    }

    private static Optional<String> text(Seen seen, String name) {
        return seen.json().flatMap(json -> Place.text(Place.of(name).in(json))).filter(text -> !text.isEmpty());
    }
}
