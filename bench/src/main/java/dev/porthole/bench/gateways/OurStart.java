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

/** A program starts and maps one service of a camera by the facade: each turn opens its ledger and makes a Porthole anew. */
final class OurStart implements Deed {
    /** What there is of the last run. */
    enum Before {
        /** Nothing. */
        NOTHING,
        /** The ledger; the router has forgotten the mapping. */
        LEDGER,
        /** The ledger, and the mapping. */
        MAPPING
    }

    private final Before before;
    private final Camera camera;
    private final int service;
    private final RouterTable table = new RouterTable();
    private final Path folder;
    private final Path ledger;
    private @Nullable Wish made;

    /** Where the mapping stands it is of another service, so that none is in the other's way. */
    OurStart(Before before) {
        this.before = before;
        boolean web = before == Before.MAPPING;
        service = web ? 80 : 554;
        camera = Camera.at(OurMapping.camera())
                .name("bench")
                .without(web ? Target.Scheme.RTSP : Target.Scheme.HTTP)
                .build();
        try {
            folder = Files.createTempDirectory("porthole-bench");
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        ledger = folder.resolve("ledger");
    }

    @Override
    public void before() throws Exception {
        if (before == Before.NOTHING) {
            Files.deleteIfExists(ledger);
        } else if (made == null) {
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
            made = new Wish(publication.endpoints().get(0).mapping().externalPort(), OurMapping.camera(), service);
        }
    }

    @Override
    public void after() throws IOException {
        if (made != null) {
            table.find().check(made);
        }
        if (before != Before.MAPPING) {
            remove();
        }
    }

    private void remove() throws IOException {
        if (made != null) {
            table.find().delete(made.externalPort());
        }
    }

    @Override
    public void close() {
        try {
            if (before == Before.MAPPING) {
                remove();
            }
            for (String name : new String[] {"ledger", "ledger.lock"}) {
                Files.deleteIfExists(folder.resolve(name));
            }
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
