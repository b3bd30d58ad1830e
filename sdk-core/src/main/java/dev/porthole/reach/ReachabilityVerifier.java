package dev.porthole.reach;

import dev.porthole.Deadline;

/**
 * Tries to reach a service and says how far it came. Found through {@link java.util.ServiceLoader} or given to the
 * facade's builder. Thread-safe.
 */
public interface ReachabilityVerifier {
    /**
     * Whether this verifier can try a target from a vantage.
     *
     * @param scheme the target's scheme
     * @param vantage from where
     * @return true where it can
     */
    boolean supports(Target.Scheme scheme, Vantage vantage);

    /**
     * Tries to reach a service. Whatever the service does, a verdict comes by the deadline plus 250 ms.
     *
     * @param target what to reach
     * @param from the vantage; of {@link Vantage.Kind#HAIRPIN} failure is {@link Verdict.Status#INCONCLUSIVE}
     * @param deadline when to give up
     * @return the verdict
     * @throws InterruptedException where the thread was interrupted
     */
    Verdict verify(Target target, Vantage from, Deadline deadline) throws InterruptedException;
}
