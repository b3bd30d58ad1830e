package dev.porthole.verify.internal.onvif;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.DeviceRequest;
import dev.porthole.http.internal.HeaderFields;
import dev.porthole.http.internal.auth.ChallengeParser;
import dev.porthole.http.internal.auth.Login;
import dev.porthole.http.internal.auth.UsernameToken;
import dev.porthole.verify.internal.Settings;
import java.net.InetSocketAddress;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Asks a camera for the URL of its stream. The account goes as a WS-Security digest, and as an HTTP digest where the
 * camera asks for one; never in clear text. Every request goes to the address dialled, whatever the camera names.
 * Thread-safe.
 */
public final class OnvifClient {
    private static final Logger LOG = LoggerFactory.getLogger(OnvifClient.class);

    /** ONVIF Core Specification section 5.1.1: the address of the device service is fixed. */
    private static final String DEVICE_SERVICE = "/onvif/device_service";

    /** Profiles of a camera with many take 30 kB. */
    private static final int MAX_REPLY = 128 * 1024;

    private final DeviceHttp http;
    private final Settings settings;

    /** Takes what is shared with other probes. */
    public OnvifClient(DeviceHttp http, Settings settings) {
        this.http = http;
        this.settings = settings;
    }

    /**
     * The URL of the first profile's stream, as the camera gives it to everyone.
     *
     * @param camera the endpoint of its web port to dial
     * @return empty where it gives none
     */
    public Optional<String> streamUri(InetSocketAddress camera, Credentials credentials, Deadline deadline)
            throws InterruptedException {
        try {
            return new Conversation(camera, credentials, deadline).streamUri();
        } catch (DeviceHttpException e) {
            LOG.debug("no ONVIF stream URL from {}: {}", camera, e.getMessage());
            return Optional.empty();
        }
    }

    private final class Conversation {
        private final InetSocketAddress camera;
        private final Credentials credentials;
        private final Deadline deadline;
        private final Login login;
        private Duration clockAhead = Duration.ZERO;

        Conversation(InetSocketAddress camera, Credentials credentials, Deadline deadline) {
            this.camera = camera;
            this.credentials = credentials;
            this.deadline = deadline;
            // Seen or not, Basic is not used.
            this.login = new Login(Optional.of(credentials), new Login.Policy(false, false, true));
        }

        Optional<String> streamUri() throws DeviceHttpException, InterruptedException {
            ask(DEVICE_SERVICE, OnvifRequest.systemDateAndTime(), false).ifPresent(this::setClock);
            String media = ask(DEVICE_SERVICE, OnvifRequest.mediaCapabilities(), true)
                    .flatMap(reply -> reply.text("Media/XAddr"))
                    .flatMap(Conversation::path)
                    .orElse(DEVICE_SERVICE);
            Optional<String> profile =
                    ask(media, OnvifRequest.profiles(), true).flatMap(reply -> reply.token("Profiles"));
            return profile.isEmpty()
                    ? Optional.empty()
                    : ask(media, OnvifRequest.streamUri(profile.get()), true)
                            .flatMap(reply -> reply.text("MediaUri/Uri"));
        }

        private Optional<SoapLeaves> ask(String path, String request, boolean withLogin)
                throws DeviceHttpException, InterruptedException {
            DeviceReply reply = post(path, request, withLogin, login.authorization("POST", path));
            if (reply.status() == 401 && withLogin) {
                List<String> challenges = reply.headers().fields().stream()
                        .filter(field -> field.name().equalsIgnoreCase("WWW-Authenticate"))
                        .map(HeaderFields.Field::value)
                        .toList();
                Login.Step step = login.onChallenge(ChallengeParser.parse(challenges), "POST", path);
                if (step instanceof Login.Step.Answer answer) {
                    reply = post(path, request, true, Optional.of(answer.authorization()));
                }
            }
            if (reply.success()) {
                login.accepted();
            }
            return reply.success() ? SoapLeaves.parse(reply.body()) : Optional.empty();
        }

        private DeviceReply post(String path, String request, boolean withLogin, Optional<String> authorization)
                throws DeviceHttpException, InterruptedException {
            Optional<UsernameToken> token = withLogin
                    ? Optional.of(UsernameToken.of(credentials, Instant.now().plus(clockAhead)))
                    : Optional.empty();
            DeviceRequest.Builder post = DeviceRequest.post(camera, path, OnvifRequest.envelope(request, token))
                    .header("User-Agent", settings.userAgent())
                    .header("Content-Type", "application/soap+xml; charset=utf-8")
                    .maxBody(MAX_REPLY);
            authorization.ifPresent(value -> post.header("Authorization", value));
            return http.send(post.build(), deadline.within(settings.answerTimeout()));
        }

        /** Cameras without a time server are years off, and refuse tokens by that clock. */
        private void setClock(SoapLeaves reply) {
            try {
                LocalDateTime time = LocalDateTime.of(
                        number(reply, "Date/Year"),
                        number(reply, "Date/Month"),
                        number(reply, "Date/Day"),
                        number(reply, "Time/Hour"),
                        number(reply, "Time/Minute"),
                        number(reply, "Time/Second"));
                clockAhead = Duration.between(Instant.now(), time.toInstant(ZoneOffset.UTC));
            } catch (DateTimeException e) {
                LOG.debug("{} does not tell its time", camera);
            }
        }

        private static int number(SoapLeaves reply, String name) {
            return reply.text(name)
                    .filter(text -> text.matches("\\d{1,4}"))
                    .map(Integer::parseInt)
                    .orElse(-1);
        }

        /** Of the service's address only the path: host and port are those dialled. */
        private static Optional<String> path(String address) {
            String path = address.replaceFirst("(?i)^https?://[^/]*", "");
            boolean fit = path.startsWith("/") && path.chars().noneMatch(c -> c <= ' ' || c >= 0x7F);
            return fit && path.length() <= 500 ? Optional.of(path) : Optional.empty();
        }
    }
}
