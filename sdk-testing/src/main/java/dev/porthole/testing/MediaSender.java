package dev.porthole.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** Sends the pictures of one session, interleaved with the replies of the same connection (RFC 2326, section 10.12). */
final class MediaSender implements AutoCloseable {
    private final OutputStream out;
    private final int channel;
    private final CameraBehaviour behaviour;
    private final StreamCounts counts;
    private final int ssrc = ThreadLocalRandom.current().nextInt();
    private final int firstSequence = ThreadLocalRandom.current().nextInt(60_000);
    private final RtpPackets packets = new RtpPackets(ssrc, firstSequence);
    private final ReentrantLock writing = new ReentrantLock();
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile long heardAt = System.nanoTime();
    private boolean playing;

    MediaSender(OutputStream out, int channel, CameraBehaviour behaviour, StreamCounts counts) {
        this.out = out;
        this.channel = channel;
        this.behaviour = behaviour;
        this.counts = counts;
    }

    /** As the Transport field has it. */
    String ssrc() {
        return String.format("%08X", ssrc);
    }

    int firstSequence() {
        return firstSequence;
    }

    void heardFromClient() {
        heardAt = System.nanoTime();
    }

    void sendReply(byte[] bytes) throws IOException {
        writing.lock();
        try {
            out.write(bytes);
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /** Sends the reply to PLAY and starts the pictures. */
    void play(byte[] reply) throws IOException {
        if (behaviour.mediaFirst && !behaviour.mediaSilent) {
            sendPicture();
        }
        sendReply(reply);
        if (!behaviour.mediaSilent && !playing) {
            playing = true;
            TcpServer.daemons("fake-camera-media").newThread(this::run).start();
        }
    }

    private void run() {
        try {
            do {
                if (behaviour
                        .enforcedTimeout
                        .filter(time -> System.nanoTime() - heardAt > time.toNanos())
                        .isPresent()) {
                    return;
                }
                sendPicture();
            } while (!closed.await(1000 / TestPattern.RATE, TimeUnit.MILLISECONDS));
        } catch (IOException e) {
            // The client is gone; its connection's own thread tells.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void sendPicture() throws IOException {
        writing.lock();
        try {
            if (closed.getCount() == 0) {
                return;
            }
            for (byte[] stray : behaviour.strayBytes) {
                out.write(stray);
            }
            for (byte[] packet : packets.nextPicture()) {
                out.write(Rtsp.interleaved(channel, packet));
                counts.packets.incrementAndGet();
            }
            out.flush();
        } finally {
            writing.unlock();
        }
    }

    /** Sends no more pictures; one that has begun is finished before the next reply. */
    @Override
    public void close() {
        closed.countDown();
    }
}
