package dev.porthole.verify.internal.rtsp;

import dev.porthole.Deadline;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.Settings;
import java.io.Closeable;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From SETUP by PLAY and MEDIA to TEARDOWN, which is sent whatever happens: servers based on live555 keep what is not torn
 * down. Used once.
 */
final class StreamSession implements Closeable {
    /** Cameras space key frames by up to 10 s; some with "smart" encoders by more. */
    private static final Duration KEY_FRAME_INTERVAL = Duration.ofSeconds(10);

    private final Attempt attempt;
    private final Settings settings;
    private final Pace pace;
    private final RtspClient client;
    private final NamedPlaces places;
    private final MediaWatch watch;
    private final ControlUrls urls;
    private final KeepAlive keepAlive;
    private Optional<String> session = Optional.empty();
    private @Nullable RtspReply refusal;

    StreamSession(
            Attempt attempt,
            Settings settings,
            Pace pace,
            RtspClient client,
            NamedPlaces places,
            MediaWatch watch,
            ControlUrls urls,
            boolean getParameter) {
        this.attempt = attempt;
        this.settings = settings;
        this.pace = pace;
        this.client = client;
        this.places = places;
        this.watch = watch;
        this.urls = urls;
        this.keepAlive = new KeepAlive(client, urls.aggregate().uri(), getParameter);
    }

    /** The reply that refused SETUP or PLAY, where one did. */
    Optional<RtspReply> refusal() {
        return Optional.ofNullable(refusal);
    }

    /**
     * Sets up, plays and watches.
     *
     * @param media the described media
     * @return the verdict, or empty where {@link #refusal} holds one that is to be judged
     * @throws IOException where the connection failed before media was to flow
     */
    Optional<Verdict> play(List<SessionDescription.Media> media) throws IOException {
        attempt.begin(Stage.SETUP);
        Optional<SessionDescription.Media> video =
                media.stream().filter(SessionDescription.Media::video).findFirst();
        Optional<SessionDescription.Media> audio =
                media.stream().filter(SessionDescription.Media::audio).findFirst();
        Optional<SessionDescription.Media> main = video.or(() -> audio);
        MediaVerdicts verdicts = new MediaVerdicts(attempt, watch);
        if (main.isEmpty()) {
            return Optional.of(verdicts.nothingToPlay());
        }
        Optional<TransportReply> transport = setUp(main.get(), 0);
        if (transport.filter(TransportReply::interleaved).isEmpty()) {
            return transport.map(udp -> verdicts.onlyUdp());
        }
        watch.add(new Track(main.get(), transport.get()));
        if (video.isPresent() && audio.isPresent()) {
            setUpBeside(audio.get());
        }
        attempt.passed(Stage.SETUP);
        return played(verdicts);
    }

    /** What the camera answers is of no importance: the video decides. */
    private void setUpBeside(SessionDescription.Media audio) throws IOException {
        setUp(audio, 2).filter(TransportReply::interleaved).ifPresent(chosen -> watch.add(new Track(audio, chosen)));
        refusal = null;
    }

    private Optional<Verdict> played(MediaVerdicts verdicts) throws IOException {
        attempt.begin(Stage.PLAY);
        if (!started()) {
            return Optional.empty();
        }
        attempt.passed(Stage.PLAY);
        attempt.begin(Stage.MEDIA);
        long started = System.nanoTime();
        MediaEnd end = watched(started);
        Duration waited = Duration.ofNanos(System.nanoTime() - started);
        return Optional.of(verdicts.of(end, waited, settings.mediaTime().orElseThrow()));
    }

    private Optional<TransportReply> setUp(SessionDescription.Media media, int channel) throws IOException {
        RtspReply reply = ask(new RtspRequest("SETUP", urls.of(media.control()).uri())
                .with("Transport", "RTP/AVP/TCP;unicast;interleaved=" + channel + "-" + (channel + 1)));
        if (reply.status() != 200) {
            refusal = reply;
            return Optional.empty();
        }
        client.bind();
        TransportReply chosen = TransportReply.parse(reply.header("Transport").orElse(""), channel);
        if (!attempt.evidence().containsKey("transport")) {
            attempt.saw("transport", reply.header("Transport").orElse(""));
            chosen.source()
                    .filter(source -> !source.equals(attempt.target().host()))
                    .ifPresent(source -> attempt.saw("transportSource", source));
        }
        return Optional.of(chosen);
    }

    private boolean started() throws IOException {
        RtspReply reply = ask(new RtspRequest("PLAY", urls.aggregate().uri()).with("Range", "npt=0.000-"));
        if (reply.status() != 200) {
            refusal = reply;
            return false;
        }
        // The numbers in it are not believed: Hikvision and Tapo send seq=0 or 1 whatever comes.
        reply.header("RTP-Info")
                .flatMap(RtpInfo::url)
                .ifPresent(url -> places.named("rtpInfoEndpoint", "RTP-Info", RtspAddress.parse(url)));
        return true;
    }

    private RtspReply ask(RtspRequest request) throws IOException {
        RtspReply reply = client.sendWithLogin(inSession(request)).reply();
        reply.session().ifPresent(id -> session = Optional.of(id));
        keepAlive.heard(reply, session);
        return reply;
    }

    private RtspRequest inSession(RtspRequest request) {
        return session.map(id -> request.with("Session", id)).orElse(request);
    }

    /** Watches until the media passes, or will not. */
    private MediaEnd watched(long started) throws IOException {
        Duration mediaTime = settings.mediaTime().orElseThrow();
        Deadline most =
                pace.whole().within(mediaTime.plus(settings.answerTimeout()).plus(KEY_FRAME_INTERVAL));
        try {
            while (!watch.main().passes(mediaTime)) {
                Deadline quiet = most.within(patience(started));
                if (quiet.expired()) {
                    return timeUp(started);
                }
                keepAlive.whenDue(session);
                client.listen(keepAlive.before(quiet), most).ifPresent(keepAlive::answered);
            }
            return MediaEnd.ENOUGH;
        } catch (RtspException e) {
            return e.kind() == RtspException.Kind.NOT_RTSP || e.kind() == RtspException.Kind.MALFORMED
                    ? MediaEnd.GARBLED
                    : MediaEnd.CLOSED;
        } catch (SocketTimeoutException e) {
            return timeUp(started);
        } catch (IOException e) {
            if (Thread.currentThread().isInterrupted()) {
                throw e;
            }
            return MediaEnd.CLOSED;
        }
    }

    private MediaEnd timeUp(long started) {
        boolean flowing =
                watch.main().flow().packets() > 1 && !patience(started).isNegative();
        return flowing && pace.whole().expired() ? MediaEnd.OUT_OF_TIME : MediaEnd.SILENCE;
    }

    /** How long to wait for a packet that follows its number. */
    private Duration patience(long started) {
        RtpFlow flow = watch.main().flow();
        long since = flow.packets() == 0 ? started : flow.lastAt();
        return settings.answerTimeout().minusNanos(System.nanoTime() - since);
    }

    @Override
    public void close() {
        session.ifPresent(id ->
                client.farewell(new RtspRequest("TEARDOWN", urls.aggregate().uri()).with("Session", id)));
        session = Optional.empty();
    }
}
