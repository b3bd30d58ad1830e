package dev.porthole.testing;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What real cameras do differently when they stream: named rows, each a rule or two of {@link CameraBehaviour}. Seen in
 * the code and threads of gortsplib, go2rtc, retina, ffmpeg and live555.
 */
public enum CameraQuirk {
    // Where the camera says it is.
    /** Content-Base names the camera's own host and port: clients that keep the port dial past the mapping. */
    CONTENT_BASE_OWN_ADDRESS(b -> b.contentBase(a -> Optional.of(a.ownUrl() + "/"))),
    /** No Content-Base. */
    NO_CONTENT_BASE(b -> b.contentBase(a -> Optional.empty())),
    /** Content-Base without its scheme. */
    CONTENT_BASE_WITHOUT_SCHEME(b ->
            b.contentBase(a -> Optional.of(a.requested().replaceFirst("^rtsp://", "") + "/"))),
    /** Content-Base with the scheme twice. */
    CONTENT_BASE_SCHEME_TWICE(b -> b.contentBase(a -> Optional.of("rtsp://" + a.requested() + "/"))),
    /** Content-Base that starts with a slash. */
    CONTENT_BASE_PATH_ONLY(b -> b.contentBase(a -> Optional.of(a.path() + "/"))),
    /** Content-Base with an IPv6 address that is not in brackets. */
    CONTENT_BASE_BARE_IPV6(b -> b.contentBase(a -> Optional.of("rtsp://2001:db8::7" + a.path() + "/"))),
    /** Content-Base without the slash at its end. */
    CONTENT_BASE_WITHOUT_SLASH(b -> b.contentBase(a -> Optional.of(a.requested()))),
    /** The control attribute is an absolute URL with the camera's own host and port. */
    CONTROL_OWN_ADDRESS(b -> b.control(a -> Optional.of(a.ownUrl() + "/trackID=1"))),
    /** The control attribute is an absolute URL as the client asked. */
    CONTROL_ABSOLUTE(b -> b.control(a -> Optional.of(a.requested() + "/trackID=1"))),
    /** The control attribute is an asterisk. */
    CONTROL_ASTERISK(b -> b.control(a -> Optional.of("*"))),
    /** No control attribute. */
    NO_CONTROL(b -> b.control(a -> Optional.empty())),
    /** The control attribute has a query. */
    CONTROL_WITH_QUERY(b -> b.control(a -> Optional.of("trackID=1?token=a/b&c=d"))),

    // What it demands.
    /** 401 on DESCRIBE without a User-Agent, whatever the account. */
    NEEDS_USER_AGENT(b -> b.object(Rtsp.when(
            request -> request.kind().equals("DESCRIBE")
                    && request.header("User-Agent").isEmpty(),
            Rtsp.status(401, "Unauthorized")))),
    /** GET_PARAMETER is refused: OPTIONS must keep the session alive. */
    NO_GET_PARAMETER(b -> b.object(
            Rtsp.when(request -> request.kind().equals("GET_PARAMETER"), Rtsp.status(501, "Not Implemented")))),
    /** GET_PARAMETER is not answered, nor are OPTIONS in a session. */
    KEEP_ALIVE_UNANSWERED(b -> b.ignore(request -> request.kind().equals("GET_PARAMETER")
            || request.kind().equals("OPTIONS") && request.header("Session").isPresent())),
    /** The stream is at another path of the same server: 302 on DESCRIBE. */
    REDIRECTS(b -> b.object(Rtsp.when(
            request -> request.kind().equals("DESCRIBE") && !request.target().endsWith("/moved"),
            address -> Rtsp.status(302, "Moved").with("Location", address.requested() + "/moved")))),
    /** The stream is said to be at the camera's own host and port: 302 on DESCRIBE. */
    REDIRECTS_TO_OWN_ADDRESS(b -> b.object(Rtsp.when(
            request -> request.kind().equals("DESCRIBE"),
            address -> Rtsp.status(302, "Moved").with("Location", address.ownUrl())))),
    /** OPTIONS is refused. */
    NO_OPTIONS(
            b -> b.object(Rtsp.when(request -> request.kind().equals("OPTIONS"), Rtsp.status(501, "Not Implemented")))),
    /** The stream stops when the client is silent for 5 s. */
    NEEDS_KEEP_ALIVE(b -> b.needsKeepAlive(Duration.ofSeconds(5))),
    /** Too many sessions: 453 on SETUP. */
    NO_BANDWIDTH(b ->
            b.object(Rtsp.when(request -> request.kind().equals("SETUP"), Rtsp.status(453, "Not Enough Bandwidth")))),
    /** Nothing but UDP: 461 on SETUP. */
    ONLY_UDP(b ->
            b.object(Rtsp.when(request -> request.kind().equals("SETUP"), Rtsp.status(461, "Unsupported Transport")))),
    /** Whatever the account, 403. */
    FORBIDDEN(b -> b.object(Rtsp.when(request -> request.kind().equals("DESCRIBE"), Rtsp.status(403, "Forbidden")))),

    // How it answers.
    /** Lower-case header names. */
    LOWER_CASE_HEADERS(b -> b.dressReplies(reply -> reply.withHeaderNames(name -> name.toLowerCase(Locale.ROOT)))),
    /** Spaces at the end of header fields, Content-Base excepted: ffmpeg does not trim it. */
    TRAILING_SPACES(b -> b.dressReplies(
            reply -> reply.withHeaders((name, value) -> name.equals("Content-Base") ? value : value + "  "))),
    /** No Content-Type for the session description. */
    NO_CONTENT_TYPE(b -> b.dressReplies(reply -> reply.without("Content-Type"))),
    /** {@code RTP/AVP} without {@code /TCP} in the reply to SETUP. */
    TRANSPORT_WITHOUT_TCP(b -> b.transport(value -> value.replace("RTP/AVP/TCP", "RTP/AVP"))),
    /** The reply to SETUP chooses UDP, whatever was asked for. */
    TRANSPORT_UDP(b -> b.transport(value -> "RTP/AVP;unicast;client_port=5000-5001;server_port=6970-6971")),
    /** The camera takes other interleaved channels than the client asked for. */
    OTHER_CHANNELS(b -> b.shiftChannels(4)),
    /** The session id changes between replies. */
    SESSION_CHANGES(b -> b.session((first, fresh) -> fresh)),
    /** Hikvision, Tapo: RTP-Info that is not true. */
    RTP_INFO_UNTRUE(b -> b.rtpInfo(value -> value.replaceFirst("seq=[0-9]+", "seq=0"))),

    // Its session description.
    /** No origin line. */
    SDP_NO_ORIGIN(b -> b.describe(sdp -> sdp.replaceFirst("(?m)^o=.*\r\n", ""))),
    /** Two names. */
    SDP_TWO_NAMES(b -> b.describe(sdp -> sdp.replaceFirst("(?m)^s=", "s=one\r\ns="))),
    /** A connection line that is none. */
    SDP_BAD_CONNECTION(b -> b.describe(sdp -> sdp.replaceFirst("(?m)^c=.*", "c=IN IP4"))),
    /** A medium that nobody knows before the video. */
    SDP_UNKNOWN_MEDIA(b -> b.describe(sdp -> sdp.replaceFirst(
            "(?m)^m=video", "m=metadata 0 RTP/AVP 107\r\na=rtpmap:107 vnd.onvif.metadata/90000\r\nm=video"))),
    /** No parameter sets: they come in the stream only. */
    SDP_NO_PARAMETER_SETS(b -> b.describe(sdp -> sdp.replaceAll(";sprop-parameter-sets=[^\r]*", ""))),

    // The media.
    /** PLAY is answered and nothing comes. */
    NO_MEDIA(CameraBehaviour::noMedia),
    /** Sound beside the video. */
    AUDIO(CameraBehaviour::audio),
    /** Sound and no video. */
    AUDIO_ONLY(CameraBehaviour::audioOnly),
    /** Sound comes, the video that is described does not. */
    AUDIO_WITHOUT_ITS_VIDEO(b -> b.audio().noMedia()),
    /** Nothing comes but RTCP. */
    REPORTS_ONLY(CameraBehaviour::reportsOnly),
    /** The first picture comes and then nothing more. */
    ONE_PICTURE(b -> b.stopsAfter(1)),
    /** The sequence numbers stay the same. */
    SEQUENCE_STUCK(CameraBehaviour::sequenceStuck),
    /** Each picture has another source (SSRC). */
    SOURCE_CHANGES(CameraBehaviour::sourceChanges),
    /** Neither key frames nor parameter sets, in the stream or described. */
    NO_KEY_FRAMES(b -> b.noKeyFrames().describe(sdp -> sdp.replaceAll(";sprop-parameter-sets=[^\r]*", ""))),
    /** RTP comes before the reply to PLAY. */
    MEDIA_BEFORE_REPLY(CameraBehaviour::mediaBeforeReply),
    /** Line ends before interleaved packets. */
    CRLF_BEFORE_PACKETS(b -> b.strayBytes(new byte[] {'\r', '\n'})),
    /** Packets on a channel that was never assigned. */
    STRAY_CHANNEL(b -> b.strayBytes(Rtsp.interleaved(77, Rtsp.senderReport())));

    private final Consumer<CameraBehaviour> rules;

    CameraQuirk(Consumer<CameraBehaviour> rules) {
        this.rules = rules;
    }

    void addTo(CameraBehaviour behaviour) {
        rules.accept(behaviour);
    }
}
