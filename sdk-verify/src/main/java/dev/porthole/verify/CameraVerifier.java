package dev.porthole.verify;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.mapping.PortRange;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.ConnectFailure;
import dev.porthole.verify.internal.DigestMemory;
import dev.porthole.verify.internal.LanSide;
import dev.porthole.verify.internal.Settings;
import dev.porthole.verify.internal.onvif.OnvifClient;
import dev.porthole.verify.internal.rtsp.NamedByOnvif;
import dev.porthole.verify.internal.rtsp.RtspProbe;
import dev.porthole.verify.internal.web.HttpProbe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries a camera's web page and stream from this host, and says how far it came and what follows.
 *
 * <p>A web page (HTTP, HTTPS) goes through the stages CONNECT, TLS, PROTOCOL, AUTH and PAGE; a stream (RTSP, RFC 2326,
 * and RTSPS) through CONNECT, TLS, PROTOCOL, AUTH, DESCRIBE, SETUP, PLAY and MEDIA: it plays over the RTSP connection, and
 * passes once media of one source has flowed for {@link Builder#mediaTime} with rising sequence numbers and, for video,
 * something was seen from which a decoder starts. The session is always torn down. A device that asks for a login where no account was given is reachable,
 * with the finding AUTH_REQUIRED. An account is sent once: cameras lock accounts after a few refusals. Digest
 * (RFC 7616, RFC 2617) is preferred; Basic without encryption is used only where the device offers nothing else and has
 * never offered Digest, and always with the finding CLEAR_TEXT.
 *
 * <p>Where the target tells the camera's internal endpoint or the gateway, and this host is on their network, both are
 * looked at too: the page seen from outside must be the one seen on the LAN, and not the router's own. From
 * {@link dev.porthole.reach.Vantage.Kind#HAIRPIN} a failure is never {@link Verdict.Status#UNREACHABLE}.
 *
 * <p>Thread-safe. Whatever a device sends, a verdict comes by the deadline plus 250 ms; interrupting the thread ends the
 * attempt at once. Evidence and findings hold nothing of the account.
 */
public final class CameraVerifier implements ReachabilityVerifier {
    /** SYNs are repeated after 1 and 3 seconds: this allows for two that were lost. */
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(4);

    /** Cameras start their encoder when a stream is described; old ones take 2 to 3 seconds. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(5);

    /** Long enough to tell a stream from a burst that a router lets through, and for two key frames of most cameras. */
    private static final Duration MEDIA_TIME = Duration.ofSeconds(2);

    /** The longest path that devices take; also keeps a request within a socket's buffer. */
    private static final int MAX_PATH = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(CameraVerifier.class);

    private final LanSide lan;
    private final HttpProbe http;
    private final RtspProbe rtsp;

    /** A verifier with the defaults, as {@link java.util.ServiceLoader} makes it. */
    public CameraVerifier() {
        this(new Builder());
    }

    private CameraVerifier(Builder builder) {
        Settings settings = new Settings(
                builder.connectTimeout,
                builder.answerTimeout,
                builder.userAgent,
                builder.basicAllowed,
                builder.route,
                builder.pins,
                builder.media ? Optional.of(builder.mediaTime) : Optional.empty(),
                builder.tunnel,
                builder.streamUri,
                builder.onvifPort);
        DigestMemory memory = new DigestMemory();
        lan = new LanSide(settings.route());
        ConnectFailure connectFailure = new ConnectFailure(lan);
        // Never closed: it keeps no connections, and its one thread ends when idle.
        DeviceHttp devices = new DeviceHttp();
        http = new HttpProbe(devices, settings, builder.pageBytes, memory, lan, connectFailure);
        rtsp = new RtspProbe(
                settings, memory, connectFailure, new NamedByOnvif(new OnvifClient(devices, settings), settings, lan));
    }

    /**
     * A builder, for settings other than the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /** Every scheme, from this host, wherever it is. */
    @Override
    public boolean supports(Target.Scheme scheme, Vantage vantage) {
        return vantage.kind() != Vantage.Kind.AGENT;
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException where the vantage is not supported, the path is longer than 2048
     *     characters, or the user name holds control characters
     */
    @Override
    public Verdict verify(Target target, Vantage from, Deadline deadline) throws InterruptedException {
        check(target, from);
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before " + target.uri() + " was tried");
        }
        Attempt attempt = new Attempt(target, from);
        if (deadline.expired()) {
            return attempt.inconclusive(
                    FindingCode.TIMED_OUT,
                    "No time was left to try " + target.uri() + ".",
                    "Give the check more time.");
        }
        if (from.kind() == Vantage.Kind.LAN && !lan.holds(target)) {
            attempt.begin(Stage.RESOLVE);
            return attempt.inconclusive(
                    FindingCode.TARGET_NOT_ON_LAN,
                    "This host is attached to no network that holds " + target.host() + ".",
                    "Run this on a host in the camera's LAN.");
        }
        Verdict verdict = attempt(attempt, deadline);
        LOG.debug(
                "{}: {} at {} from {}, {}",
                target.uri(),
                verdict.status(),
                verdict.stage(),
                from.label(),
                verdict.evidence());
        return verdict;
    }

    private Verdict attempt(Attempt attempt, Deadline deadline) throws InterruptedException {
        Deadline attemptBy = lan.leavingTime(attempt.target(), deadline);
        try {
            return switch (attempt.target().scheme()) {
                case HTTP, HTTPS -> http.probe(attempt, attemptBy, deadline);
                case RTSP, RTSPS -> rtsp.probe(attempt, attemptBy, deadline);
            };
        } catch (IOException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException(
                            "interrupted while trying " + attempt.target().uri())
                    .initCause(e);
        }
    }

    private void check(Target target, Vantage from) {
        if (!supports(target.scheme(), from)) {
            throw new IllegalArgumentException(target.scheme() + " from " + from.kind() + " is not supported");
        }
        if (target.path().length() > MAX_PATH) {
            throw new IllegalArgumentException("the path is longer than " + MAX_PATH + " characters");
        }
        boolean control = target.credentials()
                .map(Credentials::user)
                .filter(user -> user.chars().anyMatch(Character::isISOControl))
                .isPresent();
        if (control) {
            throw new IllegalArgumentException("the user name holds control characters");
        }
    }

    /** Builds a {@link CameraVerifier}. Not thread-safe. */
    public static final class Builder {
        private Duration connectTimeout = CONNECT_TIMEOUT;
        private Duration answerTimeout = ANSWER_TIMEOUT;
        private String userAgent = "Porthole";
        private boolean basicAllowed = true;
        private UnaryOperator<InetSocketAddress> route = UnaryOperator.identity();
        private KeyPins pins = KeyPins.inMemory();
        private boolean media = true;
        private Duration mediaTime = MEDIA_TIME;
        private int pageBytes = HttpProbe.PAGE_BYTES;
        private boolean tunnel;
        private boolean streamUri;
        private int onvifPort = Target.Scheme.HTTP.defaultPort();

        private Builder() {}

        /**
         * Sets the longest time for the TCP connection to a stream. The deadline bounds it too.
         *
         * @param value default 4 s: SYNs are repeated after 1 and 3 s
         * @return this
         * @throws IllegalArgumentException where it is not positive
         */
        public Builder connectTimeout(Duration value) {
            connectTimeout = positive(value);
            return this;
        }

        /**
         * Sets the longest time for each answer; for web pages the connection counts in. The deadline bounds it too.
         *
         * @param value default 5 s: old cameras take 2 to 3 s to describe a stream
         * @return this
         * @throws IllegalArgumentException where it is not positive
         */
        public Builder answerTimeout(Duration value) {
            answerTimeout = positive(value);
            return this;
        }

        /**
         * Sets the name by which we are known to devices. It is always sent: some cameras refuse requests without one.
         *
         * @param value default {@code Porthole}
         * @return this
         * @throws IllegalArgumentException where it is empty or not visible ASCII
         */
        public Builder userAgent(String value) {
            if (value.isBlank() || value.chars().anyMatch(c -> c < ' ' || c >= 0x7F)) {
                throw new IllegalArgumentException("a user agent is visible ASCII");
            }
            userAgent = value;
            return this;
        }

        /**
         * Sets whether the account may be sent by Basic where a device offers nothing else.
         *
         * @param value default true, with the finding CLEAR_TEXT where the connection is not encrypted
         * @return this
         */
        public Builder basicAllowed(boolean value) {
            basicAllowed = value;
            return this;
        }

        /**
         * Sets the address to dial for an address to reach, for simulated homes and split networks. Asked for the target,
         * for the camera's internal endpoint and for the gateway.
         *
         * @param value default the address itself; must return resolved addresses and not throw
         * @return this
         */
        public Builder route(UnaryOperator<InetSocketAddress> value) {
            route = Objects.requireNonNull(value, "route");
            return this;
        }

        /**
         * Sets where the TLS keys of devices are kept.
         *
         * @param value default in memory, for the life of the verifier
         * @return this
         */
        public Builder pins(KeyPins value) {
            pins = Objects.requireNonNull(value, "pins");
            return this;
        }

        /**
         * Sets whether streams are played. Where the way to the camera is all that is asked, a description is enough.
         *
         * @param value default true; false stops after DESCRIBE
         * @return this
         */
        public Builder media(boolean value) {
            media = value;
            return this;
        }

        /**
         * Sets how long a stream's media must flow.
         *
         * @param value default 2 s: longer than any burst, and two key frame intervals of most cameras
         * @return this
         * @throws IllegalArgumentException where it is not positive
         */
        public Builder mediaTime(Duration value) {
            mediaTime = positive(value);
            return this;
        }

        /**
         * Sets how much of a page is read. What tells devices apart stands at its start.
         *
         * @param value default 131072 bytes: the login pages of cameras have 1 to 60 kB
         * @return this
         * @throws IllegalArgumentException where it is less than 1 or more than the default
         */
        public Builder pageBytes(int value) {
            if (value < 1 || value > HttpProbe.PAGE_BYTES) {
                throw new IllegalArgumentException("of a page, 1 to " + HttpProbe.PAGE_BYTES + " bytes are read");
            }
            pageBytes = value;
            return this;
        }

        /**
         * Sets whether streams are tried within HTTP, for cameras whose RTSP port is blocked while their web port is open:
         * one mapping carries both. A target of the scheme RTSP then has the web port, one of the scheme RTSPS that of
         * HTTPS. Axis cameras and those that conform to ONVIF profile S offer it.
         *
         * @param value default false
         * @return this
         */
        public Builder tunnel(boolean value) {
            tunnel = value;
            return this;
        }

        /**
         * Sets whether a camera is always asked on its LAN, by ONVIF GetStreamUri, for the URL that it gives to NVRs and
         * CMSs. Otherwise it is asked only where a stream was not found or does not play, or where the camera named another
         * port. It is never asked where this host is not on the camera's LAN or no account is given.
         *
         * @param value default false: it costs four requests and uses the account once more
         * @return this
         */
        public Builder streamUri(boolean value) {
            streamUri = value;
            return this;
        }

        /**
         * Sets the port on its LAN at which a camera is asked by ONVIF.
         *
         * @param value default 80, the web port of nearly all
         * @return this
         * @throws IllegalArgumentException where it is not 1 to 65535
         */
        public Builder onvifPort(int value) {
            onvifPort = PortRange.checkPort(value);
            return this;
        }

        /**
         * Builds the verifier.
         *
         * @return the verifier
         */
        public CameraVerifier build() {
            return new CameraVerifier(this);
        }

        private static Duration positive(Duration value) {
            if (value.isNegative() || value.isZero()) {
                throw new IllegalArgumentException("a timeout is longer than nothing");
            }
            return value;
        }
    }
}
