package dev.porthole.verify.internal.rtsp;

import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;

/** What the media that was seen, or not seen, means. */
final class MediaVerdicts {
    private static final String CHECK_ON_LAN =
            "Check on the LAN that the stream plays over TCP; if it does, look for something on the way that alters RTSP"
                    + " (an application-level gateway, \"RTSP ALG\", on the router) or lets little through.";

    /** Some cameras begin anew once or twice when a viewer joins. */
    private static final int MOST_RESTARTS = 2;

    private final Attempt attempt;
    private final MediaWatch watch;

    MediaVerdicts(Attempt attempt, MediaWatch watch) {
        this.attempt = attempt;
        this.watch = watch;
    }

    /** Neither video nor audio is described. */
    Verdict nothingToPlay() {
        return attempt.failed(
                FindingCode.MEDIA_NOT_FLOWING,
                "The camera describes the stream at " + attempt.target().uri() + " without video and without audio.",
                "Set the path of a stream that has video, and check that the camera's encoder is switched on.");
    }

    /** The camera chose UDP though TCP was asked for. */
    Verdict onlyUdp() {
        return attempt.failed(
                FindingCode.MEDIA_NOT_FLOWING,
                "The camera at " + attempt.target().uri()
                        + " wants to send its media over UDP, which does not pass through the mapping of its RTSP port.",
                "Switch the camera's stream to unicast over TCP (\"RTP over RTSP\", \"interleaved\").");
    }

    /**
     * The verdict on what was watched.
     *
     * @param waited how long it was watched
     * @param wanted how long media was to flow
     */
    Verdict of(MediaEnd end, Duration waited, Duration wanted) {
        Track track = watch.main();
        evidence(track);
        if (end == MediaEnd.ENOUGH) {
            attempt.passed(Stage.MEDIA);
            return attempt.reached(Stage.MEDIA);
        }
        if (end == MediaEnd.OUT_OF_TIME
                && sound(track.flow())
                && track.flow().lasted().compareTo(wanted) < 0) {
            return outOfTime(track.flow(), wanted);
        }
        String said = "The camera at " + attempt.target().uri() + " accepts to play, but "
                + seen(track, end, waited, wanted) + ".";
        return attempt.failed(FindingCode.MEDIA_NOT_FLOWING, said, remedy(track));
    }

    private Verdict outOfTime(RtpFlow flow, Duration wanted) {
        return attempt.inconclusive(
                FindingCode.TIMED_OUT,
                "The stream at " + attempt.target().uri() + " played for "
                        + flow.lasted().toMillis() + " ms; then the time for the check was up, before the "
                        + wanted.toMillis() + " ms that were to be seen.",
                "Give the check more time, or ask for less.");
    }

    private void evidence(Track track) {
        RtpFlow flow = track.flow();
        attempt.saw("codec", track.media().codec());
        if (flow.packets() > 0) {
            Duration first = attempt.elapsed().minusNanos(System.nanoTime() - flow.firstAt());
            attempt.saw("firstPacketMs", Long.toString(first.toMillis()));
        }
        attempt.saw("packets", Long.toString(flow.packets()));
        attempt.saw("bytes", Long.toString(flow.bytes()));
        attempt.saw("gaps", Long.toString(flow.gaps()));
        flow.source().ifPresent(source -> attempt.saw("ssrc", source));
        attempt.saw("mediaMs", Long.toString(flow.lasted().toMillis()));
        if (track.media().video()) {
            attempt.saw("decoderStart", track.start().how());
            track.start()
                    .format()
                    .ifPresent(format -> attempt.saw("resolution", format.size().toString()));
            attempt.saw("frameRate", frameRate(track));
        }
        if (watch.strays() > 0) {
            attempt.saw("strayFrames", watch.strays() + ", the last on channel " + watch.strayChannel());
        }
    }

    private static String frameRate(Track track) {
        OptionalDouble fromSet = track.start().format().map(VideoFormat::rate).orElse(OptionalDouble.empty());
        OptionalDouble described = track.media().frameRate();
        OptionalDouble measured = track.flow().measuredRate(track.media().clockRate());
        return fromSet.isPresent()
                ? number(fromSet) + " (SPS)"
                : described.isPresent()
                        ? number(described) + " (SDP)"
                        : measured.isPresent() ? number(measured) + " (measured)" : "";
    }

    private static String number(OptionalDouble rate) {
        String text = String.format(Locale.ROOT, "%.2f", rate.orElseThrow());
        return text.replaceAll("\\.?0+$", "");
    }

    /** Whether what flowed is one source with rising numbers. */
    private static boolean sound(RtpFlow flow) {
        return flow.stuck() <= flow.packets() && flow.restarts() <= MOST_RESTARTS;
    }

    private String seen(Track track, MediaEnd end, Duration waited, Duration wanted) {
        RtpFlow flow = track.flow();
        String kind = track.media().video() ? "video" : "audio";
        if (flow.packets() == 0) {
            return nothing(track, kind) + " within " + waited.toMillis() + " ms" + ended(end);
        }
        if (flow.stuck() > flow.packets()) {
            return "the sequence numbers of its " + kind + " do not advance";
        }
        if (flow.restarts() > MOST_RESTARTS) {
            return "its " + kind + " began anew " + flow.restarts() + " times and never lasted";
        }
        if (flow.lasted().compareTo(wanted) >= 0) {
            return "in " + flow.lasted().toMillis()
                    + " ms of video neither a key frame nor a parameter set came, so nothing can be decoded";
        }
        String came = flow.packets() == 1
                ? "one packet of " + kind + " came and then nothing more"
                : flow.packets() + " packets of " + kind + " came within "
                        + flow.lasted().toMillis() + " ms and then nothing more";
        return came + ended(end);
    }

    private String nothing(Track track, String kind) {
        Optional<Track> audio = watch.beside().filter(beside -> beside.flow().packets() > 0);
        if (audio.isPresent()) {
            return "only audio came and no video";
        }
        if (track.reports() > 0) {
            return "only control packets (RTCP) came and no " + kind;
        }
        if (track.garbled() > 0) {
            return "only what is not RTP came on the channel of its " + kind;
        }
        if (watch.strays() > 0) {
            return "media came only on channel " + watch.strayChannel() + ", which was not agreed on,";
        }
        return "no " + kind + " came";
    }

    private static String ended(MediaEnd end) {
        return switch (end) {
            case CLOSED -> "; the connection ended";
            case GARBLED -> "; what came then is neither media nor RTSP";
            case ENOUGH, SILENCE, OUT_OF_TIME -> "";
        };
    }

    private String remedy(Track track) {
        boolean decodable = !track.media().video() || track.start().found();
        if (track.flow().packets() > 0
                && !decodable
                && track.flow().stuck() <= track.flow().packets()) {
            return "Set a shorter key frame interval (GOP, I-frame interval) on the camera, and try again.";
        }
        if (watch.beside().filter(beside -> beside.flow().packets() > 0).isPresent()) {
            return "Check that the camera's video encoder is switched on and that the account may view video.";
        }
        return CHECK_ON_LAN;
    }
}
