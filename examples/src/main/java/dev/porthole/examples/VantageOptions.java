package dev.porthole.examples;

import dev.porthole.Porthole;
import dev.porthole.Secret;
import dev.porthole.verify.AgentVerifier;
import dev.porthole.verify.CameraVerifier;
import dev.porthole.verify.StunObserver;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of every command that tries services: from where, and who tells how this host is seen from outside. */
final class VantageOptions {
    private static final String HERE = "here";
    private static final String VERIFY_FROM = "--verify-from";
    private static final String TOKEN_FILE = "--agent-token-file";
    private static final String PIN = "--agent-pin";
    private static final String VIDEO = "--agent-video";
    private static final String STUN = "--stun";
    private static final String WATCH = "--watch";

    /** What a stream is watched for where that is all that is asked. */
    static final Duration CLOSELY = Duration.ofSeconds(2);
    /** Half a second of rising sequence numbers with a key frame is no accident, and publishing is to be quick. */
    static final Duration BRIEFLY = Duration.ofMillis(500);

    private static final Pattern HOST_PORT =
            Pattern.compile("(?<host>\\[[0-9A-Fa-f:.]+]|[A-Za-z0-9._-]+)(:(?<port>[^:]*))?");

    @Option(
            names = VERIFY_FROM,
            paramLabel = "WHERE",
            order = 30,
            description = "From where the services are tried: here (default), or the URL of a probe agent outside.")
    String verifyFrom = HERE;

    @Option(
            names = TOKEN_FILE,
            paramLabel = "FILE",
            order = 31,
            description = "The file whose first line is the token for the agent; - is standard input.")
    @Nullable
    String tokenFile;

    @Option(
            names = PIN,
            paramLabel = "SHA256",
            order = 32,
            description =
                    "Trust the agent by its TLS key (SHA-256, as the agent prints it) instead of its certificate.")
    @Nullable
    String pin;

    @Option(
            names = VIDEO,
            order = 33,
            description = "Give the agent the camera's account, to play the stream from outside. It must allow that.")
    boolean video;

    @Option(
            names = STUN,
            paramLabel = "HOST[:PORT]",
            order = 34,
            description = "A STUN server to ask how this network is seen from outside. PORT: 3478 unless given.")
    @Nullable
    String stun;

    @Option(
            names = WATCH,
            paramLabel = "SECONDS",
            order = 35,
            description = "How long a stream must play to count as reachable; fractions are allowed. Default: 2, when"
                    + " publishing 0.5.")
    @Nullable
    String watch;

    /**
     * Sets up the vantage and the observers.
     *
     * @param usual how long a stream is watched unless told otherwise
     */
    void configure(Session session, Porthole.Builder builder, Duration usual) {
        if (stun != null) {
            builder.observer(stun(stun));
        }
        CameraVerifier fromHere = CameraVerifier.builder()
                .mediaTime(watch == null ? usual : Inputs.timeout(WATCH, watch))
                .build();
        if (verifyFrom.equals(HERE)) {
            refuseWithoutAgent();
            builder.verifier(fromHere);
            return;
        }
        AgentVerifier agent = agent(session);
        // The camera's LAN side is seen from here.
        builder.vantage(agent.vantage()).verifier(agent).verifier(fromHere).observer(agent);
    }

    private void refuseWithoutAgent() {
        String given = tokenFile != null ? TOKEN_FILE : pin != null ? PIN : video ? VIDEO : "";
        if (!given.isEmpty()) {
            throw new InvalidInput(given, "there is no agent to use it for; give " + VERIFY_FROM + " URL too");
        }
    }

    private AgentVerifier agent(Session session) {
        URI url = url(verifyFrom);
        if (tokenFile == null) {
            throw new InvalidInput(
                    VERIFY_FROM,
                    "the agent wants a token; give " + TOKEN_FILE + " FILE with the token on its first line");
        }
        Secret token = PasswordFile.read(session, TOKEN_FILE, tokenFile, "token");
        if (token.use(chars -> new String(chars).indexOf(':') >= 0)) {
            throw new InvalidInput(
                    TOKEN_FILE,
                    "the first line has a colon, as in the agent's own file (NAME:TOKEN); give the TOKEN alone");
        }
        AgentVerifier.Builder agent = complaining(TOKEN_FILE, () -> AgentVerifier.builder(url, token));
        if (pin != null) {
            String pinned = pin;
            complaining(PIN, () -> agent.pin(pinned));
        }
        if (video) {
            complaining(VIDEO, () -> agent.video(true));
        }
        return agent.build();
    }

    private interface Step {
        AgentVerifier.Builder run();
    }

    private static AgentVerifier.Builder complaining(String where, Step step) {
        try {
            return step.run();
        } catch (IllegalArgumentException e) {
            throw new InvalidInput(where, String.valueOf(e.getMessage()));
        }
    }

    private static URI url(String text) {
        try {
            URI url = new URI(text);
            boolean web = "https".equalsIgnoreCase(url.getScheme()) || "http".equalsIgnoreCase(url.getScheme());
            if (web
                    && url.getHost() != null
                    && url.getRawUserInfo() == null
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null
                    && url.getPort() != 0
                    && url.getPort() <= 65_535) {
                return url;
            }
        } catch (URISyntaxException e) {
            // Said below.
        }
        throw new InvalidInput(
                VERIFY_FROM,
                Words.quoted(text) + " is neither 'here' nor the URL of a probe agent such as"
                        + " https://probe.example.org:8443");
    }

    private static StunObserver stun(String text) {
        Matcher parts = HOST_PORT.matcher(text);
        if (!parts.matches()) {
            throw new InvalidInput(
                    STUN,
                    Words.quoted(text) + " is not a STUN server; give its name or address, such as stun.example.org"
                            + " or [2001:db8::5]:3478");
        }
        String port = parts.group("port");
        return new StunObserver(
                parts.group("host"), port == null ? StunObserver.DEFAULT_PORT : Inputs.port(STUN, port));
    }
}
