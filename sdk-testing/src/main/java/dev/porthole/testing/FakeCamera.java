package dev.porthole.testing;

import dev.porthole.Camera;
import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.reach.Target.Scheme;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A network camera in this process: a web page with a login, ONVIF as far as GetStreamUri, and an RTSP server (RFC 2326)
 * that streams a small H.264 test pattern over interleaved TCP, also within HTTP at its web port. {@link CameraQuirk}s make it behave as odd cameras do, {@link FaultScript}s make it
 * fail.
 *
 * <p>Thread-safe. Its threads are daemons.
 */
public final class FakeCamera implements AutoCloseable {
    private final CameraOptions options;
    private final Set<CameraQuirk> quirks;
    private final FaultScript webFaults = new FaultScript();
    private final FaultScript rtspFaults = new FaultScript();
    private final RequestLog webLog = new RequestLog();
    private final RequestLog rtspLog = new RequestLog();
    private final StreamCounts counts = new StreamCounts();
    private final HttpServer web;
    private final RtspServer rtsp;
    private volatile CameraBehaviour behaviour;
    private volatile boolean closed;

    FakeCamera(CameraOptions options) throws IOException {
        this.options = options;
        quirks = EnumSet.noneOf(CameraQuirk.class);
        quirks.addAll(options.quirks);
        behaviour = behave();
        LoginGuard webGuard = guard(options.webLogin);
        web = HttpServer.start(
                new InetSocketAddress(options.address, options.httpPort),
                "fake-camera-web",
                new CameraWeb(
                        options.look, webGuard, onvif(), new RtspTunnel(this::rtsp, options.streamPath(), webGuard)),
                webFaults,
                webLog,
                true);
        try {
            rtsp = new RtspServer(
                    new InetSocketAddress(options.address, options.rtspPort),
                    options.streamPath(),
                    this::ownAuthority,
                    guard(options.rtspLogin),
                    () -> behaviour,
                    rtspFaults,
                    rtspLog,
                    counts);
        } catch (IOException e) {
            web.close();
            throw e;
        }
    }

    /**
     * Starts a generic camera on 127.0.0.1.
     *
     * @return the camera, listening
     * @throws IOException where it cannot listen
     */
    public static FakeCamera start() throws IOException {
        return options().start();
    }

    /**
     * Options for a camera.
     *
     * @return new options
     */
    public static CameraOptions options() {
        return new CameraOptions();
    }

    private LoginGuard guard(List<LoginScheme> schemes) {
        return new LoginGuard(realm(), options.user, options.password, schemes, options.staleNonce);
    }

    private RtspServer rtsp() {
        return rtsp;
    }

    private CameraOnvif onvif() {
        return new CameraOnvif(
                options.clockAhead, options.user, options.password, () -> "rtsp://" + ownAuthority() + path());
    }

    /**
     * The realm of its logins.
     *
     * @return the realm
     */
    public String realm() {
        return options.look.realm(options.serial.orElse(1));
    }

    private CameraBehaviour behave() {
        CameraBehaviour filled = new CameraBehaviour();
        quirks.forEach(quirk -> quirk.addTo(filled));
        options.rules.forEach(rule -> rule.accept(filled));
        return filled;
    }

    private String ownAuthority() {
        InetSocketAddress at = rtspAddress();
        return options.ownAuthority.orElse(at.getAddress().getHostAddress() + ":" + at.getPort());
    }

    /**
     * Where the web page really is.
     *
     * @return address and port
     */
    public InetSocketAddress httpAddress() {
        return web.address();
    }

    /**
     * Where RTSP really is.
     *
     * @return address and port
     */
    public InetSocketAddress rtspAddress() {
        return rtsp.address();
    }

    /**
     * The stream's path.
     *
     * @return with its query, for example {@code /main}
     */
    public String path() {
        return options.streamPath();
    }

    /**
     * How the web server presents itself.
     *
     * @return the look
     */
    public CameraLook look() {
        return options.look;
    }

    /**
     * The account.
     *
     * @return user and password
     */
    public Credentials credentials() {
        return new Credentials(options.user, Secret.of(options.password));
    }

    /**
     * This camera as the SDK knows one, at its real address and ports.
     *
     * @param name its name
     * @return a builder that may be changed further
     */
    public Camera.Builder described(String name) {
        return described(
                name,
                httpAddress().getAddress(),
                httpAddress().getPort(),
                rtspAddress().getPort());
    }

    Camera.Builder described(String name, InetAddress address, int httpPort, int rtspPort) {
        return Camera.at(address)
                .name(name)
                .brand(options.look.brand())
                .service(Scheme.HTTP, httpPort)
                .service(Scheme.RTSP, rtspPort)
                .path(Scheme.RTSP, path())
                .credentials(credentials());
    }

    /**
     * Adds quirks; connections made from now on see them.
     *
     * @param values which
     * @return this
     */
    public synchronized FakeCamera add(CameraQuirk... values) {
        quirks.addAll(List.of(values));
        behaviour = behave();
        return this;
    }

    /**
     * Removes quirks; connections made from now on do not see them.
     *
     * @param values which
     * @return this
     */
    public synchronized FakeCamera remove(CameraQuirk... values) {
        quirks.removeAll(List.of(values));
        behaviour = behave();
        return this;
    }

    /**
     * What the web server answers wrongly from now on. Every request is of the kind {@link RecordedRequest#PAGE}.
     *
     * @return the script, empty at first
     */
    public FaultScript webFaults() {
        return webFaults;
    }

    /**
     * What the RTSP server answers wrongly from now on. The kinds are the methods, for example {@code DESCRIBE}.
     *
     * @return the script, empty at first
     */
    public FaultScript rtspFaults() {
        return rtspFaults;
    }

    /**
     * Every request to the web server so far.
     *
     * @return an unmodifiable copy in the order of arrival
     */
    public List<RecordedRequest> webRequests() {
        return webLog.requests();
    }

    /**
     * Every request to the RTSP server so far.
     *
     * @return an unmodifiable copy in the order of arrival
     */
    public List<RecordedRequest> rtspRequests() {
        return rtspLog.requests();
    }

    /**
     * How many RTSP requests of a method came so far.
     *
     * @param method for example {@code TEARDOWN}
     * @return 0 or more
     */
    public int count(String method) {
        return rtspLog.counts().getOrDefault(method, 0);
    }

    /**
     * How many connections the web server accepted so far.
     *
     * @return 0 or more
     */
    public int webConnections() {
        return web.connections();
    }

    /**
     * How many connections the RTSP server accepted so far.
     *
     * @return 0 or more
     */
    public int rtspConnections() {
        return rtsp.connections();
    }

    /**
     * How many RTP packets were sent so far.
     *
     * @return 0 or more
     */
    public long packetsSent() {
        return counts.packets.get();
    }

    /**
     * How many RTSP sessions are set up now.
     *
     * @return 0 or more
     */
    public int openSessions() {
        return counts.openSessions.get();
    }

    /**
     * How many RTSP sessions ended without TEARDOWN, which servers based on live555 keep for a while.
     *
     * @return 0 or more
     */
    public int abandonedSessions() {
        return counts.abandonedSessions.get();
    }

    boolean closed() {
        return closed;
    }

    /** Closes every socket. Later connections are refused. */
    @Override
    public void close() {
        closed = true;
        web.close();
        rtsp.close();
    }
}
