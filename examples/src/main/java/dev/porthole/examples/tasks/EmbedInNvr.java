package dev.porthole.examples.tasks;

import dev.porthole.Camera;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.diagnose.Finding;
import dev.porthole.event.PortholeListener;
import dev.porthole.ledger.FileLedger;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMapping;
import dev.porthole.plan.PortPolicy;
import java.nio.file.Path;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How a recorder publishes itself while it starts: on a thread of its own pool, with its own log, and with a ledger, so that
 * it has the same ports after every restart. {@code EmbedInNvr HOST LEDGER-FILE}.
 */
public final class EmbedInNvr {
    private EmbedInNvr() {}

    /** Tells the recorder's log; never throws, because nobody would know. */
    static final class RecorderLog implements PortholeListener {
        @Override
        public void mapped(Gateway gateway, PortMapping mapping) {
            System.out.println(gateway + ": port " + mapping.external() + " leads to " + mapping.internalPort());
        }

        @Override
        public void found(Finding finding) {
            System.out.println(finding);
        }
    }

    /**
     * Runs the example.
     *
     * @param args the recorder's address and the ledger's file
     */
    public static void main(String[] args) {
        Camera recorder = Camera.at(args[0])
                .name("recorder")
                .kind(Camera.Kind.NVR)
                .policy(PortPolicy.sameAsInternal())
                .build();
        ExecutorService pool = Executors.newFixedThreadPool(2);
        try (FileLedger ledger = FileLedger.open(Path.of(args[1]));
                Porthole porthole = Porthole.builder()
                        .ledger(ledger)
                        .listener(new RecorderLog())
                        .build()) {
            run(porthole, pool, recorder);
        } finally {
            pool.shutdown();
        }
    }

    static void run(Porthole porthole, ExecutorService pool, Camera recorder) {
        // The recorder goes on starting meanwhile; cancelling the future would take back what was mapped.
        Publication publication = porthole.publishAsync(pool, recorder).join();
        System.out.println(publication.status());
    }
}
