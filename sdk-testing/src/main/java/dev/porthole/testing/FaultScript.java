package dev.porthole.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Which requests to a fake are answered wrongly, and how. Requests are told apart by their
 * {@link RecordedRequest#kind() kind}: a SOAP action such as {@code AddPortMapping}, or a constant of
 * {@link RecordedRequest}. The first rule that fits decides. Thread-safe.
 */
public final class FaultScript {
    /** Fits every request. */
    public static final String ANY = "*";

    /** Fits every SOAP action. */
    public static final String ANY_ACTION = "*action";

    private final List<Rule> rules = new ArrayList<>();

    FaultScript() {}

    private static final class Rule {
        private final String kind;
        private final int call;
        private final Fault fault;
        private int seen;

        Rule(String kind, int call, Fault fault) {
            this.kind = kind;
            this.call = call;
            this.fault = fault;
        }

        boolean fits(RecordedRequest request) {
            boolean action = Character.isUpperCase(request.kind().charAt(0));
            if (!kind.equals(ANY) && !kind.equals(request.kind()) && !(kind.equals(ANY_ACTION) && action)) {
                return false;
            }
            seen++;
            return call == 0 || call == seen;
        }
    }

    /**
     * Answers the next request of a kind wrongly, and those after it right again.
     *
     * @param kind the kind, or {@link #ANY}, or {@link #ANY_ACTION}
     * @param fault how
     * @return this
     */
    public FaultScript next(String kind, Fault fault) {
        return onCall(kind, 1, fault);
    }

    /**
     * Answers one request of a kind wrongly.
     *
     * @param kind the kind, or {@link #ANY}, or {@link #ANY_ACTION}
     * @param call which, counted from now: 1 is the next
     * @param fault how
     * @return this
     * @throws IllegalArgumentException where call is below 1
     */
    public FaultScript onCall(String kind, int call, Fault fault) {
        if (call < 1) {
            throw new IllegalArgumentException("call " + call + " is below 1, the next");
        }
        return add(new Rule(kind, call, fault));
    }

    /**
     * Answers every request of a kind wrongly.
     *
     * @param kind the kind, or {@link #ANY}, or {@link #ANY_ACTION}
     * @param fault how
     * @return this
     */
    public FaultScript always(String kind, Fault fault) {
        return add(new Rule(kind, 0, fault));
    }

    private synchronized FaultScript add(Rule rule) {
        Objects.requireNonNull(rule.kind, "kind");
        Objects.requireNonNull(rule.fault, "fault");
        rules.add(rule);
        return this;
    }

    /**
     * Answers everything right again.
     *
     * @return this
     */
    public synchronized FaultScript clear() {
        rules.clear();
        return this;
    }

    /** Every rule counts the request, the first that fits decides. */
    synchronized Optional<Fault> faultFor(RecordedRequest request) {
        Optional<Fault> decided = Optional.empty();
        for (Rule rule : rules) {
            if (rule.fits(request) && decided.isEmpty()) {
                decided = Optional.of(rule.fault);
            }
        }
        return decided;
    }
}
