package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The frame on its own, with a driver that needs no network. */
class MemoryRouterTest extends RouterContract {
    @Override
    RouterUnderTest start() {
        return new MemoryRouter();
    }

    @Test
    void copies_of_a_rule_are_removed_the_last_first() throws InterruptedException {
        MemoryRouter router = new MemoryRouter();
        Deadline deadline = Deadline.after(Duration.ofSeconds(10));
        MappingRequest request = MappingRequest.to(
                        new InternalEndpoint(IpLiteral.parse("192.168.1.9").orElseThrow(), 554), 8554)
                .build();
        try (PortMappingProvider provider = router.connect(router.account())
                .build()
                .find(SearchScope.builder().build(), deadline)
                .providers()
                .get(0)) {
            Mapped made = (Mapped) provider.map(request, deadline);
            router.copyOurs();
            router.copyOurs();
            provider.mappings(deadline);
            provider.release(made.mapping(), deadline);
        }
        assertThat(router.ours()).isEmpty();
        assertThat(router.removed()).isEqualTo(List.of(5, 4, 3, 2));
    }
}
