package dev.porthole.testing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Sends the packets of one track, interleaved with whatever else its connection carries (RFC 2326, section 10.12). */
final class MediaSender implements AutoCloseable {
    /** Writes bytes that nothing else may come between. */
    @FunctionalInterface
    interface Output {
        void send(byte[] bytes) throws IOException;
    }

    private final Output out;
    private final int channel;
    private final RtpStream stream;
    private final CameraBehaviour behaviour;
    private final StreamCounts counts;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long heardAt = System.nanoTime();
    private boolean playing;
    private int sent;

    MediaSender(Output out, int channel, RtpStream stream, CameraBehaviour behaviour, StreamCounts counts) {
        this.out = out;
        this.channel = channel;
        this.stream = stream;
        this.behaviour = behaviour;
        this.counts = counts;
    }

    /** As the Transport field has it. */
    String source() {
        return stream.source();
    }

    int firstSequence() {
        return stream.firstSequence();
    }

    void heardFromClient() {
        heardAt = System.nanoTime();
    }

    void play() {
        if (!playing) {
            playing = true;
            TcpServer.daemons("fake-camera-media").newThread(this::run).start();
        }
    }

    private void run() {
        try {
            do {
                boolean forgotten = behaviour
                        .enforcedTimeout
                        .filter(time -> System.nanoTime() - heardAt > time.toNanos())
                        .isPresent();
                if (forgotten) {
                    return;
                }
                sendPicture();
            } while (!closed.await(stream.interval(), TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            // The client is gone; its connection's own thread tells.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    void sendPicture() throws IOException {
        if (closed.getCount() == 0) {
            return;
        }
        ByteArrayOutputStream picture = new ByteArrayOutputStream();
        behaviour.strayBytes.forEach(picture::writeBytes);
        if (behaviour.reportsOnly) {
            picture.writeBytes(Rtsp.interleaved(channel + 1, Rtsp.senderReport()));
        } else if (flows()) {
            for (byte[] packet : stream.next()) {
                picture.writeBytes(Rtsp.interleaved(channel, packet));
                counts.packets.incrementAndGet();
            }
        }
        sent++;
        out.send(picture.toByteArray());
    }

    private boolean flows() {
        boolean silent = behaviour.mediaSilent && !(stream instanceof AudioPackets);
        return !silent && sent < behaviour.mostPictures;
    }

    /** Sends no more pictures; one that has begun is finished before the next reply. */
    @Override
    public void close() {
        closed.countDown();
    }
}
