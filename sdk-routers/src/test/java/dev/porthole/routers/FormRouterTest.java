package dev.porthole.routers;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.MappingTag;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.routers.fakes.FormRouter;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of one brand with forms have in common: a router, and calls to it. */
abstract class FormRouterTest<R extends FormRouter> {
    R router;

    /** A router of the brand. */
    abstract R start() throws Exception;

    @BeforeEach
    void startRouter() throws Exception {
        router = start();
    }

    @AfterEach
    void closeRouter() {
        router.close();
    }

    static Deadline soon() {
        return Deadline.after(Duration.ofSeconds(20));
    }

    /** To a camera of this LAN. */
    static MappingRequest.Builder request(int internal, int external) {
        return to("192.168.1.77", internal, external);
    }

    static MappingRequest.Builder to(String host, int internal, int external) {
        return MappingRequest.to(new InternalEndpoint(IpLiteral.parse(host).orElseThrow(), internal), external)
                .description(MappingTag.of("door", "rtsp"));
    }

    PortMappingProvider provider() throws InterruptedException {
        SearchScope scope = SearchScope.builder().build();
        return router.connect(router.account())
                .build()
                .find(scope, soon())
                .providers()
                .get(0);
    }

    List<PortMapping> mappings() throws InterruptedException {
        try (PortMappingProvider provider = provider()) {
            return provider.mappings(soon());
        }
    }

    MappingOutcome map(MappingRequest.Builder request) throws InterruptedException {
        try (PortMappingProvider provider = provider()) {
            MappingOutcome outcome = provider.map(request.build(), soon());
            provider.commit(soon());
            return outcome;
        }
    }

    PortMapping mapped(MappingRequest.Builder request) throws InterruptedException {
        MappingOutcome outcome = map(request);
        if (outcome instanceof Mapped mapped) {
            return mapped.mapping();
        }
        throw new AssertionError("refused: " + outcome);
    }

    Refused refused(MappingRequest.Builder request) throws InterruptedException {
        MappingOutcome outcome = map(request);
        if (outcome instanceof Refused refused) {
            return refused;
        }
        throw new AssertionError("not refused: " + outcome);
    }

    void release(PortMapping mapping) throws InterruptedException {
        try (PortMappingProvider provider = provider()) {
            provider.release(mapping, soon());
        }
    }

    /** What listing the mappings fails with. */
    NatTraversalException failure() throws InterruptedException {
        try {
            mappings();
        } catch (NatTraversalException e) {
            return e;
        }
        throw new AssertionError("it did not fail");
    }
}
