package dev.porthole.routers.internal.profile;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.routers.internal.RuleRefusedException;
import dev.porthole.routers.internal.SessionEndedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs a profile's requests within a session, and judges their answers. Used by one thread at a time. */
final class Steps {
    /** What the requests are for. */
    enum Phase {
        READ,
        WRITE,
        LOGOUT
    }

    private final Profile profile;
    private final Caller caller;
    private final Values session;

    /**
     * For one session.
     *
     * @param session its variables, which answers may change
     */
    Steps(Profile profile, Caller caller, Values session) {
        this.profile = profile;
        this.caller = caller;
        this.session = session;
    }

    /** Runs requests in order; what they extract is put into the values. Gives the last answer. */
    Optional<Seen> run(List<Step> steps, Phase phase, Values values, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        return run(steps, phase, List.of(), values, deadline);
    }

    /** The same, which an answer may end early; then none is given. */
    Optional<Seen> run(List<Step> steps, Phase phase, List<Condition> ends, Values values, Deadline deadline)
            throws SessionEndedException, InterruptedException {
        Optional<Seen> last = Optional.empty();
        // Values that were kept since the list was read may be older than the session's.
        profile.session().extract().keySet().forEach(name -> values.put(name, session.get(name)));
        for (Step step : steps) {
            Seen seen = caller.send(step, values, deadline);
            refresh(seen, values);
            if (ends.stream().anyMatch(when -> when.holds(seen))) {
                return Optional.empty();
            }
            judge(step, seen, phase);
            extract(step, seen, values);
            last = Optional.of(seen);
        }
        return last;
    }

    /** Takes from an answer what any answer may change. */
    private void refresh(Seen seen, Values values) {
        profile.session()
                .extract()
                .forEach((name, extraction) -> extraction.in(seen).ifPresent(value -> {
                    session.put(name, value);
                    values.put(name, value);
                }));
    }

    private void judge(Step step, Seen seen, Phase phase) throws SessionEndedException {
        if (phase == Phase.LOGOUT) {
            return;
        }
        int status = seen.reply().status();
        boolean denied = status == 401
                && profile.auth().type() != Auth.Type.NONE
                && !step.expect().statuses().contains(status);
        if (denied || profile.session().expiredWhen().stream().anyMatch(when -> when.holds(seen))) {
            throw new SessionEndedException(status == 403);
        }
        if (phase == Phase.WRITE) {
            for (Profile.Meaning meaning : profile.write().refusals()) {
                if (meaning.when().holds(seen)) {
                    throw new RuleRefusedException(
                            meaning.refusal(),
                            meaning.says().orElseGet(() -> "it refused " + caller.named(step) + "."));
                }
            }
        }
        if (!step.expect().expected(seen)) {
            throw new NatTraversalException(
                    phase == Phase.WRITE ? FindingCode.ROUTER_ERROR : FindingCode.PAGE_NOT_UNDERSTOOD,
                    caller.router() + " did not answer " + caller.named(step) + " as expected (HTTP " + status
                            + ", profile " + profile.id()
                            + "). The account may not be an administrator's, or the firmware is another than the"
                            + " profile's.");
        }
    }

    private void extract(Step step, Seen seen, Values values) {
        for (Map.Entry<String, Extraction> each : step.extract().entrySet()) {
            values.put(
                    each.getKey(),
                    each.getValue()
                            .in(seen)
                            .orElseThrow(() -> new NatTraversalException(
                                    FindingCode.PAGE_NOT_UNDERSTOOD,
                                    caller.router() + " answered " + caller.named(step) + " without "
                                            + each.getValue().described() + " (profile " + profile.id()
                                            + "). The firmware may be another than the profile's.")));
        }
    }
}
