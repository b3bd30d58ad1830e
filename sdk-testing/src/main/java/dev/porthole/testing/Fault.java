package dev.porthole.testing;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;

/**
 * A way to answer an HTTP request wrongly. Given to a {@link FaultScript}. The connection is closed afterwards.
 *
 * <p>Tests may write their own: {@code exchange -> exchange.send(bytes)}.
 */
@FunctionalInterface
public interface Fault {
    /**
     * Answers the request, or does not.
     *
     * @param exchange the request and its connection
     * @throws IOException where the client is gone
     */
    void answer(Exchange exchange) throws IOException;

    /**
     * Never answers; the request is not applied.
     *
     * @return the fault
     */
    static Fault timeout() {
        return exchange -> exchange.hold(Duration.ofDays(1));
    }

    /**
     * Resets the connection; the request is not applied.
     *
     * @return the fault
     */
    static Fault reset() {
        return Exchange::reset;
    }

    /**
     * Closes the connection without a byte; the request is not applied. miniupnpd 2.3.1 does so when it dies.
     *
     * @return the fault
     */
    static Fault close() {
        return exchange -> {};
    }

    /**
     * Applies the request and never answers: the client cannot know.
     *
     * @return the fault
     */
    static Fault lostReply() {
        return exchange -> {
            exchange.reply();
            exchange.hold(Duration.ofDays(1));
        };
    }

    /**
     * Applies the request and resets the connection: the client cannot know, but at once.
     *
     * @return the fault
     */
    static Fault lostReplyReset() {
        return exchange -> {
            exchange.reply();
            exchange.reset();
        };
    }

    /**
     * Answers as if the request were applied, and does nothing.
     *
     * @return the fault
     */
    static Fault lie() {
        return exchange -> exchange.send(exchange.dryReply().bytes());
    }

    /**
     * Answers with a UPnP error; the request is not applied.
     *
     * @param code the error code, for example 501
     * @return the fault
     */
    static Fault upnpError(int code) {
        return reply(SoapReplies.fault(code));
    }

    /**
     * Answers with HTTP 200 that carries a UPnP error; the request is not applied.
     *
     * @param code the error code
     * @return the fault
     */
    static Fault upnpErrorWithStatus200(int code) {
        return reply(SoapReplies.fault(code).withStatus(200, "OK"));
    }

    /**
     * Answers with HTTP 500 and XML that ends in the middle of a tag, as an Archer C8 does; not applied.
     *
     * @return the fault
     */
    static Fault brokenXml() {
        String fault = SoapReplies.fault(501).text();
        return reply(HttpReply.xml(500, "Internal Server Error", fault.substring(0, fault.indexOf("errorCode") + 5)));
    }

    /**
     * Answers with HTTP 200 and a router's login page; not applied.
     *
     * @return the fault
     */
    static Fault loginPage() {
        return reply(RouterPage.of("Router").reply());
    }

    /**
     * Sends the client elsewhere; not applied.
     *
     * @param location where to, for example {@code http://127.0.0.9:80/}
     * @return the fault
     */
    static Fault redirect(String location) {
        return reply(HttpReply.html(302, "Found", "").with("Location", location));
    }

    /**
     * Applies the request and ends the reply early, with the Content-Length of the whole.
     *
     * @param length how many bytes of the whole reply, head included, are sent
     * @return the fault
     */
    static Fault truncatedAt(int length) {
        return exchange -> {
            byte[] bytes = exchange.reply().bytes();
            exchange.send(Arrays.copyOf(bytes, Math.min(length, bytes.length)));
        };
    }

    /**
     * Applies the request and sends only the beginning of the body, as if that were all of it.
     *
     * @param length how many bytes of the body are sent
     * @return the fault
     */
    static Fault bodyCutAt(int length) {
        return dressed(reply -> {
            byte[] body = reply.text().getBytes(StandardCharsets.UTF_8);
            return reply.withBody(Arrays.copyOf(body, Math.min(length, body.length)));
        });
    }

    /**
     * Applies the request and sends the reply byte by byte.
     *
     * @param pause the time before each byte
     * @return the fault
     */
    static Fault drip(Duration pause) {
        return exchange -> {
            for (byte each : exchange.reply().bytes()) {
                if (!exchange.hold(pause)) {
                    return;
                }
                exchange.send(new byte[] {each});
            }
        };
    }

    /**
     * Applies the request and answers late.
     *
     * @param delay how much later
     * @return the fault
     */
    static Fault slow(Duration delay) {
        return exchange -> {
            HttpReply reply = exchange.reply();
            if (exchange.hold(delay)) {
                exchange.send(reply.bytes());
            }
        };
    }

    /**
     * Answers with white space that never ends, in a body whose length is not given; not applied.
     *
     * @return the fault
     */
    static Fault endlessBody() {
        return exchange -> {
            HttpReply start = HttpReply.xml(200, "OK", "").withContentLength(Optional.empty());
            exchange.send(start.bytes());
            byte[] filling = new byte[64 * 1024];
            Arrays.fill(filling, (byte) ' ');
            while (true) {
                exchange.send(filling);
            }
        };
    }

    /**
     * Answers with header fields that never end; not applied.
     *
     * @return the fault
     */
    static Fault endlessHeaders() {
        return exchange -> {
            exchange.send("HTTP/1.1 200 OK\r\n".getBytes(StandardCharsets.US_ASCII));
            for (int i = 0; true; i++) {
                exchange.send(("X-Filling-" + i + ": " + "x".repeat(100) + "\r\n").getBytes(StandardCharsets.US_ASCII));
            }
        };
    }

    /**
     * Applies the request and adds header fields to the reply.
     *
     * @param count how many
     * @param length how long each value is, in characters
     * @return the fault
     */
    static Fault manyHeaders(int count, int length) {
        List<Map.Entry<String, String>> filling = IntStream.range(0, count)
                .mapToObj(i -> Map.entry("X-Filling-" + i, "x".repeat(length)))
                .toList();
        return dressed(reply -> reply.withAlso(filling));
    }

    /**
     * Answers with XML whose DOCTYPE names an external entity and uses it; not applied.
     *
     * @param url what the entity points to, for example {@code file:///etc/hostname}
     * @return the fault
     */
    static Fault externalEntity(String url) {
        return reply(HttpReply.xml(
                200, "OK", "<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY e SYSTEM \"" + url + "\">]><r>&e;</r>"));
    }

    /**
     * Answers with XML of entities that expand to gigabytes; not applied.
     *
     * @return the fault
     */
    static Fault entityBomb() {
        StringBuilder xml = new StringBuilder("<?xml version=\"1.0\"?><!DOCTYPE r [<!ENTITY e0 \"0123456789\">");
        for (int i = 1; i < 10; i++) {
            xml.append("<!ENTITY e")
                    .append(i)
                    .append(" \"")
                    .append(("&e" + (i - 1) + ";").repeat(10))
                    .append("\">");
        }
        return reply(HttpReply.xml(200, "OK", xml.append("]><r>&e9;</r>").toString()));
    }

    /**
     * Answers with a small gzip body that grows to a gigabyte; not applied.
     *
     * @return the fault
     */
    static Fault gzipBomb() {
        return exchange -> {
            HttpReply start = HttpReply.xml(200, "OK", "").withContentLength(Optional.empty());
            exchange.send(start.with("Content-Encoding", "gzip").bytes());
            byte[] zeros = new byte[1024 * 1024];
            try (OutputStream packed = new GZIPOutputStream(sendingTo(exchange))) {
                for (int i = 0; i < 1024; i++) {
                    packed.write(zeros);
                }
            }
        };
    }

    private static OutputStream sendingTo(Exchange exchange) {
        return new OutputStream() {
            @Override
            public void write(int value) throws IOException {
                exchange.send(new byte[] {(byte) value});
            }

            @Override
            public void write(byte[] bytes, int at, int length) throws IOException {
                exchange.send(Arrays.copyOfRange(bytes, at, at + length));
            }
        };
    }

    /**
     * Applies the request and changes the reply.
     *
     * @param dress gives the changed reply
     * @return the fault
     */
    static Fault dressed(UnaryOperator<HttpReply> dress) {
        return exchange -> exchange.send(dress.apply(exchange.reply()).bytes());
    }

    /**
     * Answers with this reply whatever was asked for; not applied.
     *
     * @param reply the reply
     * @return the fault
     */
    static Fault reply(HttpReply reply) {
        return raw(reply.bytes());
    }

    /**
     * Answers with exactly these bytes whatever was asked for; not applied.
     *
     * @param bytes the bytes
     * @return the fault
     */
    static Fault raw(byte[] bytes) {
        byte[] copy = bytes.clone();
        return exchange -> exchange.send(copy);
    }
}
