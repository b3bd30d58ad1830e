package dev.porthole.http.internal;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttpException.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.io.ManagedHttpClientConnection;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionClosedException;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.NoHttpResponseException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.message.BasicClassicHttpRequest;
import org.apache.hc.core5.http.protocol.HttpCoreContext;

/**
 * Talks HTTP to devices that may be old, broken or hostile.
 *
 * <p>Each request goes to a literal address on a connection of its own. Nothing is followed, kept, retried or
 * decompressed: no redirects, cookies, authentication, proxies. HttpClient's connection and request executor are used
 * without the chain that does these things, so there is nothing to switch off, and a call costs little in a process that
 * has just begun. A reply has at most {@value #MAX_HEADERS} header fields of
 * at most {@value #MAX_LINE} bytes, and of its body no more is read than the request allows. The deadline bounds the whole
 * exchange, from connecting to the last byte, however slowly they come; interrupting the thread ends it at once.
 *
 * <p>Thread-safe. One daemon thread per instance watches the deadlines; it starts with the first request and ends when
 * idle.
 */
public final class DeviceHttp implements AutoCloseable {
    /** Far above what any device sends. */
    public static final int MAX_HEADERS = 100;
    /** The longest header field in bytes. */
    public static final int MAX_LINE = 8192;

    private static final HttpRequestExecutor EXECUTOR = new HttpRequestExecutor();

    private final Connections connections = new Connections(MAX_HEADERS, MAX_LINE);
    private final DeadlineWatch watch = new DeadlineWatch();
    private volatile boolean closed;

    /** A client of its own. */
    public DeviceHttp() {}

    /**
     * Sends a request and reads the reply.
     *
     * @param request what to send, and where to
     * @param deadline when the whole exchange must have ended
     * @return the reply, whatever its status
     * @throws DeviceHttpException where no reply came
     * @throws InterruptedException where the thread was interrupted, before or during the exchange
     * @throws IllegalStateException where this client was closed
     */
    public DeviceReply send(DeviceRequest request, Deadline deadline) throws DeviceHttpException, InterruptedException {
        if (closed) {
            throw new IllegalStateException("this HTTP client was closed");
        }
        if (Thread.interrupted()) {
            throw new InterruptedException(request + ": interrupted before it was sent");
        }
        if (deadline.expired()) {
            throw new DeviceHttpException(Kind.TIMED_OUT, false, request + ": no time was left to send it", null);
        }
        Exchange exchange = new Exchange(request, deadline);
        watch.add(exchange);
        try {
            return run(exchange);
        } finally {
            watch.remove(exchange);
            exchange.closeChannel();
        }
    }

    private DeviceReply run(Exchange exchange) throws DeviceHttpException, InterruptedException {
        HttpCoreContext context = HttpCoreContext.create();
        try {
            ManagedHttpClientConnection connection = connections.connect(exchange);
            // Never closed: closing would read the rest of the body. The channel is closed instead, by the caller.
            ClassicHttpResponse response = EXECUTOR.execute(message(exchange.request()), connection, context);
            exchange.onAnswered();
            return reply(exchange, response);
        } catch (IOException | HttpException | RuntimeException e) {
            throw failure(exchange, context, e);
        }
    }

    private DeviceReply reply(Exchange exchange, ClassicHttpResponse response) throws IOException, HttpException {
        BodyReader reader = new BodyReader(exchange, Framing.announced(response));
        HttpEntity entity = response.getEntity();
        if (entity != null) {
            reader.read(entity.getContent());
        }
        if (!reader.complete()
                && (exchange.ended() != null || Thread.currentThread().isInterrupted())) {
            throw new IOException("ended while the body was read");
        }
        List<HeaderFields.Field> fields = new ArrayList<>();
        for (Header header : response.getHeaders()) {
            String value = header.getValue();
            fields.add(new HeaderFields.Field(header.getName(), value == null ? "" : value.strip()));
        }
        return new DeviceReply(
                response.getCode(),
                new HeaderFields(fields),
                reader.body(),
                reader.truncated(),
                reader.complete(),
                exchange.localAddress(),
                exchange.tlsPeer(),
                exchange.timings());
    }

    private static ClassicHttpRequest message(DeviceRequest request) {
        BasicClassicHttpRequest message = new BasicClassicHttpRequest(request.method(), request.target());
        for (HeaderFields.Field field : request.headers().fields()) {
            message.addHeader(field.name(), field.value());
        }
        if (request.body().isPresent()) {
            message.addHeader("Content-Length", request.body().get().length);
            message.setEntity(new ByteArrayEntity(request.body().get(), null));
        }
        return message;
    }

    private static DeviceHttpException failure(Exchange exchange, HttpCoreContext context, Exception cause)
            throws InterruptedException {
        boolean sent = exchange.connected();
        DeviceRequest request = exchange.request();
        Exchange.Ended ended = exchange.ended();
        if (Thread.interrupted()) {
            throw new InterruptedException(request + ": interrupted");
        }
        if (ended == Exchange.Ended.BY_DEADLINE || exchange.deadline().expired()) {
            String stage = sent ? "did not answer in time" : "could not be connected to in time";
            return new DeviceHttpException(Kind.TIMED_OUT, sent, request + ": the device " + stage, cause);
        }
        if (ended == Exchange.Ended.BY_CLOSE) {
            return new DeviceHttpException(Kind.CLOSED, sent, request + ": this client was closed", cause);
        }
        Kind kind = kindOf(cause, sent, context);
        return new DeviceHttpException(kind, sent, request + ": " + words(kind) + detail(cause), cause);
    }

    private static Kind kindOf(Exception cause, boolean connected, HttpCoreContext context) {
        if (!connected) {
            boolean refused = cause instanceof ConnectException && !(cause instanceof NoRouteToHostException);
            return refused && text(cause).contains("refused") ? Kind.CONNECT_REFUSED : Kind.UNREACHABLE;
        }
        if (cause instanceof SSLException) {
            return Kind.TLS;
        }
        boolean silent = context.getEndpointDetails() == null
                || context.getEndpointDetails().getReceivedBytesCount() == 0;
        boolean ended = cause instanceof NoHttpResponseException
                || cause instanceof ConnectionClosedException
                || cause instanceof java.net.SocketException;
        return silent && ended ? Kind.CLOSED : Kind.MALFORMED;
    }

    private static String words(Kind kind) {
        return switch (kind) {
            case TIMED_OUT -> "the device did not answer in time";
            case CONNECT_REFUSED -> "nothing listens there";
            case UNREACHABLE -> "the device cannot be reached";
            case TLS -> "TLS could not be agreed on";
            case CLOSED -> "the device closed the connection without an answer";
            case MALFORMED -> "the answer is not HTTP, or beyond the limits";
        };
    }

    /** Never what the device sent: HttpClient's own messages hold excerpts only for a malformed head. */
    private static String detail(Exception cause) {
        String text = text(cause).replaceAll("[^\\x20-\\x7E]+", " ").strip();
        return text.isEmpty() ? "" : " (" + (text.length() <= 100 ? text : text.substring(0, 100) + "...") + ")";
    }

    private static String text(Exception cause) {
        String message = cause.getMessage();
        return message == null ? "" : message.toLowerCase(Locale.ROOT);
    }

    /** Ends the exchanges under way, which then fail as {@link Kind#CLOSED}, and frees sockets and thread. */
    @Override
    public void close() {
        closed = true;
        watch.close();
    }
}
