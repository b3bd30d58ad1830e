package dev.porthole.routers.internal;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.ReservedPort;
import dev.porthole.mapping.TransportProtocol;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One router, by its web administration. Logs in with the first call that needs it, again once where the session ended
 * meanwhile, never a second time with an account that was refused, and out when it is closed. Thread-safe; one operation
 * at a time.
 */
public final class WebRouterProvider implements PortMappingProvider {
    private static final Logger LOG = LoggerFactory.getLogger(WebRouterProvider.class);

    /** Committing and logging out are two requests at the pace of a slow router. */
    private static final Duration MOST_FOR_CLOSING = Duration.ofSeconds(3);
    /** A caller whose time is over, or who was interrupted, does not wait longer for a log-out. */
    private static final Duration LEAST_FOR_CLOSING = Duration.ofMillis(100);

    private final RouterState state;
    private final RouterDriver driver;
    private final RouterTransport transport;
    private final Supplier<Optional<Credentials>> credentials;
    private final Gateway gateway;
    private final RuleTable table;
    private volatile Capabilities capabilities;
    private volatile @Nullable RouterSession session;
    /** The account of a session that did no work yet. */
    private Optional<Credentials> unproved = Optional.empty();

    private Optional<Set<ReservedPort>> reserved = Optional.empty();
    private volatile Deadline latest = Deadline.after(Duration.ZERO);
    private volatile boolean closed;

    /**
     * A provider, not yet logged in.
     *
     * @param state what is known of the router
     * @param driver speaks its brand
     * @param transport to the router; closed with this provider
     * @param credentials asked at each login
     * @param gateway the router as it was found
     */
    public WebRouterProvider(
            RouterState state,
            RouterDriver driver,
            RouterTransport transport,
            Supplier<Optional<Credentials>> credentials,
            Gateway gateway) {
        this.state = state;
        this.driver = driver;
        this.transport = transport;
        this.credentials = credentials;
        this.gateway = gateway;
        this.table = new RuleTable(gateway.toString());
        this.capabilities = driver.capabilities();
    }

    /**
     * Asks a router who it is, without an account.
     *
     * @param driver speaks its brand
     * @param state what is known of the router
     * @param transport to the router
     * @param deadline when to give up
     * @return make and model, empty where the router does not tell
     * @throws NatTraversalException where it does not answer, or is not of the brand
     * @throws InterruptedException where the thread was interrupted
     */
    public static String model(RouterDriver driver, RouterState state, RouterTransport transport, Deadline deadline)
            throws InterruptedException {
        ReentrantLock lock = state.take(deadline);
        try {
            return driver.model(transport, deadline);
        } finally {
            lock.unlock();
        }
    }

    /** What is done in a session; done again from its beginning where the session ended meanwhile. */
    private interface Work<T> {
        T in(RouterSession session) throws SessionEndedException, InterruptedException;
    }

    @Override
    public Gateway gateway() {
        return gateway;
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public ExternalAddress externalAddress(Deadline deadline) throws InterruptedException {
        return inSession(deadline, s -> s.externalAddress(deadline));
    }

    @Override
    public List<PortMapping> mappings(Deadline deadline) throws InterruptedException {
        return inSession(
                deadline,
                s -> table.rows(s, deadline).stream().map(RouterRow::mapping).toList());
    }

    @Override
    public Optional<PortMapping> mapping(TransportProtocol protocol, int externalPort, Deadline deadline)
            throws InterruptedException {
        ReservedPort port = new ReservedPort(protocol, PortRange.of(externalPort), "");
        return inSession(deadline, s -> table.at(s, port, deadline));
    }

    @Override
    public Set<ReservedPort> reservedPorts(Deadline deadline) throws InterruptedException {
        return inSession(deadline, s -> {
            reserved = Optional.of(Set.copyOf(s.reservedPorts(deadline)));
            return reserved.get();
        });
    }

    @Override
    public MappingOutcome map(MappingRequest request, Deadline deadline) throws InterruptedException {
        Replacement replacement = new Replacement(table, request, deadline);
        try {
            return inSession(deadline, s -> replacement.in(s, reserved.orElse(Set.of())));
        } catch (NatTraversalException | InterruptedException e) {
            replacement.broken();
            throw e;
        }
    }

    /** Rules of a table do not end by themselves: the mapping is looked for, and made again where it went away. */
    @Override
    public MappingOutcome renew(PortMapping mapping, MappingRequest request, Deadline deadline)
            throws InterruptedException {
        return map(request, deadline);
    }

    @Override
    public void release(PortMapping mapping, Deadline deadline) throws InterruptedException {
        inSession(deadline, s -> {
            table.release(s, mapping, deadline);
            return gateway;
        });
    }

    /**
     * How the router's pages were understood, for a person who wonders.
     *
     * @param deadline when to give up
     * @return lines of text; empty where there is nothing to tell
     * @throws InterruptedException where the thread was interrupted
     */
    public List<String> explanation(Deadline deadline) throws InterruptedException {
        return inSession(deadline, s -> {
            table.rows(s, deadline);
            return s.explanation();
        });
    }

    @Override
    public void commit(Deadline deadline) throws InterruptedException {
        inSession(deadline, s -> {
            table.commit(s, deadline);
            return gateway;
        });
    }

    private <T> T inSession(Deadline deadline, Work<T> work) throws InterruptedException {
        ReentrantLock lock = state.take(deadline);
        try {
            if (closed) {
                throw new IllegalStateException("the provider for " + gateway + " was closed");
            }
            latest = deadline;
            try {
                return done(work, deadline);
            } catch (SessionEndedException e) {
                LOG.debug("{}: logging in again: {}", gateway, e.getMessage());
                return again(work, deadline);
            }
        } finally {
            lock.unlock();
        }
    }

    private <T> T done(Work<T> work, Deadline deadline) throws SessionEndedException, InterruptedException {
        RouterSession open = session;
        if (open == null) {
            open = login(deadline);
            session = open;
        }
        try {
            T result = work.in(open);
            capabilities = open.capabilities();
            unproved.ifPresent(state.gate()::works);
            unproved = Optional.empty();
            return result;
        } catch (SessionEndedException e) {
            session = null;
            throw e;
        } catch (NatTraversalException e) {
            // What a session shows that nobody let in is not understood either.
            throw e.code() == FindingCode.PAGE_NOT_UNDERSTOOD ? notLetIn(unproved, e) : e;
        }
    }

    private <T> T again(Work<T> work, Deadline deadline) throws InterruptedException {
        try {
            return done(work, deadline);
        } catch (SessionEndedException e) {
            NatTraversalException twice = new NatTraversalException(
                    FindingCode.ROUTER_ERROR,
                    gateway
                            + " ended our session twice in a row. If somebody else is logged in there, wait until they are"
                            + " done.",
                    e);
            throw notLetIn(unproved, twice);
        }
    }

    private RouterSession login(Deadline deadline) throws InterruptedException {
        Optional<Credentials> account = credentials.get();
        account.ifPresent(a -> state.gate().check(gateway.toString(), a));
        transport.begin();
        try {
            RouterSession opened = driver.login(transport, account, deadline);
            unproved = account;
            return opened;
        } catch (LoginRefusedException e) {
            throw account.map(a -> state.gate().refused(gateway.toString(), a, e))
                    .orElseGet(() -> new NatTraversalException(
                            FindingCode.LOGIN_REFUSED,
                            gateway + " wants an account. Give user and password of its web administration.",
                            e));
        } catch (NatTraversalException e) {
            throw notLetIn(account, e);
        }
    }

    /** What came of a password that was sent: only one that is answered counts against the account. */
    private NatTraversalException notLetIn(Optional<Credentials> account, NatTraversalException why) {
        boolean unanswered = why.code() == FindingCode.TIMED_OUT || why.code() == FindingCode.CERTIFICATE_CHANGED;
        if (account.isEmpty() || !transport.accountSent()) {
            return why;
        }
        if (transport.accountAnswered() && !unanswered) {
            return state.gate().notLetIn(account.get(), why);
        }
        return new NatTraversalException(
                why.code(), why.getMessage() + " The password was sent; whether the router took it is not known.", why);
    }

    /**
     * Commits what is not committed yet, logs out and frees what is held. The caller waits as long as the last call's
     * deadline allows, 3 s at most; the log-out goes on without a caller who was interrupted or whose time is over.
     */
    @Override
    public void close() {
        closed = true;
        if (session == null) {
            transport.close();
            return;
        }
        boolean interrupted = Thread.interrupted();
        // Not a daemon: a program that ends at once would leave the session open on the router.
        Thread leaving = new Thread(this::leave, "porthole-router-logout");
        leaving.start();
        try {
            leaving.join((interrupted ? LEAST_FOR_CLOSING : patience()).toMillis());
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private Duration patience() {
        Duration rest = latest.remaining();
        Duration least = rest.compareTo(LEAST_FOR_CLOSING) < 0 ? LEAST_FOR_CLOSING : rest;
        return least.compareTo(MOST_FOR_CLOSING) < 0 ? least : MOST_FOR_CLOSING;
    }

    private void leave() {
        Deadline deadline = Deadline.after(MOST_FOR_CLOSING);
        try {
            ReentrantLock lock = state.take(deadline);
            try {
                leave(deadline);
            } finally {
                lock.unlock();
            }
        } catch (NatTraversalException | InterruptedException e) {
            LOG.debug("{}: not logged out: {}", gateway, e.getMessage());
        } finally {
            transport.close();
        }
    }

    private void leave(Deadline deadline) throws InterruptedException {
        RouterSession open = session;
        session = null;
        if (open == null) {
            return;
        }
        try {
            table.commit(open, deadline);
        } catch (NatTraversalException | SessionEndedException e) {
            LOG.warn("{}: what was changed may not be in effect: {}", gateway, e.getMessage());
        }
        try {
            open.logout(deadline);
        } catch (NatTraversalException | SessionEndedException e) {
            LOG.debug("{}: not logged out: {}", gateway, e.getMessage());
        }
    }
}
