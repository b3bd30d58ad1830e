package dev.porthole.routers;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterDriver;
import dev.porthole.routers.internal.RouterRow;
import dev.porthole.routers.internal.RouterSession;
import dev.porthole.routers.internal.RouterTransport;
import dev.porthole.routers.internal.RuleRefusedException;
import dev.porthole.routers.internal.SessionEndedException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** A router and its driver without a network, for tests of the frame. */
final class MemoryRouter extends RouterBrand implements RouterUnderTest, RouterDriver {
    private static final String PASSWORD = "right";

    private final List<PortMapping> table = new ArrayList<>();
    private final List<Integer> removed = new ArrayList<>();
    private int logins;
    private int sessions;
    private long generation;
    private int requests;
    private final Map<Integer, Trouble> troubles = new HashMap<>();
    private OptionalInt room = OptionalInt.empty();
    private Optional<Duration> locked = Optional.empty();

    MemoryRouter() {
        super("memory");
        table.add(rule(21, "192.168.1.5", 21, "ftp"));
        table.add(rule(9000, "192.168.1.6", 9000, "Skype"));
    }

    private static PortMapping rule(int external, String client, int internal, String name) {
        return new PortMapping(
                TransportProtocol.TCP, PortRange.of(external), client, internal, "", name, Optional.empty(), true);
    }

    @Override
    public WebRouter.Builder connect(Credentials account) {
        return WebRouter.builder(URI.create("http://127.0.0.1:1"), this).credentials(account);
    }

    @Override
    public Credentials account() {
        return new Credentials("admin", Secret.of(PASSWORD));
    }

    @Override
    public synchronized List<String> foreign() {
        return table.stream().filter(m -> !m.ours()).map(PortMapping::toString).toList();
    }

    @Override
    public synchronized List<String> ours() {
        return table.stream()
                .filter(PortMapping::ours)
                .map(PortMapping::toString)
                .toList();
    }

    @Override
    public int foreignPort() {
        return 9000;
    }

    @Override
    public synchronized int logins() {
        return logins;
    }

    @Override
    public synchronized int sessions() {
        return sessions;
    }

    @Override
    public synchronized void trouble(int request, Trouble kind) {
        requests = 0;
        troubles.clear();
        troubles.put(request, kind);
    }

    @Override
    public synchronized int requests() {
        return requests;
    }

    @Override
    public synchronized void lock(Duration time) {
        locked = Optional.of(time);
    }

    @Override
    public boolean asked() {
        return false;
    }

    @Override
    public void puzzle(int status) {
        throw new UnsupportedOperationException("it is asked nothing");
    }

    @Override
    public void close() {}

    @Override
    RouterDriver driver() {
        return this;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.builder().leases(false).build();
    }

    @Override
    public Duration pace() {
        return Duration.ZERO;
    }

    @Override
    public String model(RouterTransport transport, Deadline deadline) {
        return "Memory";
    }

    @Override
    public synchronized RouterSession login(
            RouterTransport transport, Optional<Credentials> credentials, Deadline deadline)
            throws LoginRefusedException {
        logins++;
        if (locked.isPresent()) {
            throw LoginRefusedException.locked(locked);
        }
        if (!credentials.orElseThrow().password().use(String::new).equals(PASSWORD)) {
            throw LoginRefusedException.refused(OptionalInt.of(4));
        }
        sessions++;
        return new MemorySession(generation);
    }

    private final class MemorySession implements RouterSession {
        private final long opened;

        MemorySession(long opened) {
            this.opened = opened;
        }

        private <T> T request(Deadline deadline, boolean write, Supplier<T> work, T lie)
                throws SessionEndedException, InterruptedException {
            Trouble now;
            synchronized (MemoryRouter.this) {
                now = troubles.get(++requests);
                if (now == Trouble.SESSION_ENDED) {
                    sessions = 0;
                    generation++;
                }
                if (generation != opened) {
                    throw new SessionEndedException();
                }
                if (now == Trouble.LIE && write) {
                    return lie;
                }
                if (now == Trouble.REFUSED) {
                    throw new RuleRefusedException(Refusal.POLICY, "it allows no rule today.");
                }
                if (now == Trouble.LOST_REQUEST) {
                    throw new NatTraversalException(FindingCode.TIMED_OUT, "no connection");
                }
                if (now != Trouble.HANG) {
                    T result = work.get();
                    if (now == Trouble.LOST_REPLY) {
                        throw new NatTraversalException(FindingCode.TIMED_OUT, "no answer");
                    }
                    return result;
                }
            }
            Thread.sleep(deadline.remainingMillis());
            throw new NatTraversalException(FindingCode.TIMED_OUT, "no answer in time");
        }

        @Override
        public Capabilities capabilities() {
            return MemoryRouter.this.capabilities();
        }

        @Override
        public boolean named() {
            return true;
        }

        @Override
        public OptionalInt room() {
            synchronized (MemoryRouter.this) {
                return room;
            }
        }

        @Override
        public List<RouterRow> rows(Deadline deadline) throws SessionEndedException, InterruptedException {
            return request(
                    deadline,
                    false,
                    () -> {
                        List<RouterRow> rows = new ArrayList<>();
                        for (int i = 0; i < table.size(); i++) {
                            PortMapping mapping = table.get(i);
                            rows.add(new RouterRow(mapping, Integer.toString(i), mapping.toString()));
                        }
                        return rows;
                    },
                    List.of());
        }

        @Override
        public void add(MappingRequest request, Deadline deadline) throws SessionEndedException, InterruptedException {
            request(
                    deadline,
                    true,
                    () -> table.add(rule(
                            request.externalPort(),
                            request.internal().address().getHostAddress(),
                            request.internal().port(),
                            request.description())),
                    true);
        }

        @Override
        public void remove(RouterRow row, Deadline deadline) throws SessionEndedException, InterruptedException {
            int place = Integer.parseInt(row.place());
            request(deadline, true, () -> removed.add(place) && table.remove(place) != null, true);
        }

        @Override
        public void commit(Deadline deadline) throws SessionEndedException, InterruptedException {
            request(deadline, true, () -> true, true);
        }

        @Override
        public void logout(Deadline deadline) {
            synchronized (MemoryRouter.this) {
                if (generation == opened) {
                    sessions--;
                }
            }
        }
    }

    /** Lets one more request go wrong, counted as by {@link #trouble}. */
    synchronized void also(int request, Trouble kind) {
        troubles.put(request, kind);
    }

    /** Adds a rule past all checks. */
    synchronized void hold(PortMapping rule) {
        table.add(rule);
    }

    /** Says that it has room for so many rules. */
    synchronized void room(int rules) {
        room = OptionalInt.of(rules);
    }

    /** Which places were removed, in order. */
    synchronized List<Integer> removed() {
        return List.copyOf(removed);
    }

    /** A rule of ours that is there more than once, as an old fault may have left it. */
    synchronized void copyOurs() {
        table.addAll(
                table.stream().filter(m -> MappingTag.isOurs(m.description())).toList());
    }
}
