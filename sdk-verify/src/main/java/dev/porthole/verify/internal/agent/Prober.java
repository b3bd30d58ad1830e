package dev.porthole.verify.internal.agent;

import dev.porthole.Deadline;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.CameraVerifier;
import dev.porthole.verify.KeyPins;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.ConnectFailure;
import dev.porthole.verify.internal.LanSide;
import dev.porthole.verify.internal.Wire;
import dev.porthole.verify.internal.web.ShortHash;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/** Runs one probe. The address is given by who knows the caller; nothing in a request can change it. Thread-safe. */
public final class Prober {
    /** So much of a page is read: what tells devices apart stands at its start. */
    static final int PAGE_BYTES = 4096;

    /** A healthy connection takes a second; this allows for two lost SYNs. */
    private static final Duration LONGEST = Duration.ofSeconds(5);

    /** A stream is described, set up, played and watched for a while. */
    private static final Duration LONGEST_VIDEO = Duration.ofSeconds(10);

    /** What the comparison needs; the page's title goes as a hash. */
    private static final Set<String> TOLD = Set.of(
            "status",
            "server",
            "realm",
            "pageHash",
            "tlsKey",
            "methods",
            "page",
            "identity",
            "identifiedBy",
            "failure");

    private final UnaryOperator<InetSocketAddress> route;
    /** Whether the way to a service is open; plays nothing, also where nobody asks for a login. */
    private final CameraVerifier way;
    /** Whether the video arrives, for those who gave an account. */
    private final CameraVerifier video;

    /** A prober; {@code route} is for simulated networks, and else gives back what it gets. */
    public Prober(UnaryOperator<InetSocketAddress> route) {
        this.route = route;
        way = verifier(false);
        video = verifier(true);
    }

    private CameraVerifier verifier(boolean media) {
        return CameraVerifier.builder()
                .route(route)
                .pageBytes(PAGE_BYTES)
                .connectTimeout(LONGEST)
                .pins(new NoPins())
                // An account never crosses the Internet in the clear on our doing.
                .basicAllowed(false)
                .media(media)
                .build();
    }

    ProbeAnswer probe(InetAddress address, ProbeRequest request) throws InterruptedException {
        Deadline deadline = Deadline.after(request.account().isPresent() ? LONGEST_VIDEO : LONGEST);
        Optional<Target.Scheme> scheme = request.kind().scheme();
        if (scheme.isEmpty()) {
            return told(connect(address, request.port(), deadline), false);
        }
        Target target = Target.at(scheme.get(), address, request.port())
                .path(request.path())
                .credentials(request.account())
                .build();
        boolean played = request.account().isPresent();
        return told((played ? video : way).verify(target, Vantage.HERE, deadline), played);
    }

    private Verdict connect(InetAddress address, int port, Deadline deadline) throws InterruptedException {
        // The scheme is only for words; nothing is sent.
        Attempt attempt =
                new Attempt(Target.at(Target.Scheme.HTTP, address, port).build(), Vantage.HERE);
        try {
            Wire.connect(route.apply(new InetSocketAddress(address, port)), deadline)
                    .close();
            attempt.passed(Stage.CONNECT);
            return attempt.reached(Stage.CONNECT);
        } catch (IOException e) {
            return connectFailed(attempt, e, deadline);
        }
    }

    private Verdict connectFailed(Attempt attempt, IOException failure, Deadline deadline) throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted while connecting");
        }
        try {
            return new ConnectFailure(new LanSide(route)).verdict(attempt, failure, deadline);
        } catch (IOException e) {
            throw new IllegalStateException("without a camera on the LAN nothing is dialled", e);
        }
    }

    private static ProbeAnswer told(Verdict verdict, boolean everything) {
        Map<String, String> evidence = new LinkedHashMap<>();
        verdict.evidence().forEach((name, value) -> {
            if (everything || TOLD.contains(name)) {
                evidence.put(name, value);
            } else if (name.equals("title")) {
                evidence.put("titleHash", ShortHash.of(value));
            }
        });
        return new ProbeAnswer(verdict.status(), verdict.stage(), verdict.times(), evidence, verdict.findings());
    }

    /** Nothing is kept of strangers' cameras: whoever asks compares the key with the one on the LAN. */
    private static final class NoPins implements KeyPins {
        @Override
        public Optional<String> pin(String device) {
            return Optional.empty();
        }

        @Override
        public void keep(String device, String spkiSha256) {}
    }
}
