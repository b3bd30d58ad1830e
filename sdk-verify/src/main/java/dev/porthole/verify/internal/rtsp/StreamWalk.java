package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.TlsTrust;
import dev.porthole.http.internal.auth.Challenge;
import dev.porthole.http.internal.auth.Login;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.DigestMemory;
import dev.porthole.verify.internal.Line;
import dev.porthole.verify.internal.LoginVerdicts;
import dev.porthole.verify.internal.Settings;
import dev.porthole.verify.internal.TlsVerdicts;
import dev.porthole.verify.internal.Wire;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The way through the stages at one place: CONNECT, TLS, PROTOCOL, AUTH, DESCRIBE, and what follows. Used once. */
final class StreamWalk implements Closeable {
    /** Whose key it is, is checked before anything is sent. */
    private static final TlsTrust ANY_KEY = TlsTrust.any();

    private final Attempt attempt;
    private final RtspAddress address;
    private final Settings settings;
    private final DigestMemory memory;
    private final NamedPlaces places;
    private final Pace pace;
    private final Login login;
    private final Login webLogin;
    private final MediaWatch watch = new MediaWatch();
    private final RtspClient client;
    private boolean getParameter;
    private @Nullable StreamSession session;
    private @Nullable RtspReply redirection;

    StreamWalk(
            Attempt attempt,
            RtspAddress address,
            Settings settings,
            DigestMemory memory,
            NamedPlaces places,
            Deadline deadline) {
        this.attempt = attempt;
        this.address = address;
        this.settings = settings;
        this.memory = memory;
        this.places = places;
        this.pace = new Pace(settings, deadline);
        Login.Policy policy = new Login.Policy(settings.basicAllowed(), address.tls(), memory.seen(attempt.target()));
        this.login = new Login(attempt.target().credentials(), policy);
        this.webLogin = new Login(attempt.target().credentials(), policy);
        this.client = new RtspClient(this::line, pace, settings.userAgent(), login, watch);
    }

    /** The verdict, or empty where the server redirects. */
    Optional<Verdict> verdict() throws IOException {
        attempt.begin(Stage.CONNECT);
        try {
            client.connect();
        } catch (TunnelException e) {
            return Optional.of(Refusals.ofTunnel(attempt, e));
        }
        attempt.begin(Stage.PROTOCOL);
        options();
        attempt.begin(Stage.AUTH);
        RtspClient.Exchange described =
                client.sendWithLogin(new RtspRequest("DESCRIBE", address.uri()).with("Accept", "application/sdp"));
        return judge(described);
    }

    /** Where the server redirects to. */
    Optional<RtspAddress> redirect() {
        return Optional.ofNullable(redirection)
                .flatMap(reply -> reply.header("Location"))
                .flatMap(RtspAddress::parse);
    }

    private Line line() throws IOException {
        return settings.tunnel()
                ? HttpTunnel.open(address, this::dialWeb, webLogin, settings.userAgent(), pace)
                : dial();
    }

    /** Once connected, what does not answer is a web server. */
    private Line dialWeb() throws IOException {
        Line line = dial();
        attempt.begin(attempt.stage() == Stage.CONNECT ? Stage.PROTOCOL : attempt.stage());
        return line;
    }

    private Wire dial() throws IOException {
        Wire wire = Wire.connect(RtspProbe.dial(settings, attempt.target(), address), pace.connect());
        attempt.passed(Stage.CONNECT);
        if (address.tls()) {
            secure(wire);
        }
        return wire;
    }

    private void secure(Wire wire) throws IOException {
        Stage underWay = attempt.stage();
        try {
            attempt.begin(Stage.TLS);
            wire.until(pace.answer());
            String key = wire.secure(ANY_KEY);
            attempt.saw("tlsKey", key);
            if (!TlsVerdicts.trusted(settings, attempt.target(), key)) {
                throw new TlsVerdicts.KeyChangedException();
            }
            attempt.passed(Stage.TLS);
            attempt.begin(underWay);
        } catch (IOException | RuntimeException e) {
            wire.close();
            throw e;
        }
    }

    /** Whatever the server answers: any RTSP reply proves that it is one. */
    private void options() throws IOException {
        RtspReply reply = client.send(new RtspRequest("OPTIONS", address.uri()));
        attempt.passed(Stage.PROTOCOL);
        reply.header("Server").ifPresent(server -> attempt.saw("server", server));
        reply.header("Public").ifPresent(methods -> attempt.saw("methods", methods));
        getParameter = reply.header("Public")
                .filter(methods -> methods.toUpperCase(Locale.ROOT).contains("GET_PARAMETER"))
                .isPresent();
    }

    private Optional<Verdict> judge(RtspClient.Exchange described) throws IOException {
        RtspReply reply = described.reply();
        attempt.saw("status", reply.statusLine());
        reply.header("Server").ifPresent(server -> attempt.saw("server", server));
        challenges(described.challenges());
        if (described.stopped().isPresent()) {
            return Optional.of(
                    LoginVerdicts.stopped(attempt, described.stopped().get(), login.passwordExposed()));
        }
        if (reply.status() == 403) {
            return Optional.of(LoginVerdicts.forbidden(attempt, login.passwordExposed()));
        }
        attempt.passed(Stage.AUTH);
        attempt.saw("login", login.scheme().orElse("none"));
        attempt.begin(Stage.DESCRIBE);
        if (redirects(reply)) {
            return Optional.empty();
        }
        return reply.status() == 200 ? described(reply) : Optional.of(Refusals.ofDescribe(attempt, address, reply));
    }

    private boolean redirects(RtspReply reply) {
        boolean redirects = reply.status() >= 300 && reply.status() < 400;
        if (redirects) {
            reply.header("Location").ifPresent(location -> attempt.saw("redirect", location));
            redirection = reply;
            places.named("redirectEndpoint", "its redirection", redirect().filter(this::theCameraItself));
        }
        return redirects;
    }

    private void challenges(List<Challenge> challenges) {
        if (Login.strongest(challenges).isPresent()) {
            memory.offered(attempt.target());
        }
        Login.strongest(challenges)
                .or(() -> challenges.stream().findFirst())
                .flatMap(Challenge::realm)
                .ifPresent(realm -> attempt.saw("realm", realm));
    }

    /** By the name that was dialled, or by an address that only the camera's own LAN knows. */
    private boolean theCameraItself(RtspAddress place) {
        return place.host().equals(address.host())
                || IpLiteral.parse(place.host())
                        .filter(InetAddress::isSiteLocalAddress)
                        .isPresent();
    }

    private Optional<Verdict> described(RtspReply reply) throws IOException {
        SessionDescription description = SessionDescription.parse(reply.body());
        reply.header("Content-Base").ifPresent(base -> attempt.saw("contentBase", base));
        if (!description.playable()) {
            return Optional.of(attempt.failed(
                    FindingCode.MALFORMED_REPLY,
                    "The camera describes the stream at " + attempt.clean(address.path()) + " without any media.",
                    "Check on the LAN that the stream plays, and that the camera's encoder is switched on."));
        }
        attempt.passed(Stage.DESCRIBE);
        evidence(description);
        announced(reply, description);
        LoginVerdicts.exposure(attempt, login.passwordExposed() || webLogin.passwordExposed());
        if (login.scheme().isEmpty() && webLogin.scheme().isEmpty()) {
            noLogin();
        }
        return settings.mediaTime().isPresent()
                ? played(reply, description)
                : Optional.of(attempt.reached(Stage.DESCRIBE));
    }

    private void evidence(SessionDescription description) {
        attempt.saw("session", description.name());
        attempt.saw(
                "codecs",
                description.media().stream()
                        .map(media -> media.kind() + "/" + (media.codec().isEmpty() ? "?" : media.codec()))
                        .collect(Collectors.joining(" ")));
        description.media().stream()
                .flatMap(media -> media.pictureSize().stream())
                .findFirst()
                .ifPresent(size -> attempt.saw("resolution", size.toString()));
    }

    private void noLogin() {
        attempt.remark(
                FindingCode.NO_LOGIN,
                "The camera at " + attempt.target().uri() + " shows its stream to whoever asks, without a login.",
                "Switch on the authentication of its RTSP server and set a password, before it is reachable from the"
                        + " Internet.");
    }

    private Optional<Verdict> played(RtspReply reply, SessionDescription description) throws IOException {
        ControlUrls urls = ControlUrls.of(
                address,
                reply.header("Content-Base").or(() -> reply.header("Content-Location")),
                description.control());
        StreamSession playing = new StreamSession(attempt, settings, pace, client, places, watch, urls, getParameter);
        session = playing;
        Optional<Verdict> verdict = playing.play(description.media());
        return verdict.or(() -> playing.refusal()
                .filter(refusal -> !redirects(refusal))
                .map(refusal -> Refusals.ofPlaying(attempt, refusal)));
    }

    /** Evidence of the places that the camera names for its stream, where they are not the one dialled. */
    private void announced(RtspReply reply, SessionDescription description) {
        places.named(
                "contentBaseEndpoint",
                "Content-Base",
                reply.header("Content-Base").flatMap(base -> ControlUrls.named(base, address)));
        places.named(
                "controlEndpoint",
                "its session description",
                description
                        .control()
                        .flatMap(RtspAddress::parse)
                        .or(() -> description.media().stream()
                                .flatMap(media -> media.control().flatMap(RtspAddress::parse).stream())
                                .findFirst()));
    }

    /** Ends the session, where there is one, and the connection. */
    @Override
    public void close() throws IOException {
        if (session != null) {
            session.close();
        }
        client.close();
    }
}
