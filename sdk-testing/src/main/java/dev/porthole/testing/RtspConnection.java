package dev.porthole.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** One client of a camera's RTSP server. Used by one thread; the media has its own. */
final class RtspConnection implements AutoCloseable {
    private static final Pattern CHANNELS = Pattern.compile("interleaved=([0-9]{1,3})");
    private static final String METHODS =
            "OPTIONS, DESCRIBE, SETUP, PLAY, PAUSE, TEARDOWN, GET_PARAMETER, SET_PARAMETER";

    private final Socket connection;
    private final MessageReader reader;
    private final OutputStream out;
    private final String path;
    private final String own;
    private final LoginGuard guard;
    private final CameraBehaviour behaviour;
    private final FaultScript faults;
    private final RequestLog log;
    private final StreamCounts counts;
    private Optional<String> session = Optional.empty();
    private Optional<String> sessionGiven = Optional.empty();
    private Optional<SessionMedia> media = Optional.empty();

    RtspConnection(
            Socket connection,
            MessageReader reader,
            String path,
            String own,
            LoginGuard guard,
            CameraBehaviour behaviour,
            FaultScript faults,
            RequestLog log,
            StreamCounts counts)
            throws IOException {
        this.connection = connection;
        this.reader = reader;
        this.out = connection.getOutputStream();
        this.path = path;
        this.own = own;
        this.guard = guard;
        this.behaviour = behaviour;
        this.faults = faults;
        this.log = log;
        this.counts = counts;
    }

    void serve() throws IOException {
        for (int next = reader.peek(); next >= 0; next = reader.peek()) {
            if (next == '$') {
                reader.skipInterleaved();
                continue;
            }
            Optional<RecordedRequest> read = reader.read();
            if (read.isEmpty() || !serve(read.get())) {
                return;
            }
        }
    }

    /** Whether the connection is to go on. */
    private boolean serve(RecordedRequest raw) throws IOException {
        RecordedRequest request = raw.understoodAs(raw.method(), Map.of());
        log.started(request);
        media.ifPresent(SessionMedia::heardFromClient);
        if (behaviour.ignored.stream().anyMatch(rule -> rule.test(request))) {
            log.ended();
            return true;
        }
        Conversation exchange =
                new Conversation(connection, request, () -> reply(request), () -> reply(request), log::ended);
        Optional<Fault> fault = faults.faultFor(request);
        if (fault.isPresent()) {
            try {
                fault.get().answer(exchange);
            } finally {
                exchange.ended();
            }
            return false;
        }
        // The sender that may be at work now, also where the request ends it.
        Optional<SessionMedia> sender = media;
        HttpReply reply = exchange.reply();
        exchange.ended();
        if (sender.isEmpty()) {
            exchange.send(reply.bytes());
        } else if (request.kind().equals("PLAY") && reply.status() == 200) {
            sender.get().play(reply.bytes());
        } else {
            sender.get().send(reply.bytes());
        }
        return request.version().startsWith("RTSP/");
    }

    private HttpReply reply(RecordedRequest request) {
        HttpReply reply = behaviour.objections.stream()
                .flatMap(rule -> rule.apply(request, address(request)).stream())
                .findFirst()
                .orElseGet(() -> right(request));
        Optional<String> sequence = request.header("CSeq");
        HttpReply numbered = sequence.isPresent() ? reply.withFirst("CSeq", sequence.get()) : reply;
        return behaviour.reply.apply(numbered);
    }

    private HttpReply right(RecordedRequest request) {
        if (!request.version().startsWith("RTSP/")) {
            return Rtsp.status(400, "Bad Request");
        }
        if (request.header("CSeq").isEmpty()) {
            return Rtsp.status(400, "Bad Request");
        }
        if (request.kind().equals("OPTIONS")) {
            return Rtsp.ok().with("Public", METHODS);
        }
        LoginGuard.Outcome login = guard.check(request);
        if (!login.admitted()) {
            return guard.challenge(Rtsp.status(401, "Unauthorized"), login.stale());
        }
        if (!isStream(Rtsp.path(request.target()))) {
            return Rtsp.status(404, "Stream Not Found");
        }
        return switch (request.kind()) {
            case "DESCRIBE" -> describe(request);
            case "SETUP" -> setup(request);
            case "PLAY" -> play(request);
            case "PAUSE", "GET_PARAMETER", "SET_PARAMETER" -> inSession(Rtsp.ok());
            case "TEARDOWN" -> tearDown();
            default -> Rtsp.status(501, "Not Implemented");
        };
    }

    /** The stream itself or a track of it. */
    private boolean isStream(String asked) {
        return asked.equals(path)
                || asked.startsWith(path.endsWith("/") ? path : path + "/")
                || asked.startsWith("trackID=");
    }

    private CameraBehaviour.StreamAddress address(RecordedRequest request) {
        return new CameraBehaviour.StreamAddress(request.target().replaceFirst("/$", ""), own, path);
    }

    private HttpReply describe(RecordedRequest request) {
        String sdp = "v=0\r\no=- 1 1 IN IP4 " + own.replaceFirst(":[0-9]+$", "") + "\r\ns=Media Presentation\r\n"
                + "c=IN IP4 0.0.0.0\r\nt=0 0\r\na=control:*\r\na=range:npt=0-\r\n"
                + (behaviour.video ? video(request) : "")
                + (behaviour.audio ? "m=audio 0 RTP/AVP 0\r\na=control:trackID=" + RtpStream.AUDIO + "\r\n" : "");
        HttpReply reply = Rtsp.ok();
        Optional<String> base = behaviour.contentBase.apply(address(request));
        if (base.isPresent()) {
            reply = reply.with("Content-Base", base.get());
        }
        return reply.with("Content-Type", "application/sdp").withBody(behaviour.sdp.apply(sdp));
    }

    private String video(RecordedRequest request) {
        return "m=video 0 RTP/AVP 96\r\nb=AS:500\r\na=rtpmap:96 H264/90000\r\na=fmtp:96 "
                + TestPattern.get().formatParameters() + "\r\n"
                + behaviour
                        .control
                        .apply(address(request))
                        .map(control -> "a=control:" + control + "\r\n")
                        .orElse("");
    }

    private HttpReply setup(RecordedRequest request) {
        String wanted = request.header("Transport").orElse("");
        Matcher channels = CHANNELS.matcher(wanted);
        if (!wanted.contains("RTP/AVP/TCP") || !channels.find()) {
            return Rtsp.status(461, "Unsupported Transport");
        }
        int channel = Integer.parseInt(channels.group(1)) + behaviour.channelShift;
        if (session.isEmpty()) {
            session = Optional.of(Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1));
            counts.openSessions.incrementAndGet();
        }
        SessionMedia sending = media.orElseGet(() -> new SessionMedia(out, behaviour, counts));
        media = Optional.of(sending);
        boolean sound = !behaviour.video || request.target().contains("trackID=" + RtpStream.AUDIO);
        MediaSender sender = sending.add(sound ? RtpStream.AUDIO : RtpStream.VIDEO, channel);
        String transport = "RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1) + ";ssrc="
                + sender.source() + ";mode=\"PLAY\"";
        return inSession(Rtsp.ok().with("Transport", behaviour.transport.apply(transport)));
    }

    private HttpReply play(RecordedRequest request) {
        if (media.isEmpty()) {
            return Rtsp.status(455, "Method Not Valid in This State");
        }
        boolean another = request.header("Session").isPresent()
                && !request.header("Session").equals(sessionGiven);
        if (another) {
            return Rtsp.status(454, "Session Not Found");
        }
        String info = "url=" + address(request).requested() + "/trackID=1;seq="
                + media.get().first().firstSequence() + ";rtptime=0";
        return inSession(Rtsp.ok().with("Range", "npt=0.000-").with("RTP-Info", behaviour.rtpInfo.apply(info)));
    }

    private HttpReply tearDown() {
        if (session.isEmpty()) {
            return Rtsp.status(454, "Session Not Found");
        }
        HttpReply reply = inSession(Rtsp.ok());
        media.ifPresent(SessionMedia::close);
        media = Optional.empty();
        session = Optional.empty();
        counts.openSessions.decrementAndGet();
        return reply;
    }

    private HttpReply inSession(HttpReply reply) {
        if (session.isEmpty()) {
            return reply;
        }
        String fresh = Long.toString(UUID.randomUUID().getMostSignificantBits() >>> 1);
        String given = behaviour.session.apply(session.get(), fresh);
        sessionGiven = Optional.of(given);
        return reply.with("Session", given + ";timeout=60");
    }

    @Override
    public void close() {
        media.ifPresent(SessionMedia::close);
        if (session.isPresent()) {
            counts.openSessions.decrementAndGet();
            counts.abandonedSessions.incrementAndGet();
        }
    }
}
