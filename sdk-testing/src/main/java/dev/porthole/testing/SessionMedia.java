package dev.porthole.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;

/** What one session sends on its connection: replies, and the packets of its tracks between them. */
final class SessionMedia implements AutoCloseable {
    private final OutputStream out;
    private final CameraBehaviour behaviour;
    private final StreamCounts counts;
    private final ReentrantLock writing = new ReentrantLock();
    private final Map<Integer, MediaSender> tracks = new LinkedHashMap<>();

    SessionMedia(OutputStream out, CameraBehaviour behaviour, StreamCounts counts) {
        this.out = out;
        this.behaviour = behaviour;
        this.counts = counts;
    }

    /** Sets up a track, or sets it up anew. */
    MediaSender add(int track, int channel) {
        MediaSender sender =
                new MediaSender(this::send, channel, RtpStream.ofTrack(track, behaviour), behaviour, counts);
        MediaSender before = tracks.put(track, sender);
        if (before != null) {
            before.close();
        }
        return sender;
    }

    /** The first track that was set up. */
    MediaSender first() {
        return tracks.values().iterator().next();
    }

    void heardFromClient() {
        tracks.values().forEach(MediaSender::heardFromClient);
    }

    void send(byte[] bytes) throws IOException {
        writing.lock();
        try {
            out.write(bytes);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /** Sends the reply to PLAY and starts the tracks. */
    void play(byte[] reply) throws IOException {
        if (behaviour.mediaFirst) {
            first().sendPicture();
        }
        send(reply);
        tracks.values().forEach(MediaSender::play);
    }

    @Override
    public void close() {
        tracks.values().forEach(MediaSender::close);
    }
}
