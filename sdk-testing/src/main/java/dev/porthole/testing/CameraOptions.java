package dev.porthole.testing;

import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Builds a {@link FakeCamera}. Not thread-safe.
 *
 * <p>Defaults: a generic camera on 127.0.0.1 with ports that the system chooses, digest on the web and for RTSP, user
 * {@value #DEFAULT_USER}, password {@value #DEFAULT_PASSWORD}.
 */
public final class CameraOptions {
    /** The user unless set. */
    public static final String DEFAULT_USER = "admin";

    /** The password unless set. */
    public static final String DEFAULT_PASSWORD = "correct-horse";

    InetAddress address = InetAddress.getLoopbackAddress();
    int httpPort;
    int rtspPort;
    CameraLook look = CameraLook.GENERIC;
    Optional<String> path = Optional.empty();
    Optional<String> ownAuthority = Optional.empty();
    String user = DEFAULT_USER;
    String password = DEFAULT_PASSWORD;
    List<LoginScheme> webLogin = List.of(LoginScheme.DIGEST_MD5_QOP);
    List<LoginScheme> rtspLogin = List.of(LoginScheme.DIGEST_MD5);
    boolean staleNonce;
    OptionalInt serial = OptionalInt.empty();
    Duration clockAhead = Duration.ZERO;
    final Set<CameraQuirk> quirks = EnumSet.noneOf(CameraQuirk.class);
    final List<Consumer<CameraBehaviour>> rules = new ArrayList<>();

    CameraOptions() {}

    /**
     * Sets the address on which the camera answers.
     *
     * @param value default 127.0.0.1
     * @return this
     */
    public CameraOptions address(InetAddress value) {
        address = Objects.requireNonNull(value, "address");
        return this;
    }

    /**
     * Sets the port of the web page.
     *
     * @param value default 0, one that the system chooses
     * @return this
     */
    public CameraOptions httpPort(int value) {
        httpPort = value;
        return this;
    }

    /**
     * Sets the port of RTSP.
     *
     * @param value default 0, one that the system chooses
     * @return this
     */
    public CameraOptions rtspPort(int value) {
        rtspPort = value;
        return this;
    }

    /**
     * Sets how the web server presents itself, and with it the path of the stream.
     *
     * @param value default generic
     * @return this
     */
    public CameraOptions look(CameraLook value) {
        look = Objects.requireNonNull(value, "look");
        return this;
    }

    /**
     * Sets the path of the stream.
     *
     * @param value with its query; default the look's main stream, {@code /main} for a generic camera
     * @return this
     */
    public CameraOptions path(String value) {
        path = Optional.of(value);
        return this;
    }

    /**
     * Sets the serial number, which is part of the realm on the makers' cameras that have it there.
     *
     * @param value default 1; in a {@link SimulatedHome} the cameras are numbered
     * @return this
     */
    public CameraOptions serial(int value) {
        serial = OptionalInt.of(value);
        return this;
    }

    /**
     * Sets host and port as the camera knows them, for quirks that tell them to clients.
     *
     * @param value for example {@code 192.168.69.110:554}; default where RTSP really listens
     * @return this
     */
    public CameraOptions ownAuthority(String value) {
        ownAuthority = Optional.of(value);
        return this;
    }

    /**
     * Sets how wrong the camera's clock is, by which it judges the age of ONVIF logins.
     *
     * @param value default none; negative is behind
     * @return this
     */
    public CameraOptions clockAhead(Duration value) {
        clockAhead = Objects.requireNonNull(value, "clockAhead");
        return this;
    }

    /**
     * Sets the account.
     *
     * @param name the user
     * @param secret the password
     * @return this
     */
    public CameraOptions account(String name, String secret) {
        user = Objects.requireNonNull(name, "user");
        password = Objects.requireNonNull(secret, "password");
        return this;
    }

    /**
     * Sets how the web server asks for the account.
     *
     * @param schemes in the order in which they are offered; none lets everyone in; default digest with qop
     * @return this
     */
    public CameraOptions webLogin(LoginScheme... schemes) {
        webLogin = List.of(schemes);
        return this;
    }

    /**
     * Sets how the RTSP server asks for the account.
     *
     * @param schemes in the order in which they are offered; none lets everyone in; default digest without qop
     * @return this
     */
    public CameraOptions rtspLogin(LoginScheme... schemes) {
        rtspLogin = List.of(schemes);
        return this;
    }

    /**
     * Refuses the first right digest with {@code stale=true} and a new nonce, on the web and for RTSP.
     *
     * @return this
     */
    public CameraOptions staleNonce() {
        staleNonce = true;
        return this;
    }

    /**
     * Adds quirks. They can be added and removed later, too.
     *
     * @param values which; default none
     * @return this
     */
    public CameraOptions quirks(CameraQuirk... values) {
        quirks.addAll(List.of(values));
        return this;
    }

    /**
     * Adds rules that have no name as a {@link CameraQuirk}.
     *
     * @param value fills the behaviour; called again whenever the quirks change
     * @return this
     */
    public CameraOptions behaviour(Consumer<CameraBehaviour> value) {
        rules.add(value);
        return this;
    }

    String streamPath() {
        return path.orElse(look == CameraLook.GENERIC ? "/main" : look.brand().mainStreamPath());
    }

    /**
     * Starts the camera.
     *
     * @return the camera, listening
     * @throws IOException where it cannot listen on its address and ports
     */
    public FakeCamera start() throws IOException {
        return new FakeCamera(this);
    }
}
