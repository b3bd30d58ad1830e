package dev.porthole.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.PortMapping;
import dev.porthole.testing.TableEntry;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class UpnpMappingTest {
    @Test
    void aGatewayIsFoundAndAMappingMadeListedAndReleased() throws Exception {
        try (Home home = Home.with()) {
            Found found = home.search();
            assertThat(found.findings()).isEmpty();
            assertThat(found.providers()).hasSize(1);
            assertThat(home.provider().gateway().model()).isNotEmpty();
            assertThat(home.provider().externalAddress(Home.soon()).kind()).isEqualTo(ExternalAddress.Kind.PUBLIC);
            assertThat(home.provider().mappings(Home.soon())).isEmpty();

            PortMapping mapping = home.mapped(8889);

            assertThat(mapping.externalPort()).isEqualTo(8889);
            assertThat(mapping.leadsTo(Home.RTSP)).isTrue();
            assertThat(mapping.ours()).isTrue();
            assertThat(mapping.lease().orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
            assertThat(home.provider().mappings(Home.soon())).hasSize(1);
            assertThat(home.gateway.mappings()).hasSize(1);

            home.provider().release(mapping, Home.soon());
            assertThat(home.gateway.mappings()).isEmpty();
            home.provider().release(mapping, Home.soon());
        }
    }

    @Test
    void aForeignMappingInTheWayIsAConflictAndLeftAlone() throws Exception {
        try (Home home = Home.with()) {
            TableEntry foreign = Home.foreign(8889);
            home.gateway.addForeign(foreign);
            assertThat(home.refused(8889).reason()).isEqualTo(dev.porthole.mapping.Refusal.CONFLICT);
            assertThat(home.gateway.mappings()).hasSize(1);
            assertThat(home.adds()).isZero();
        }
    }
}
