package dev.porthole.http.internal;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Objects;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.io.ConnectionEndpoint;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.client5.http.io.LeaseRequest;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpConnectionFactory;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.io.CloseMode;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * A new connection for every request, to the literal address that the request names: many routers answer a second request
 * on a connection with an error (RomPager) or close it at once (miniupnpd). Nothing is pooled and no name is resolved.
 */
final class OneShotConnections implements HttpClientConnectionManager {
    /** The key under which the context holds the {@link Exchange}. */
    static final String EXCHANGE = "dev.porthole.exchange";

    private final HttpConnectionFactory<ManagedHttpClientConnection> connections;

    OneShotConnections(HttpConnectionFactory<ManagedHttpClientConnection> connections) {
        this.connections = connections;
    }

    @Override
    public LeaseRequest lease(String id, HttpRoute route, Timeout requestTimeout, Object state) {
        return new LeaseRequest() {
            @Override
            public ConnectionEndpoint get(Timeout timeout) {
                return new Endpoint();
            }

            @Override
            public boolean cancel() {
                return false;
            }
        };
    }

    @Override
    public void connect(ConnectionEndpoint endpoint, TimeValue connectTimeout, HttpContext context) throws IOException {
        Exchange exchange = (Exchange) context.getAttribute(EXCHANGE);
        SocketChannel channel = exchange.open();
        channel.connect(exchange.request().peer());
        exchange.onConnected(channel);
        ManagedHttpClientConnection connection = connections.createConnection(null);
        Socket plain = channel.socket();
        connection.bind(plain);
        ((Endpoint) endpoint).bind(connection, exchange);
        if (exchange.request().tls().isPresent()) {
            connection.bind(secured(plain, exchange.request().tls().get(), exchange), plain);
        }
    }

    private static SSLSocket secured(Socket plain, TlsTrust trust, Exchange exchange) throws IOException {
        String host = exchange.request().peer().getAddress().getHostAddress();
        SSLSocket socket = (SSLSocket) trust.sockets()
                .createSocket(plain, host, exchange.request().peer().getPort(), true);
        try {
            socket.startHandshake();
            exchange.onSecured(socket);
        } catch (SSLException e) {
            throw e;
        } catch (IOException e) {
            throw new SSLException("the connection ended while agreeing on TLS", e);
        }
        return socket;
    }

    @Override
    public void upgrade(ConnectionEndpoint endpoint, HttpContext context) throws IOException {
        throw new IOException("upgrading a connection to TLS is not offered");
    }

    @Override
    public void release(ConnectionEndpoint endpoint, Object newState, TimeValue validDuration) {
        endpoint.close(CloseMode.IMMEDIATE);
    }

    @Override
    public void close(CloseMode closeMode) {
        // Exchanges under way are ended by their owner.
    }

    @Override
    public void close() {
        close(CloseMode.IMMEDIATE);
    }

    private static final class Endpoint extends ConnectionEndpoint {
        private volatile @Nullable ManagedHttpClientConnection connection;
        private volatile @Nullable Exchange exchange;

        void bind(ManagedHttpClientConnection bound, Exchange owner) {
            connection = bound;
            exchange = owner;
        }

        /** Not called by this version of HttpClient; abstract still. */
        @Deprecated
        @Override
        public ClassicHttpResponse execute(
                String id, ClassicHttpRequest request, HttpRequestExecutor executor, HttpContext context)
                throws IOException, HttpException {
            return executor.execute(request, bound(), context);
        }

        @Override
        public ClassicHttpResponse execute(
                String id, ClassicHttpRequest request, RequestExecutor executor, HttpContext context)
                throws IOException, HttpException {
            return executor.execute(request, bound(), context);
        }

        private ManagedHttpClientConnection bound() {
            return Objects.requireNonNull(connection, "not connected");
        }

        @Override
        public boolean isConnected() {
            ManagedHttpClientConnection open = connection;
            return open != null && open.isOpen();
        }

        @Override
        public void setSocketTimeout(Timeout timeout) {
            // The deadline of the exchange bounds every read.
        }

        /** Plainly: HttpClient's own way sends a reset, and over TLS may wait for the peer. */
        @Override
        public void close(CloseMode closeMode) {
            Exchange owner = exchange;
            if (owner != null) {
                owner.closeChannel();
            }
        }

        @Override
        public void close() {
            close(CloseMode.IMMEDIATE);
        }
    }
}
