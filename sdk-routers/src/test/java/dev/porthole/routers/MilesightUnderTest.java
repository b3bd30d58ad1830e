package dev.porthole.routers;

import dev.porthole.Credentials;
import dev.porthole.Secret;
import dev.porthole.testing.Exchange;
import dev.porthole.testing.FaultScript;
import dev.porthole.testing.HttpReply;
import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.MilesightOptions;
import dev.porthole.testing.SimulatedMilesight;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A simulated Milesight router of some firmware, without a pace, with three rules of others. */
final class MilesightUnderTest implements RouterUnderTest {
    private static final Set<String> OUTSIDE_OF_SESSIONS =
            Set.of(SimulatedMilesight.IDENTITY, SimulatedMilesight.LOGIN, SimulatedMilesight.LOGOUT);

    private final SimulatedMilesight router;
    private final RouterBrand brand;
    private int requests;

    MilesightUnderTest(MilesightOptions options, RouterBrand brand) throws IOException {
        this.router = options.pace(Duration.ZERO).start();
        this.brand = brand;
        router.addRule(2121, "192.168.1.5", 21, "ftp")
                .addRule(9000, "192.168.1.6", 9000, "Skype")
                .addRule(3389, "192.168.1.6", 3389, "remote desk");
    }

    static MilesightUnderTest of(MilesightFlavour flavour) throws IOException {
        RouterBrand brand = flavour == MilesightFlavour.EG71 ? Milesight.eg71() : Milesight.router();
        return new MilesightUnderTest(SimulatedMilesight.options(flavour), brand);
    }

    SimulatedMilesight router() {
        return router;
    }

    @Override
    public WebRouter.Builder connect(Credentials account) {
        return WebRouter.builder(router.uri(), brand).credentials(account).pace(Duration.ZERO);
    }

    @Override
    public Credentials account() {
        return new Credentials("admin", Secret.of("password"));
    }

    private Stream<String> rules(Predicate<String> camera) {
        return router.rules().stream()
                .filter(rule -> camera.test(String.valueOf(rule.get("dest_ip"))))
                .map(Object::toString);
    }

    @Override
    public List<String> foreign() {
        return rules(host -> !host.startsWith("192.168.1.7")).toList();
    }

    @Override
    public List<String> ours() {
        return rules(host -> host.startsWith("192.168.1.7")).toList();
    }

    @Override
    public int foreignPort() {
        return 9000;
    }

    @Override
    public int logins() {
        return router.loginTries();
    }

    @Override
    public int sessions() {
        return router.sessions();
    }

    @Override
    public synchronized void trouble(int request, Trouble trouble) {
        requests = 0;
        router.faults().clear().always(FaultScript.ANY, exchange -> {
            boolean now = count(exchange) && requests() == request;
            if (!now) {
                exchange.send(exchange.reply().bytes());
                return;
            }
            switch (trouble) {
                case LOST_REPLY -> {
                    exchange.reply();
                    exchange.reset();
                }
                case LIE -> exchange.send(exchange.dryReply().bytes());
                case REFUSED ->
                    exchange.send(HttpReply.html(500, "Answer", PUZZLE).bytes());
                case LOST_REQUEST -> exchange.reset();
                case HANG -> exchange.hold(Duration.ofHours(1));
                case SESSION_ENDED -> {
                    router.endSessions();
                    exchange.send(exchange.reply().bytes());
                }
            }
        });
    }

    private synchronized boolean count(Exchange exchange) {
        boolean counts = !OUTSIDE_OF_SESSIONS.contains(exchange.request().kind());
        requests += counts ? 1 : 0;
        return counts;
    }

    @Override
    public synchronized int requests() {
        return requests;
    }

    @Override
    public void lock(Duration time) {
        router.lock(time);
    }

    @Override
    public void puzzle(int status) {
        router.faults().always(SimulatedMilesight.LOGIN, exchange -> {
            exchange.reply();
            exchange.send(HttpReply.html(status, "Answer", PUZZLE).bytes());
        });
    }

    @Override
    public void close() {
        router.close();
    }
}
