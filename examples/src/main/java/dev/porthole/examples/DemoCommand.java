package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.GatewayReport;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.PublicationPlan;
import dev.porthole.ReleaseReport;
import dev.porthole.testing.CameraLook;
import dev.porthole.testing.CameraOptions;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.upnp.UpnpGatewayFinder;
import dev.porthole.verify.CameraVerifier;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;

/** {@code porthole demo}: the main job in a home that is simulated in this process. */
@Command(
        name = "demo",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Shows the whole job in a simulated home; no network is needed.",
        description = {
            "",
            "A router that speaks UPnP and two cameras live in this process, on the loopback interface. One camera is"
                    + " published and tried through the simulated router; then the router changes its mind.",
            "With --json it prints the document that publish prints."
        },
        footer = {"", "Examples:", "  porthole demo", "  porthole demo --json"})
final class DemoCommand extends Subcommand {
    /** A simulated router answers at once; nobody else is waited for. */
    private static final Duration WINDOW = Duration.ofMillis(200);

    DemoCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() throws InterruptedException {
        try (SimulatedHome home = home();
                Porthole porthole = Porthole.builder()
                        .finder(UpnpGatewayFinder.builder().window(WINDOW).build())
                        .scope(home.searchScope())
                        .verifier(CameraVerifier.builder().route(home.route()).build())
                        .listener(progress)
                        .build()) {
            return shown(home, porthole);
        } catch (IOException e) {
            throw new UncheckedIOException("the simulated home needs sockets on the loopback interface", e);
        }
    }

    private static SimulatedHome home() throws IOException {
        CameraOptions milesight = FakeCamera.options().look(CameraLook.MILESIGHT);
        CameraOptions axis = FakeCamera.options().look(CameraLook.AXIS);
        return SimulatedHome.options()
                .camera("front-door", milesight)
                .camera("yard", axis)
                .start();
    }

    private Answer shown(SimulatedHome home, Porthole porthole) throws InterruptedException {
        Camera frontDoor = home.camera("front-door").described().build();
        Camera yard = home.camera("yard").described().build();
        GatewayReport gateways = porthole.discover(false);
        PublicationPlan plan = porthole.plan(frontDoor);
        Publication published = porthole.publish(frontDoor);
        home.gateway().add(Quirk.SECURE_MODE);
        Publication refused = porthole.publish(yard);
        home.gateway().remove(Quirk.SECURE_MODE);
        ReleaseReport released = porthole.release(published);
        return Answer.of(
                ExitStatus.of(published.status(), true),
                () -> Documents.publication(published),
                () -> new Page()
                        .paragraph(
                                "",
                                "A router and two cameras are simulated in this process; the addresses are like those of"
                                        + " a home, and no packet leaves this host.")
                        .section("1. Which gateway is there?", Pages.discovery(DiscoverCommand.Found.of(gateways)))
                        .section(
                                "2. Which external ports would 'front-door' get?", Pages.plan(plan, List.of(frontDoor)))
                        .section("3. Publish it, and try it through the router", Pages.publication(published, true))
                        .section(
                                "4. The router is set to secure mode; publish 'yard'", Pages.publication(refused, true))
                        .section("5. Secure mode is off again; release 'front-door'", Pages.release(released))
                        .toString());
    }

    @Override
    Map<String, Object> nothing() {
        return Documents.noPublication();
    }
}
