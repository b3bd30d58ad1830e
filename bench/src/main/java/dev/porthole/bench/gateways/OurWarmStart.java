package dev.porthole.bench.gateways;

import dev.porthole.Camera;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.bench.upnp.Wish;
import dev.porthole.ledger.FileLedger;
import dev.porthole.reach.Target;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A program that has published before starts again, with its ledger, and maps one service of a camera by the facade. Each
 * turn opens the ledger and makes a Porthole anew; the router has forgotten the mapping meanwhile.
 */
final class OurWarmStart implements Deed {
    private final Camera camera = Camera.at(OurMapping.camera())
            .name("bench")
            .without(Target.Scheme.HTTP)
            .build();
    private final RouterTable table = new RouterTable();
    private final Path ledger;
    private @Nullable Wish made;

    OurWarmStart() {
        try {
            ledger = Files.createTempDirectory("porthole-bench").resolve("ledger");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void before() throws Exception {
        if (made == null) {
            run();
            after();
        }
    }

    @Override
    public void run() throws Exception {
        try (FileLedger opened = FileLedger.open(ledger);
                Porthole porthole =
                        Porthole.builder().ledger(opened).verify(false).build()) {
            Publication publication = porthole.publish(camera);
            if (publication.status() != Publication.Status.MAPPED) {
                throw new IOException(publication.status() + " " + publication.findings());
            }
            made = new Wish(publication.endpoints().get(0).mapping().externalPort(), OurMapping.camera(), 554);
        }
    }

    @Override
    public void after() throws IOException {
        if (made != null) {
            table.checkAndRemove(made);
        }
    }

    @Override
    public void close() {
        try {
            Files.deleteIfExists(ledger);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
