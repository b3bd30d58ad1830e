package dev.porthole.http.internal;

import java.io.IOException;
import java.net.Socket;
import java.nio.channels.SocketChannel;
import java.util.Optional;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.apache.hc.client5.http.impl.io.DefaultHttpResponseParserFactory;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.config.Http1Config;

/**
 * Makes a new connection for every request, to the literal address that the request names: many routers answer a second
 * request on a connection with an error (RomPager) or close it at once (miniupnpd). Nothing is pooled and no name is
 * resolved. Thread-safe.
 */
final class Connections {
    private final ManagedHttpClientConnectionFactory factory;

    Connections(int maxHeaders, int maxLine) {
        Http1Config limits = Http1Config.custom()
                .setMaxHeaderCount(maxHeaders)
                .setMaxLineLength(maxLine)
                // Head and body in one packet where they fit: faster, and some devices read no further than the first.
                .setChunkSizeHint(maxLine)
                // Three per connection; the default would keep 96 kB for each.
                .setBufferSize(maxLine)
                .build();
        factory = ManagedHttpClientConnectionFactory.builder()
                .http1Config(limits)
                .responseParserFactory(new DefaultHttpResponseParserFactory(limits, new LaxLineParser(), null))
                .incomingContentLengthStrategy(new Framing())
                .build();
    }

    /** Connects, and agrees on TLS where the request wants it. The exchange closes what is opened here. */
    ManagedHttpClientConnection connect(Exchange exchange) throws IOException {
        SocketChannel channel = exchange.open();
        channel.connect(exchange.request().peer());
        exchange.onConnected(channel);
        ManagedHttpClientConnection connection = factory.createConnection(null);
        Socket plain = channel.socket();
        if (exchange.request().tls().isPresent()) {
            connection.bind(secured(plain, exchange.request().tls().get(), exchange), plain);
        } else {
            connection.bind(plain);
        }
        return connection;
    }

    private static SSLSocket secured(Socket plain, TlsTrust trust, Exchange exchange) throws IOException {
        Optional<String> name = exchange.request().tlsName();
        String host = name.orElse(exchange.request().peer().getAddress().getHostAddress());
        SSLSocket socket = (SSLSocket) trust.sockets()
                .createSocket(plain, host, exchange.request().peer().getPort(), true);
        if (name.isPresent()) {
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setEndpointIdentificationAlgorithm("HTTPS");
            socket.setSSLParameters(parameters);
        }
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
}
