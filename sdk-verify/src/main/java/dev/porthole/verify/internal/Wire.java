package dev.porthole.verify.internal;

import dev.porthole.Deadline;
import dev.porthole.http.internal.TlsPeer;
import dev.porthole.http.internal.TlsTrust;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.StandardSocketOptions;
import java.nio.channels.SocketChannel;
import java.security.cert.X509Certificate;
import javax.net.ssl.SSLSocket;

/**
 * A TCP connection on which every read ends by one deadline, however slowly the peer drips. Built on a channel, so that
 * interrupting the thread closes the connection at once and the operation throws
 * {@link java.nio.channels.ClosedByInterruptException}. Not thread-safe.
 */
public final class Wire implements Line {
    /** One round trip of a full TCP window over DSL; requests are far smaller. */
    private static final int BUFFER = 8 * 1024;

    /** A FIN that follows an answer arrives with it; one millisecond is the least a socket can wait. */
    private static final int GLANCE_MILLIS = 1;

    private final Socket socket;
    private final TimedInput timed;
    private InputStream in;
    private OutputStream out;
    private Deadline deadline;
    private boolean secured;
    private boolean glancing;

    private Wire(Socket socket, Deadline deadline) throws IOException {
        this.socket = socket;
        this.deadline = deadline;
        this.timed = new TimedInput(socket.getInputStream());
        this.in = new BufferedInputStream(timed, BUFFER);
        this.out = socket.getOutputStream();
    }

    /**
     * Connects.
     *
     * @param endpoint a resolved address and port
     * @param deadline when to give up; reads end by it too, until another is set
     * @return the connection
     * @throws IOException where it could not be made in time
     */
    public static Wire connect(InetSocketAddress endpoint, Deadline deadline) throws IOException {
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            int millis = deadline.remainingMillis();
            if (millis == 0) {
                throw new SocketTimeoutException("no time left to connect");
            }
            channel.socket().connect(endpoint, millis);
            return new Wire(channel.socket(), deadline);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /**
     * Speaks TLS from now on. To be called before anything is sent or read.
     *
     * @param trust which certificates are accepted
     * @return the key that the peer showed, SHA-256 of its SubjectPublicKeyInfo in lower-case hexadecimal
     * @throws IOException where TLS could not be agreed on in time
     */
    public String secure(TlsTrust trust) throws IOException {
        String host = socket.getInetAddress().getHostAddress();
        SSLSocket tls =
                (SSLSocket) trust.sockets().createSocket(new TimedSocket(socket, timed), host, socket.getPort(), true);
        tls.startHandshake();
        in = new BufferedInputStream(tls.getInputStream(), BUFFER);
        out = tls.getOutputStream();
        secured = true;
        return TlsPeer.pinOf((X509Certificate) tls.getSession().getPeerCertificates()[0]);
    }

    @Override
    public void until(Deadline value) {
        deadline = value;
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public boolean ready(Deadline value) throws IOException {
        return in.available() > 0 || timed.ready(value);
    }

    @Override
    public void send(byte[] bytes) throws IOException {
        out.write(bytes);
        out.flush();
    }

    /** Over TLS never looks: that could break a record. */
    @Override
    public int glance() {
        if (secured) {
            return -2;
        }
        try {
            socket.setSoTimeout(GLANCE_MILLIS);
            glancing = true;
            return in.read();
        } catch (SocketTimeoutException e) {
            return -2;
        } catch (IOException e) {
            return -1;
        } finally {
            glancing = false;
        }
    }

    /** At once, without the farewell of TLS. */
    @Override
    public void close() throws IOException {
        socket.close();
    }

    private final class TimedInput extends InputStream {
        private static final int NOTHING = -2;

        private final InputStream plain;
        private int ahead = NOTHING;

        TimedInput(InputStream plain) {
            this.plain = plain;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (ahead != NOTHING && length > 0) {
                target[offset] = (byte) ahead;
                int count = ahead < 0 ? -1 : 1;
                ahead = NOTHING;
                return count;
            }
            if (!glancing) {
                limit(deadline);
            }
            return plain.read(target, offset, length);
        }

        /** Whether there is a byte, or the end, to read. */
        boolean ready(Deadline by) throws IOException {
            if (ahead == NOTHING) {
                try {
                    limit(by);
                    ahead = plain.read();
                } catch (SocketTimeoutException e) {
                    return false;
                }
            }
            return true;
        }

        private void limit(Deadline by) throws IOException {
            int millis = by.remainingMillis();
            if (millis == 0) {
                throw new SocketTimeoutException("the time is up");
            }
            socket.setSoTimeout(millis);
        }
    }
}
