package dev.porthole.verify;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.AddressObserver;
import dev.porthole.reach.ReachabilityVerifier;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.agent.AgentCalls;
import dev.porthole.verify.internal.agent.AgentTroubleException;
import dev.porthole.verify.internal.agent.OutsideCheck;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has a probe agent outside ({@link dev.porthole.verify.agent.ProbeAgent}) try targets, and asks it for this host's
 * reflexive address.
 *
 * <p>The agent dials the address from which it is called, and no other. Where that is not the target's, another NAT stands
 * in between or the target is not ours: the verdict is inconclusive, and its evidence holds the {@code reflexiveAddress}.
 * Whether what the agent reached is the camera is told here, by comparing it with the camera and the router on the LAN,
 * where this host is on it; the findings are those of {@link CameraVerifier}. Where the agent cannot be used, the verdict is
 * inconclusive with {@link FindingCode#AGENT_UNUSABLE}.
 *
 * <p>Accounts of cameras are not sent to the agent, unless video mode was chosen.
 *
 * <p>Thread-safe. A verdict comes by the deadline plus 250 ms; interrupting the thread ends the attempt at once.
 */
public final class AgentVerifier implements ReachabilityVerifier, AddressObserver {
    private static final Logger LOG = LoggerFactory.getLogger(AgentVerifier.class);

    private final Vantage vantage;
    private final AgentCalls calls;
    private final OutsideCheck check;

    private AgentVerifier(Builder builder) {
        vantage = Vantage.agent(builder.agent.toString());
        calls = new AgentCalls(builder.agent, builder.token, builder.pin);
        check = new OutsideCheck(calls, builder.video, builder.route);
    }

    /**
     * A builder.
     *
     * @param agent the agent's URL, for example {@code https://probe.example.org}; https or http, with a path where a proxy
     *     wants one. A name is looked up at each call
     * @param token the site's token
     * @return a new builder
     * @throws IllegalArgumentException where the URL is not such a one, or the token cannot stand in a header
     */
    public static Builder builder(URI agent, Secret token) {
        return new Builder(agent, token);
    }

    /**
     * The vantage of this agent, for {@code Porthole.Builder.vantage}.
     *
     * @return the vantage, labelled with the agent's URL
     */
    public Vantage vantage() {
        return vantage;
    }

    /** {@code agent https://probe.example.org}. */
    @Override
    public String name() {
        return "agent " + vantage.label();
    }

    /** Every scheme, from this agent. */
    @Override
    public boolean supports(Target.Scheme scheme, Vantage from) {
        return vantage.equals(from);
    }

    /**
     * {@inheritDoc}
     *
     * @throws IllegalArgumentException where the vantage is another than this agent's
     */
    @Override
    public Verdict verify(Target target, Vantage from, Deadline deadline) throws InterruptedException {
        if (!supports(target.scheme(), from)) {
            throw new IllegalArgumentException(from.label() + " is not the vantage of " + name());
        }
        if (Thread.interrupted()) {
            throw new InterruptedException("interrupted before " + target.uri() + " was tried");
        }
        Attempt attempt = new Attempt(target, from);
        if (deadline.expired()) {
            return attempt.inconclusive(
                    FindingCode.TIMED_OUT,
                    "No time was left to try " + target.uri() + ".",
                    "Give the check more time.");
        }
        Verdict verdict = attempt(attempt, deadline);
        LOG.debug("{}: {} at {} from {}", target.uri(), verdict.status(), verdict.stage(), from.label());
        return verdict;
    }

    private Verdict attempt(Attempt attempt, Deadline deadline) throws InterruptedException {
        try {
            return check.verdict(attempt, deadline);
        } catch (IOException e) {
            Thread.interrupted();
            throw (InterruptedException) new InterruptedException(
                            "interrupted while trying " + attempt.target().uri())
                    .initCause(e);
        }
    }

    /**
     * {@inheritDoc}
     *
     * @throws NatTraversalException with {@link FindingCode#AGENT_UNUSABLE} where the agent gave no usable answer
     */
    @Override
    public InetAddress reflexiveAddress(Deadline deadline) throws InterruptedException {
        try {
            return calls.address(deadline);
        } catch (AgentTroubleException e) {
            throw new NatTraversalException(FindingCode.AGENT_UNUSABLE, e.words() + " " + e.remedy(), e);
        }
    }

    /** Builds an {@link AgentVerifier}. Not thread-safe. */
    public static final class Builder {
        private static final Pattern PIN = Pattern.compile("[0-9a-f]{64}");

        private final URI agent;
        private final Secret token;
        private Optional<String> pin = Optional.empty();
        private boolean video;
        private UnaryOperator<InetSocketAddress> route = UnaryOperator.identity();

        private Builder(URI agent, Secret token) {
            String scheme = agent.getScheme() == null ? "" : agent.getScheme().toLowerCase(Locale.ROOT);
            boolean web = scheme.equals("https") || scheme.equals("http");
            boolean bare =
                    agent.getRawUserInfo() == null && agent.getRawQuery() == null && agent.getRawFragment() == null;
            if (!web || !bare || agent.getHost() == null || agent.getPort() == 0 || agent.getPort() > 65_535) {
                throw new IllegalArgumentException(
                        "an agent's URL is one such as https://probe.example.org, without an account or a query");
            }
            boolean sendable = token.use(
                    chars -> chars.length > 0 && new String(chars).chars().allMatch(c -> c > ' ' && c < 0x7F));
            if (!sendable) {
                throw new IllegalArgumentException("a token is visible ASCII without spaces");
            }
            this.agent = agent;
            this.token = token;
        }

        /**
         * Trusts the agent by its TLS key alone, for a certificate of its own making.
         *
         * @param spkiSha256 SHA-256 of the key's SubjectPublicKeyInfo, 64 hexadecimal digits; default none: the
         *     certificate must be one that the Java platform trusts, for the host in the URL
         * @return this
         * @throws IllegalArgumentException where it is not such a hash, or the agent is not called by https
         */
        public Builder pin(String spkiSha256) {
            String pinned = spkiSha256.toLowerCase(Locale.ROOT);
            if (!PIN.matcher(pinned).matches()) {
                throw new IllegalArgumentException("a pin is 64 hexadecimal digits: SHA-256 of the key");
            }
            requireTls("a pin");
            pin = Optional.of(pinned);
            return this;
        }

        /**
         * Sets whether the agent gets the camera's account, to log in and play the stream from outside. The agent must allow
         * it too, and never sends the account by Basic.
         *
         * @param value default false
         * @return this
         * @throws IllegalArgumentException where the agent is not called by https
         */
        public Builder video(boolean value) {
            if (value) {
                requireTls("video mode");
            }
            video = value;
            return this;
        }

        private void requireTls(String what) {
            if (!agent.getScheme().equalsIgnoreCase("https")) {
                throw new IllegalArgumentException(what + " needs an agent with an https URL");
            }
        }

        /**
         * Sets the address to dial for an address on the LAN, for simulated homes. Asked for the camera's internal endpoint
         * and for the gateway.
         *
         * @param value default the address itself; must return resolved addresses and not throw
         * @return this
         */
        public Builder route(UnaryOperator<InetSocketAddress> value) {
            route = Objects.requireNonNull(value, "route");
            return this;
        }

        /**
         * Builds the verifier.
         *
         * @return the verifier
         */
        public AgentVerifier build() {
            return new AgentVerifier(this);
        }
    }
}
