package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.AddressObserver;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Asks the observers for this host's reflexive address, beside other work. Used by one thread. */
final class Reflexive implements AutoCloseable {
    /** STUN repeats a lost request after 0.5 and 1.5 s. Nobody waits longer for a second opinion. */
    private static final Duration MOST = Duration.ofSeconds(3);

    private final Deadline deadline;
    private final CompletableFuture<Answer> answer;

    /**
     * What came of it.
     *
     * @param address empty where nobody was asked, or nobody answered
     * @param observer who answered, or empty
     * @param findings why nobody did
     */
    record Answer(Optional<InetAddress> address, String observer, List<Finding> findings) {
        static final Answer NOBODY = new Answer(Optional.empty(), "", List.of());
    }

    private Reflexive(Deadline deadline, CompletableFuture<Answer> answer) {
        this.deadline = deadline;
        this.answer = answer;
    }

    /** Begins to ask. */
    static Reflexive ask(List<AddressObserver> observers, Deadline deadline) {
        Deadline by = deadline.within(MOST);
        if (observers.isEmpty()) {
            return new Reflexive(by, CompletableFuture.completedFuture(Answer.NOBODY));
        }
        return new Reflexive(by, InterruptibleFuture.run(Reflexive::onOwnThread, () -> first(observers, by)));
    }

    private static void onOwnThread(Runnable task) {
        Thread thread = new Thread(task, "porthole-reflexive-address");
        thread.setDaemon(true);
        thread.start();
    }

    private static Answer first(List<AddressObserver> observers, Deadline by) throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        for (int i = 0; i < observers.size(); i++) {
            AddressObserver observer = observers.get(i);
            // Each gets an equal part of the time: one that is silent must not use up that of the others.
            Deadline part = by.within(by.remaining().dividedBy(observers.size() - i));
            try {
                return new Answer(Optional.of(observer.reflexiveAddress(part)), observer.name(), List.of());
            } catch (NatTraversalException e) {
                findings.add(unanswered(observer.name(), String.valueOf(e.getMessage())));
            }
        }
        return new Answer(Optional.empty(), "", findings);
    }

    /** The answer, as soon as it is there. */
    Answer await() throws InterruptedException {
        try {
            return answer.get(deadline.remainingMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return new Answer(Optional.empty(), "", List.of(unanswered("whoever was asked", "no answer in time")));
        } catch (ExecutionException e) {
            throw new IllegalStateException("an address observer failed; it should have answered", e.getCause());
        }
    }

    private static Finding unanswered(String who, String why) {
        return Finding.of(
                FindingCode.REFLEXIVE_ADDRESS_UNKNOWN,
                "By which address this host is seen from outside is not known: " + who + " did not tell (" + why + ").",
                "Check the observer's address, and that this network lets its protocol out (STUN: UDP).");
    }

    @Override
    public void close() {
        answer.cancel(true);
    }
}
