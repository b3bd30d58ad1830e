package dev.porthole.examples.tasks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Camera;
import dev.porthole.Porthole;
import dev.porthole.event.PortholeListener;
import dev.porthole.ledger.FileLedger;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.PortMapping;
import dev.porthole.pcp.PcpGatewayFinder;
import dev.porthole.plan.PortPolicy;
import dev.porthole.reach.Target;
import dev.porthole.reach.Target.Scheme;
import dev.porthole.testing.CameraLook;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.FakePcpServer;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.testing.TableEntry;
import dev.porthole.upnp.UpnpGatewayFinder;
import dev.porthole.verify.CameraVerifier;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example programs do what they say, in a simulated home. */
@Timeout(60)
class TasksTest {
    /** What a program does with Porthole. */
    private interface Task {
        void run(Porthole porthole) throws InterruptedException;
    }

    @TempDir
    Path directory;

    private SimulatedHome home;

    @BeforeEach
    void startHome() throws IOException {
        home = SimulatedHome.options()
                .camera("front-door", FakeCamera.options().look(CameraLook.MILESIGHT))
                .camera("yard", FakeCamera.options().look(CameraLook.AXIS))
                .start();
        home.gateway().addForeign(TableEntry.tcp(3074, "192.168.69.66", 3074, "Skype"));
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    private Porthole.Builder porthole() {
        return Porthole.builder()
                .scope(home.searchScope())
                .finder(UpnpGatewayFinder.builder()
                        .window(Duration.ofSeconds(1))
                        .build())
                .verifier(CameraVerifier.builder().route(home.route()).build());
    }

    private String said(Task task) throws InterruptedException {
        try (Porthole porthole = porthole().build()) {
            return said(task, porthole);
        }
    }

    private static String said(Task task, Porthole porthole) throws InterruptedException {
        PrintStream before = System.out;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        System.setOut(new PrintStream(said, true, StandardCharsets.UTF_8));
        try {
            task.run(porthole);
        } finally {
            System.setOut(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    private Camera frontDoor() {
        return home.camera("front-door").described().build();
    }

    @Test
    void publish_camera_prints_what_is_reachable() throws InterruptedException {
        assertThat(said(porthole -> PublishCamera.run(porthole, frontDoor())))
                .containsPattern("http://203\\.0\\.113\\.7:\\d+/ REACHABLE")
                .containsPattern("rtsp://203\\.0\\.113\\.7:\\d+/main REACHABLE")
                .contains("OPEN_TO_ANYONE");
    }

    @Test
    void republish_after_restart_returns_when_the_router_has_lost_its_mappings() throws Exception {
        try (FakePcpServer router = FakePcpServer.start()) {
            PcpGatewayFinder finder = new PcpGatewayFinder();
            AtomicInteger mapped = new AtomicInteger();
            PortholeListener restartsWhenAllIsMapped = new PortholeListener() {
                @Override
                public void mapped(Gateway gateway, PortMapping mapping) {
                    if (mapped.incrementAndGet() == 2) {
                        router.restart();
                    }
                }
            };
            try (Porthole porthole = Porthole.builder()
                    .scope(router.searchScope())
                    .finder(finder)
                    .verify(false)
                    .listener(restartsWhenAllIsMapped)
                    .build()) {
                String said = said(
                        p -> RepublishAfterRestart.untilLost(
                                p, finder, router.searchScope(), frontDoor(), Duration.ofMillis(50)),
                        porthole);
                assertThat(said).contains("http at ", "rtsp at ", "lost by gateway at 127.0.0.1 (pcp)");
            }
        }
    }

    @Test
    void plan_only_prints_ports_with_reasons() throws InterruptedException {
        Camera yard = home.camera("yard")
                .described()
                .policy(Scheme.RTSP, PortPolicy.manual(3074))
                .build();
        assertThat(said(porthole -> PlanOnly.run(porthole, frontDoor(), yard)))
                .contains("porthole:front-door:rtsp: ", "derived from the camera's name", "PORT_CONFLICT");
        assertThat(home.gateway().mappings()).hasSize(1);
    }

    @Test
    void diagnose_camera_names_the_broken_place() throws InterruptedException {
        said(porthole -> PublishCamera.run(porthole, frontDoor()));
        home.camera("front-door").device().close();
        assertThat(said(porthole -> DiagnoseCamera.run(porthole, frontDoor())))
                .contains("http broken at CAMERA, CAMERA_DOWN", "rtsp broken at CAMERA, CAMERA_DOWN");
    }

    @Test
    void list_mappings_tells_ours_from_foreign_ones() throws InterruptedException {
        said(porthole -> PublishCamera.run(porthole, frontDoor()));
        assertThat(said(ListMappings::run)).contains("foreign 3074/TCP -> 192.168.69.66:3074", "  ours ");
    }

    @Test
    void verify_stream_prints_stages_and_evidence() throws InterruptedException {
        said(porthole -> PublishCamera.run(porthole, frontDoor()));
        int port = home.gateway().mappings().stream()
                .filter(m -> m.internalPort() == 554)
                .findFirst()
                .orElseThrow()
                .externalPort();
        Target stream = Target.at(Scheme.RTSP, IpLiteral.parse("203.0.113.7").orElseThrow(), port)
                .path("/main")
                .build();
        assertThat(said(porthole -> VerifyStream.run(porthole, stream))).contains("REACHABLE", "CONNECT after");
    }

    @Test
    void release_camera_leaves_nothing_of_ours() throws InterruptedException {
        said(porthole -> PublishCamera.run(porthole, frontDoor()));
        assertThat(said(porthole -> ReleaseCamera.run(porthole, frontDoor().address())))
                .contains("released ", "nothing is left");
        assertThat(home.gateway().mappings())
                .extracting(TableEntry::description)
                .containsExactly("Skype");
    }

    @Test
    void embed_in_nvr_keeps_its_ports_in_a_ledger() throws InterruptedException {
        ExecutorService pool = Executors.newSingleThreadExecutor();
        try (FileLedger ledger = FileLedger.open(directory.resolve("ledger"));
                Porthole porthole = porthole()
                        .ledger(ledger)
                        .listener(new EmbedInNvr.RecorderLog())
                        .build()) {
            assertThat(said(p -> EmbedInNvr.run(p, pool, frontDoor()), porthole))
                    .contains("leads to 554", "REACHABLE");
            assertThat(ledger.entries("uuid:00000000-0000-4000-8000-000000000001"))
                    .hasSize(2);
        } finally {
            pool.shutdown();
        }
    }
}
