package dev.porthole.verify.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Secret;
import dev.porthole.SourcePolicy.Cidr;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever stands in a request, nothing but the caller's own address is dialled. */
class OnlyTheCallerProperties {
    private static final Queue<InetAddress> DIALLED = new ConcurrentLinkedQueue<>();
    private static final String CALLER = "127.0.0.5";
    private static final String PROXY = "127.0.0.6";

    private static ProbeAgent agent;

    @BeforeContainer
    static void start() throws IOException {
        agent = ProbeAgent.builder()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .token("site", Secret.of(Caller.TOKEN))
                .plain()
                .proxies(List.of(Cidr.parse(PROXY)))
                .allowedNetworks(List.of(Cidr.parse("127.0.0.0/8")))
                .rate(1_000_000, Duration.ofMillis(1))
                .route(address -> {
                    DIALLED.add(address.getAddress());
                    return address;
                })
                .start();
    }

    @AfterContainer
    static void close() {
        agent.close();
    }

    @Property(tries = 300)
    void nothingInARequestLeadsElsewhere(@ForAll("requests") String request) throws IOException {
        DIALLED.clear();
        new Caller(agent.address(), CALLER).send(request);
        assertThat(DIALLED).allMatch(address -> address.getHostAddress().equals(CALLER));
    }

    @Property(tries = 200)
    void ofWhatAProxySaysOnlyTheRightmostCounts(@ForAll("addresses") String claimed, @ForAll("addresses") String seen)
            throws IOException {
        DIALLED.clear();
        String forwarded = "X-Forwarded-For: " + claimed + ", " + seen + ", " + PROXY + "\r\n";
        String reply = new Caller(agent.address(), PROXY)
                .send(Caller.post(Caller.AUTHORIZED + forwarded, "{\"kind\":\"tcp\",\"port\":1}"));
        assertThat(Caller.status(reply)).isIn(200, 400, 403);
        assertThat(DIALLED).allMatch(address -> address.getHostAddress().equals(seen));
        boolean allowed = seen.startsWith("127.") && !seen.equals(PROXY);
        assertThat(DIALLED).hasSize(allowed ? 1 : 0);
    }

    @Provide
    Arbitrary<String> addresses() {
        return Arbitraries.of(
                "127.0.0.2",
                "127.0.0.3",
                "10.0.0.1",
                "192.168.1.1",
                "169.254.169.254",
                "100.64.0.1",
                "224.0.0.1",
                "0.0.0.0",
                "::1",
                "fe80::1",
                "fd00::1",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "::ffff:10.0.0.1",
                "localhost",
                "unknown",
                "");
    }

    @Provide
    Arbitrary<String> requests() {
        Arbitrary<String> address = addresses();
        Arbitrary<String> targets = address.flatMap(a -> Arbitraries.of(
                "/v1/probe", "http://" + a + "/v1/probe", "//" + a + "/v1/probe", "/v1/probe?target=" + a, a + ":80"));
        Arbitrary<String> header = Combinators.combine(
                        Arbitraries.of(
                                "X-Forwarded-For: %s",
                                "X-Real-IP: %s",
                                "Forwarded: for=%s",
                                "Host: %s",
                                "X-Forwarded-Host: %s",
                                "Authorization: Bearer %s",
                                "True-Client-IP: %s",
                                "Transfer-Encoding: chunked",
                                "Content-Length: 5",
                                ": %s"),
                        address)
                .as(String::format);
        Arbitrary<String> headers = header.list().ofMaxSize(4).map(lines -> String.join("\r\n", lines) + "\r\n");
        Arbitrary<String> bodies = Combinators.combine(
                        Arbitraries.of(
                                "{\"kind\":\"%s\",\"port\":1}",
                                "{\"kind\":\"%s\",\"port\":1,\"family\":\"ipv4\"}",
                                "{\"kind\":\"%s\",\"port\":1,\"address\":\"10.0.0.1\"}",
                                "{\"kind\":\"%s\",\"port\":1,\"path\":\"//10.0.0.1/\"}",
                                "{\"probes\":[{\"kind\":\"%s\",\"port\":1,\"path\":\"/@10.0.0.1\"}]}"),
                        Arbitraries.of("tcp", "http", "rtsp"))
                .as(String::format);
        return Combinators.combine(targets, headers, bodies, Arbitraries.of(true, false))
                .as((target, more, body, last) -> "POST " + target + " HTTP/1.1\r\n"
                        + (last
                                ? more.strip().isEmpty() ? Caller.AUTHORIZED : more + Caller.AUTHORIZED
                                : Caller.AUTHORIZED + more.stripTrailing() + (more.isBlank() ? "" : "\r\n"))
                        + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }
}
