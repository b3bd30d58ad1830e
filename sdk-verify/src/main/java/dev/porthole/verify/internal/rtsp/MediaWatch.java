package dev.porthole.verify.internal.rtsp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The media of a session as they come in, told apart by their channels. Not thread-safe. */
final class MediaWatch implements FrameSink {
    private final List<Track> tracks = new ArrayList<>();
    private long strays;
    private int strayChannel;

    void add(Track track) {
        tracks.add(track);
    }

    @Override
    public void frame(int channel, ByteBuffer start, int length) {
        for (Track track : tracks) {
            if (track.uses(channel)) {
                track.take(start, length, System.nanoTime());
                return;
            }
        }
        strays++;
        strayChannel = channel;
    }

    /** The medium that counts: the video where there is one, else the audio. */
    Track main() {
        return tracks.get(0);
    }

    /** The audio that goes along with a video. */
    Optional<Track> beside() {
        return tracks.stream().skip(1).findFirst();
    }

    /** Frames on channels that were never assigned. */
    long strays() {
        return strays;
    }

    /** The last channel on which there were any. */
    int strayChannel() {
        return strayChannel;
    }
}
