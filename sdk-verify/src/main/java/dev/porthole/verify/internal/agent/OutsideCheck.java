package dev.porthole.verify.internal.agent;

import dev.porthole.Deadline;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.CameraVerifier;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.ConnectFailure;
import dev.porthole.verify.internal.LanSide;
import dev.porthole.verify.internal.Settings;
import dev.porthole.verify.internal.agent.ProbeRequest.Family;
import dev.porthole.verify.internal.web.PageElsewhere;
import java.io.IOException;
import java.net.ConnectException;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Has an agent try a target, and judges what it saw by what is seen on the LAN. Thread-safe. */
public final class OutsideCheck {
    /** One hop away; old cameras take 2 to 3 s to answer. */
    private static final Duration LAN_ANSWER = Duration.ofSeconds(3);

    private final AgentCalls calls;
    private final boolean video;
    private final LanSide lan;
    private final ConnectFailure connectFailure;
    private final PageElsewhere pages;
    private final StreamElsewhere streams;

    /** Takes the agent; whether it may have accounts; and the way addresses on the LAN are mapped before dialling. */
    public OutsideCheck(AgentCalls calls, boolean video, UnaryOperator<InetSocketAddress> route) {
        this.calls = calls;
        this.video = video;
        this.lan = new LanSide(route);
        this.connectFailure = new ConnectFailure(lan);
        Settings settings = Settings.forALook(LAN_ANSWER, route);
        this.pages = new PageElsewhere(new DeviceHttp(), settings, Prober.PAGE_BYTES, lan);
        this.streams = new StreamElsewhere(
                CameraVerifier.builder()
                        .route(route)
                        .answerTimeout(LAN_ANSWER)
                        .media(false)
                        .build(),
                lan);
    }

    /**
     * Tries the attempt's target.
     *
     * @param attempt just begun
     * @param deadline when the verdict must be there
     * @return the verdict
     * @throws IOException where the thread was interrupted while connecting
     * @throws InterruptedException where the thread was interrupted
     */
    public Verdict verdict(Attempt attempt, Deadline deadline) throws IOException, InterruptedException {
        try {
            AgentReply reply = calls.probe(request(attempt.target()), lan.leavingTime(attempt.target(), deadline));
            InetAddress seenAt = calls.seenAt(reply);
            attempt.saw("reflexiveAddress", seenAt.getHostAddress());
            return seenAt.equals(attempt.target().address())
                    ? judged(attempt, reply.answers().get(0), deadline)
                    : elsewhere(attempt, seenAt);
        } catch (AgentTroubleException e) {
            return attempt.inconclusive(FindingCode.AGENT_UNUSABLE, e.words(), e.remedy());
        }
    }

    private ProbeRequest request(Target target) throws AgentTroubleException {
        if (target.path().length() > ProbeRequest.LONGEST_PATH) {
            throw new AgentTroubleException(
                    "A probe agent takes paths of " + ProbeRequest.LONGEST_PATH + " characters at most.",
                    "Use a shorter path.");
        }
        Family family = target.address() instanceof Inet4Address ? Family.IPV4 : Family.IPV6;
        ProbeKind kind = ProbeKind.of(target.scheme());
        return new ProbeRequest(
                kind,
                target.port(),
                Optional.of(family),
                target.path(),
                video && kind.stream() ? target.credentials() : Optional.empty());
    }

    private static Verdict elsewhere(Attempt attempt, InetAddress seenAt) {
        Target target = attempt.target();
        String seen = "The probe agent sees this host at " + seenAt.getHostAddress() + " and dials only that; "
                + target.uri() + " is another address, so nothing is known of it.";
        boolean translated = target.internal().isPresent() && !(target.address() instanceof Inet6Address);
        return translated
                ? attempt.inconclusive(
                        FindingCode.DOUBLE_NAT,
                        seen + " The router's external address is not the one by which the Internet sees this network:"
                                + " another NAT stands in between.",
                        "Put the outer router into bridge mode, or map the ports there too; where the provider"
                                + " translates (CGNAT), ask for a public address. Where this host uses a VPN or another"
                                + " line, call the agent without it.")
                : attempt.inconclusive(
                        FindingCode.AGENT_UNUSABLE,
                        seen,
                        target.address() instanceof Inet6Address
                                ? "With IPv6 each device has an address of its own: try it from a host elsewhere that has"
                                        + " IPv6, or have the device itself call the agent."
                                : "Run the check on the network of that address, or try it from here.");
    }

    private Verdict judged(Attempt attempt, ProbeAnswer answer, Deadline deadline)
            throws IOException, InterruptedException {
        answer.times().forEach(attempt::passed);
        attempt.begin(answer.stage());
        answer.evidence().forEach(attempt::saw);
        boolean failed = answer.status() == Verdict.Status.UNREACHABLE;
        if (failed && answer.stage() == Stage.CONNECT) {
            return connectFailure.verdict(attempt, failure(answer.evidence().getOrDefault("failure", "")), deadline);
        }
        Verdict theirs = new Verdict(
                answer.status(),
                answer.stage(),
                attempt.vantage(),
                answer.times(),
                answer.evidence(),
                answer.findings());
        if (ProbeKind.of(attempt.target().scheme()).stream()) {
            boolean answered = !failed || answer.stage().compareTo(Stage.AUTH) >= 0;
            Optional<Verdict> wrong = answered ? streams.wrong(attempt, answer.evidence(), deadline) : Optional.empty();
            return wrong.orElseGet(() -> concluded(attempt, answer));
        }
        return answer.evidence().containsKey("status")
                ? pages.verdict(attempt, answer.evidence(), theirs, deadline)
                : concluded(attempt, answer);
    }

    private static Verdict concluded(Attempt attempt, ProbeAnswer answer) {
        return attempt.concluded(answer.status(), answer.stage(), answer.findings());
    }

    /** What the agent's system said, by the words of {@link ConnectFailure#words}. */
    private static IOException failure(String words) {
        for (IOException known :
                List.of(new SocketTimeoutException(), new NoRouteToHostException(), new ConnectException())) {
            if (ConnectFailure.words(known).equals(words)) {
                return known;
            }
        }
        return new IOException();
    }
}
