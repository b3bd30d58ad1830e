package dev.porthole.verify.agent;

import dev.porthole.Secret;
import dev.porthole.SourcePolicy.Cidr;
import dev.porthole.http.internal.SmallServer;
import dev.porthole.verify.internal.agent.AgentApi;
import dev.porthole.verify.internal.agent.Blocks;
import dev.porthole.verify.internal.agent.DialPolicy;
import dev.porthole.verify.internal.agent.PemKey;
import dev.porthole.verify.internal.agent.Prober;
import dev.porthole.verify.internal.agent.Probing;
import dev.porthole.verify.internal.agent.RateLimit;
import dev.porthole.verify.internal.agent.Tokens;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server for the open Internet that tries, for hosts behind NAT, whether their ports can be reached from outside. Its
 * client is {@link dev.porthole.verify.AgentVerifier}; {@code docs/AGENT.md} tells how to host one.
 *
 * <p>{@code POST /v1/probe} tries up to four ports, {@code GET /v1/address} tells the caller's address. Both want the
 * token of a site. Whatever a request says, the agent dials only the address from which it is called, and only where that
 * is a public one: it cannot be used to reach others. What it answers holds stages, times, status lines and fingerprints,
 * never a page.
 *
 * <p>Bounded against hostile callers: requests of 2 kB within 10 s, 5 s and 4 kB per probe, 1024 connections, 1000 probes
 * at once, 32 for one address, and 120 probes at once and then one a second for each token and address. Thread-safe.
 */
public final class ProbeAgent implements AutoCloseable {
    /** Little memory for each probe under way; TLS and JSON need about a quarter of it. */
    private static final long STACK_BYTES = 256 * 1024;

    /** A site with sixteen cameras tries all their services at once; nobody needs more connections. */
    private static final int CONNECTIONS_PER_PEER = 64;

    private static final int CONNECTIONS = 1024;

    /** A request is one packet; this allows for a slow link and lost packets. */
    private static final Duration REQUEST_TIME = Duration.ofSeconds(10);

    /** The longest probe takes 10 s (with video). */
    private static final Duration HANDLING_TIME = Duration.ofSeconds(15);

    private static final Logger LOG = LoggerFactory.getLogger(ProbeAgent.class);

    private final SmallServer server;
    private final Probing probing;
    private final Optional<String> keyPin;

    private ProbeAgent(SmallServer server, Probing probing, Optional<String> keyPin) {
        this.server = server;
        this.keyPin = keyPin;
        this.probing = probing;
    }

    /**
     * A builder with the defaults.
     *
     * @return a new builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Where this agent listens.
     *
     * @return address and port
     */
    public InetSocketAddress address() {
        return server.address();
    }

    /**
     * The key by which clients may trust this agent, whatever its certificate says.
     *
     * @return SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal, as {@code AgentVerifier.Builder.pin} takes it;
     *     empty without TLS
     */
    public Optional<String> keyPin() {
        return keyPin;
    }

    /** Stops listening, and ends what is under way. Returns within two seconds. */
    @Override
    public void close() {
        server.close();
        probing.close();
        LOG.debug("closed");
    }

    /** Builds and starts a {@link ProbeAgent}. Not thread-safe. */
    public static final class Builder {
        private final Tokens tokens = new Tokens();
        private InetSocketAddress listen = new InetSocketAddress(8443);
        private Optional<PemKey> tls = Optional.empty();
        private boolean plain;
        private Blocks proxies = new Blocks(List.of());
        private Blocks allowed = new Blocks(List.of());
        private boolean video;
        private int probes = 1000;
        private int probesPerAddress = 32;
        private int burst = 120;
        private Duration interval = Duration.ofSeconds(1);
        private UnaryOperator<InetSocketAddress> route = UnaryOperator.identity();

        private Builder() {}

        /**
         * Sets where to listen.
         *
         * @param value default port 8443 of every address; port 0 takes a free one
         * @return this
         * @throws IllegalArgumentException where the address is not resolved
         */
        public Builder listen(InetSocketAddress value) {
            if (value.isUnresolved()) {
                throw new IllegalArgumentException("an address to listen at is resolved");
            }
            listen = value;
            return this;
        }

        /**
         * Adds a site that may call.
         *
         * @param site its name, for logs and for its share of the limits
         * @param token at least 16 characters of visible ASCII; only its hash is kept
         * @return this
         * @throws IllegalArgumentException where the token is shorter or cannot stand in a header
         */
        public Builder token(String site, Secret token) {
            boolean fits = token.use(chars ->
                    chars.length >= Tokens.SHORTEST && new String(chars).chars().allMatch(c -> c > ' ' && c < 0x7F));
            if (!fits) {
                throw new IllegalArgumentException(
                        "the token of " + site + " is not " + Tokens.SHORTEST + " or more characters of visible ASCII");
            }
            tokens.add(Objects.requireNonNull(site, "site"), token);
            return this;
        }

        /**
         * Serves over TLS, 1.2 or later.
         *
         * @param chain the certificate chain in PEM form, the agent's own first
         * @param key its private key in PEM form, PKCS#8, not encrypted
         * @return this
         * @throws IOException where a file cannot be read
         * @throws IllegalArgumentException where a file does not hold what it should; the message says what to do
         */
        public Builder tls(Path chain, Path key) throws IOException {
            tls = Optional.of(PemKey.read(chain, key));
            return this;
        }

        /**
         * Serves without encryption: for laboratories, and behind a proxy on the same host that speaks TLS. Tokens can be
         * read on the way.
         *
         * @return this
         */
        public Builder plain() {
            plain = true;
            return this;
        }

        /**
         * Sets whose {@code X-Forwarded-For} counts. Of its addresses, the right-most that is not one of these is the
         * caller's.
         *
         * @param value default none: the caller is the other end of the connection
         * @return this
         */
        public Builder proxies(List<Cidr> value) {
            proxies = new Blocks(value);
            return this;
        }

        /**
         * Sets whether callers may have a stream played with a camera's account, over TLS only. The account is used for
         * that call, is not kept and not logged, and never sent to the camera by Basic.
         *
         * @param value default false
         * @return this
         */
        public Builder video(boolean value) {
            video = value;
            return this;
        }

        /**
         * Sets networks that may be dialled although they are not public, for laboratories and tests. Also then, only the
         * caller's own address is dialled.
         *
         * @param value default none
         * @return this
         */
        public Builder allowedNetworks(List<Cidr> value) {
            allowed = new Blocks(value);
            return this;
        }

        /**
         * Sets how many probes may run at once.
         *
         * @param overall default 1000
         * @param perAddress default 32: a recorder with 16 cameras
         * @return this
         * @throws IllegalArgumentException where one is less than 4, the most of one call
         */
        public Builder atOnce(int overall, int perAddress) {
            if (overall < 4 || perAddress < 4) {
                throw new IllegalArgumentException("one call may ask for 4 probes");
            }
            probes = overall;
            probesPerAddress = perAddress;
            return this;
        }

        /**
         * Sets how often each token, and each address, may ask.
         *
         * @param most so many probes at once, at least 4; default 120
         * @param each then one more after each such time; default a second
         * @return this
         * @throws IllegalArgumentException where {@code most} is less than 4 or {@code each} is not positive
         */
        public Builder rate(int most, Duration each) {
            if (most < 4 || each.isNegative() || each.isZero()) {
                throw new IllegalArgumentException("a rate lets at least one call of 4 probes through");
            }
            burst = most;
            interval = each;
            return this;
        }

        /**
         * Sets the address to dial for an address to reach, for simulated networks. Asked after all checks.
         *
         * @param value default the address itself; must return resolved addresses and not throw
         * @return this
         */
        public Builder route(UnaryOperator<InetSocketAddress> value) {
            route = Objects.requireNonNull(value, "route");
            return this;
        }

        /**
         * Starts the agent.
         *
         * @return the running agent
         * @throws IOException where it cannot listen there
         * @throws IllegalStateException where there is no token, or neither TLS nor plain was chosen, or both
         */
        public ProbeAgent start() throws IOException {
            if (tokens.isEmpty()) {
                throw new IllegalStateException("an agent without a token would serve nobody; add one");
            }
            if (tls.isPresent() == plain) {
                throw new IllegalStateException("choose one: TLS with a certificate and a key, or plain");
            }
            Probing probing = new Probing(new Prober(route), probes, probesPerAddress, STACK_BYTES);
            AgentApi api = new AgentApi(new AgentApi.Setup(
                    tokens,
                    proxies,
                    new DialPolicy(allowed),
                    new RateLimit(burst, interval),
                    new RateLimit(burst, interval),
                    video,
                    probing));
            SmallServer.Limits limits = new SmallServer.Limits(
                    CONNECTIONS,
                    CONNECTIONS_PER_PEER,
                    proxies::contains,
                    AgentApi.MAX_BODY,
                    REQUEST_TIME,
                    HANDLING_TIME,
                    STACK_BYTES);
            SmallServer server = SmallServer.start(listen, tls.map(PemKey::sockets), limits, api);
            return new ProbeAgent(server, probing, tls.map(PemKey::pin));
        }
    }
}
