package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Camera;
import dev.porthole.CameraService;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.PublishedEndpoint;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.GatewayFinder;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortRange;
import dev.porthole.mapping.TransportProtocol;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RelayWatchTest {
    private static final Camera CAMERA = Camera.at("192.168.69.110").build();

    private static PublishedEndpoint endpoint(String host, int port, @Nullable Duration lease) {
        return endpoint(CAMERA, host, port, lease);
    }

    private static PublishedEndpoint endpoint(Camera camera, String host, int port, @Nullable Duration lease) {
        CameraService service = camera.services().get(0);
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
        return new PublishedEndpoint(camera, service, request, mapping, Optional.empty(), Optional.empty());
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

    @Test
    void what_one_camera_lost_by_a_failure_is_still_to_be_released_though_another_is_relayed() {
        Camera other = Camera.at("192.168.69.111").build();
        PublishedEndpoint lost = endpoint(other, "192.168.69.10", 25_001, null);
        Publication last = publication(List.of(), relayed(null), lost);
        Publication now = publication(List.of(other), relayed(Duration.ofHours(1)));
        assertThat(RelayWatch.keep(last, now).endpoints())
                .containsExactly(now.endpoints().get(0), lost);
        assertThat(RelayWatch.keep(last, publication(List.of(CAMERA, other))).endpoints())
                .isEqualTo(last.endpoints());
        assertThat(RelayWatch.keep(last, last).endpoints()).isEqualTo(last.endpoints());
    }

    @Test
    void a_failure_is_told_and_does_not_keep_it_from_releasing() {
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream said = new PrintStream(err, true, StandardCharsets.UTF_8);
        Session here = Session.ofProcess();
        Session session = new Session(
                here.in(), said, said, false, List::of, here.relays(), here.surroundings(), here.defaultGateway());
        try (Porthole porthole = Porthole.builder().finder(broken()).build()) {
            RelayWatch watch = new RelayWatch(session, publication -> Duration.ZERO);
            assertThat(watch.serve(porthole, List.of(CAMERA), publication(List.of(), relayed(null))))
                    .isEqualTo(ExitStatus.NOT_PUBLISHED);
        }
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("stopping: ", "not released: ");
    }

    private static GatewayFinder broken() {
        return (GatewayFinder) Proxy.newProxyInstance(
                GatewayFinder.class.getClassLoader(),
                new Class<?>[] {GatewayFinder.class},
                (proxy, method, arguments) -> {
                    throw new IllegalStateException("out of order");
                });
    }
}
