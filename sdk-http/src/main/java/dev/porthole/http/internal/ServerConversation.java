package dev.porthole.http.internal;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.MessageConstraintException;
import org.apache.hc.core5.http.RequestHeaderFieldsTooLargeException;
import org.apache.hc.core5.http.config.Http1Config;
import org.apache.hc.core5.http.impl.io.DefaultBHttpServerConnection;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpResponse;

/** One request and its reply on an accepted connection. Used once, by one thread. */
final class ServerConversation {
    /** A browser sends fifteen; a proxy adds five. */
    private static final int MAX_HEADERS = 50;
    /** A bearer token has at most a few hundred characters. */
    private static final int MAX_LINE = 4096;

    private static final int BUFFER = 2048;

    /** Older ones are withdrawn (RFC 8996). */
    private static final String[] PROTOCOLS = {"TLSv1.3", "TLSv1.2"};

    private static final Http1Config LIMITS = Http1Config.custom()
            .setMaxHeaderCount(MAX_HEADERS)
            .setMaxLineLength(MAX_LINE)
            .setMaxEmptyLineCount(1)
            // The default would keep 96 kB for a connection that carries 1 kB.
            .setBufferSize(BUFFER)
            .build();

    /** So much is read and dropped before closing: a close with bytes unread resets, and the reply would be lost. */
    private static final int MAX_LEFTOVER = 64 * 1024;

    private final Socket plain;
    private final Socket socket;
    private final DefaultBHttpServerConnection connection;
    private final int maxBody;
    private Optional<ServerReply> refusal = Optional.empty();

    ServerConversation(Socket accepted, Optional<SSLSocketFactory> tls, int maxBody) throws IOException {
        this.plain = accepted;
        this.maxBody = maxBody;
        accepted.setTcpNoDelay(true);
        connection = new DefaultBHttpServerConnection(tls.isPresent() ? "https" : "http", LIMITS);
        if (tls.isPresent()) {
            // Given the bytes already read (none), the factory makes the server's side.
            SSLSocket secured = (SSLSocket) tls.get().createSocket(accepted, (InputStream) null, true);
            secured.setEnabledProtocols(PROTOCOLS);
            secured.startHandshake();
            connection.bind(secured, accepted);
            socket = secured;
        } else {
            connection.bind(accepted);
            socket = accepted;
        }
    }

    /** Reads the request; empty where it is refused already, see {@link #refusal}. */
    Optional<ServerRequest> receive() throws IOException {
        try {
            return read();
        } catch (MessageConstraintException | RequestHeaderFieldsTooLargeException e) {
            return refuse(431, "header_too_large", "the request's head is too large");
        } catch (HttpException e) {
            return refuse(400, "bad_request", "this is no HTTP/1.1 request");
        }
    }

    private Optional<ServerRequest> read() throws IOException, HttpException {
        ClassicHttpRequest request = connection.receiveRequestHeader();
        if (request == null) {
            throw new IOException("connected and sent nothing");
        }
        if (declaredLength(request) > maxBody) {
            return tooLarge();
        }
        Header expectation = request.getFirstHeader("Expect");
        if (expectation != null) {
            connection.sendResponseHeader(new BasicClassicHttpResponse(100));
            connection.flush();
        }
        byte[] body = new byte[0];
        connection.receiveRequestEntity(request);
        if (request.getEntity() != null) {
            body = request.getEntity().getContent().readNBytes(maxBody + 1);
        }
        return body.length > maxBody ? tooLarge() : Optional.of(seen(request, body));
    }

    private static long declaredLength(ClassicHttpRequest request) {
        Header length = request.getFirstHeader("Content-Length");
        String text = length == null ? "0" : length.getValue().strip();
        // What is no number is refused when the body is read.
        return text.matches("[0-9]{1,18}") ? Long.parseLong(text) : 0;
    }

    private ServerRequest seen(ClassicHttpRequest request, byte[] body) {
        List<HeaderFields.Field> fields = new ArrayList<>();
        for (Header header : request.getHeaders()) {
            String value = header.getValue();
            fields.add(new HeaderFields.Field(header.getName(), value == null ? "" : value.strip()));
        }
        return new ServerRequest(
                request.getMethod(),
                request.getPath(),
                new HeaderFields(fields),
                body,
                plain.getInetAddress(),
                socket != plain);
    }

    private Optional<ServerRequest> tooLarge() {
        return refuse(413, "too_large", "the request's body is larger than " + maxBody + " bytes");
    }

    private Optional<ServerRequest> refuse(int status, String code, String message) {
        refusal = Optional.of(ServerReply.of(status, error(code, message)));
        return Optional.empty();
    }

    /** The reply to a request that was not understood. */
    ServerReply refusal() {
        return refusal.orElseThrow();
    }

    /** The body of an error. */
    static String error(String code, String message) {
        return "{\"error\":{\"code\":\"" + code + "\",\"message\":\"" + message + "\"}}";
    }

    /** Sends the reply and ends the connection. */
    void reply(ServerReply reply) throws IOException {
        try {
            BasicClassicHttpResponse response = new BasicClassicHttpResponse(reply.status());
            byte[] body = reply.bytes();
            response.addHeader("Content-Type", "application/json");
            response.addHeader("Content-Length", body.length);
            response.addHeader("Cache-Control", "no-store");
            response.addHeader("Connection", "close");
            reply.headers().fields().forEach(field -> response.addHeader(field.name(), field.value()));
            response.setEntity(new ByteArrayEntity(body, ContentType.APPLICATION_JSON));
            connection.sendResponseHeader(response);
            connection.sendResponseEntity(response);
            connection.flush();
            socket.shutdownOutput();
            drop();
        } catch (HttpException e) {
            throw new IOException("the reply could not be written", e);
        }
    }

    /** Reads what the client still sends, within bounds; the server's clock ends it too. */
    private void drop() throws IOException {
        plain.setSoTimeout(1000);
        byte[] rest = new byte[4096];
        int dropped = 0;
        for (int read = 0; read >= 0 && dropped < MAX_LEFTOVER; dropped += read) {
            read = plain.getInputStream().read(rest);
        }
    }
}
