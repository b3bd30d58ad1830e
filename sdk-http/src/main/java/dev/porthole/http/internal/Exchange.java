package dev.porthole.http.internal;

import dev.porthole.Deadline;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.jspecify.annotations.Nullable;

/**
 * One request on its own connection, and the ways in which it can be ended early. The socket is a channel's: unlike a
 * plain socket's, its reads, writes and connect end at once when the thread is interrupted or the channel is closed.
 */
final class Exchange {
    /** Why an exchange was ended from outside. */
    enum Ended {
        BY_DEADLINE,
        BY_CLOSE
    }

    private final DeviceRequest request;
    private final Deadline deadline;
    private final long start = System.nanoTime();
    private final long endsAt;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable SocketChannel channel;
    private volatile @Nullable Ended ended;
    private volatile boolean connected;
    private long connectedAt;
    private long securedAt;
    private long answeredAt;
    private Optional<TlsPeer> tlsPeer = Optional.empty();
    private @Nullable InetAddress localAddress;

    Exchange(DeviceRequest request, Deadline deadline) {
        this.request = request;
        this.deadline = deadline;
        this.endsAt = start + deadline.remaining().toNanos();
    }

    DeviceRequest request() {
        return request;
    }

    Deadline deadline() {
        return deadline;
    }

    /** When the deadline is, by {@link System#nanoTime()}. */
    long endsAt() {
        return endsAt;
    }

    /** Opens the channel, unless the exchange was ended before. */
    SocketChannel open() throws IOException {
        lock.lock();
        try {
            if (ended != null) {
                throw new IOException("ended before connecting");
            }
            SocketChannel opened = SocketChannel.open();
            opened.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel = opened;
            return opened;
        } finally {
            lock.unlock();
        }
    }

    void onConnected(SocketChannel socket) throws IOException {
        connected = true;
        connectedAt = securedAt = System.nanoTime();
        localAddress = ((InetSocketAddress) socket.getLocalAddress()).getAddress();
    }

    void onSecured(SSLSocket socket) throws IOException {
        securedAt = System.nanoTime();
        SSLSession session = socket.getSession();
        if (session.getPeerCertificates()[0] instanceof X509Certificate certificate) {
            tlsPeer = Optional.of(new TlsPeer(
                    session.getProtocol(), session.getCipherSuite(), certificate, TlsPeer.pinOf(certificate)));
        }
    }

    void onAnswered() {
        answeredAt = System.nanoTime();
    }

    /** From now on a read waits so long at most; the deadline holds besides. */
    void waitNoLongerThan(int millis) throws IOException {
        SocketChannel open = channel;
        if (open != null) {
            open.socket().setSoTimeout(millis);
        }
    }

    /** Ends the exchange from another thread. */
    void end(Ended why) {
        lock.lock();
        try {
            if (ended == null) {
                ended = why;
            }
        } finally {
            lock.unlock();
        }
        closeChannel();
    }

    /** Closes the connection without reading what is left on it. */
    void closeChannel() {
        SocketChannel open;
        lock.lock();
        try {
            open = channel;
        } finally {
            lock.unlock();
        }
        if (open != null) {
            try {
                open.close();
            } catch (IOException e) {
                // Nothing can be done, and the descriptor is gone either way.
            }
        }
    }

    @Nullable
    Ended ended() {
        return ended;
    }

    boolean connected() {
        return connected;
    }

    Optional<TlsPeer> tlsPeer() {
        return tlsPeer;
    }

    InetAddress localAddress() {
        InetAddress address = localAddress;
        return address != null ? address : InetAddress.getLoopbackAddress();
    }

    DeviceReply.Timings timings() {
        return new DeviceReply.Timings(
                since(connectedAt), since(securedAt), since(answeredAt), since(System.nanoTime()));
    }

    private Duration since(long nanoTime) {
        return Duration.ofNanos(Math.max(0, nanoTime - start));
    }
}
