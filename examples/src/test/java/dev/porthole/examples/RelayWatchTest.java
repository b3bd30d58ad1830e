package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Camera;
import dev.porthole.CameraService;
import dev.porthole.Publication;
import dev.porthole.PublishedEndpoint;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelayWatchTest {
    private static final Camera CAMERA = Camera.at("192.168.69.110").build();

    private static PublishedEndpoint endpoint(String host, int port, @Nullable Duration lease) {
        CameraService service = CAMERA.services().get(0);
        InternalEndpoint internal = new InternalEndpoint(IpLiteral.parse(host).orElseThrow(), port);
        PortMapping mapping = new PortMapping(
                TransportProtocol.TCP,
                PortRange.of(25_000),
                host,
                port,
                "",
                "porthole:door:http",
                Optional.ofNullable(lease),
                true);
        MappingRequest request = MappingRequest.to(internal, 25_000).build();
        return new PublishedEndpoint(CAMERA, service, request, mapping, Optional.empty(), Optional.empty());
    }

    private static Publication publication(List<Camera> unpublished, PublishedEndpoint... endpoints) {
        return new Publication(
                Optional.empty(),
                ExternalAddress.UNKNOWN,
                Optional.empty(),
                Arrays.asList(endpoints),
                unpublished,
                List.of(),
                List.of(),
                new Publication.Timings(Duration.ZERO, Duration.ZERO, Duration.ZERO));
    }

    private static PublishedEndpoint relayed(@Nullable Duration lease) {
        return endpoint("192.168.69.10", 25_000, lease);
    }

    @Test
    void only_what_leads_to_this_host_needs_the_process() {
        assertThat(RelayWatch.needed(publication(List.of(), relayed(null)))).isTrue();
        assertThat(RelayWatch.needed(publication(List.of(), endpoint("192.168.69.110", 80, null))))
                .isFalse();
    }

    @Test
    void it_is_published_again_at_half_of_the_shortest_lease_and_often_enough_for_a_router_that_forgets() {
        assertThat(RelayWatch.pause(
                        publication(List.of(), relayed(Duration.ofMinutes(10)), relayed(Duration.ofMinutes(4)))))
                .isEqualTo(Duration.ofMinutes(2));
        assertThat(RelayWatch.pause(publication(List.of(), relayed(Duration.ofDays(1)))))
                .isEqualTo(Duration.ofMinutes(10));
        assertThat(RelayWatch.pause(publication(List.of(), relayed(Duration.ZERO))))
                .isEqualTo(Duration.ofSeconds(10));
        assertThat(RelayWatch.pause(publication(List.of(), relayed(null)))).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void what_failed_is_tried_again_soon() {
        assertThat(RelayWatch.pause(publication(List.of(CAMERA), relayed(Duration.ofDays(1)))))
                .isEqualTo(Duration.ofSeconds(30));
        assertThat(RelayWatch.pause(publication(List.of(CAMERA)))).isEqualTo(Duration.ofSeconds(30));
    }
}
