package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.Diagnosis;
import dev.porthole.Porthole;
import dev.porthole.examples.GatewayOptions.LedgerUse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code porthole doctor}. */
@Command(
        name = "doctor",
        sortOptions = false,
        abbreviateSynopsis = true,
        header = "Finds out why a camera cannot be reached, and says what to do.",
        description = {
            "",
            "Looks at the camera on the LAN, at the router's mappings, and from outside; then changes one thing at a time to"
                    + " tell causes from symptoms. A service that is not mapped is mapped for the examination and released"
                    + " again; a mapping of Porthole's that leads nowhere is made anew. Nothing foreign is touched.",
            "The best view is that of a probe agent outside (--verify-from URL); from inside the LAN alone, a router may"
                    + " answer in the camera's place.",
            "Exit status 0 all is well, 3 not mapped, 4 mapped and not reachable, 5 inconclusive."
        },
        footer = {
            "",
            "Examples:",
            "  porthole doctor --camera 192.168.69.110",
            "  porthole doctor --camera 192.168.69.110 --external rtsp=8889 \\",
            "      --verify-from https://probe.example.org --agent-token-file probe.token",
            "  porthole doctor --camera 192.168.69.110 --user viewer \\",
            "      --password-file front-door.password --svg path.svg"
        })
final class DoctorCommand extends Subcommand {
    /** An examination waits for what does not answer, several times; publishing does not. */
    private static final Duration TIMEOUT = Duration.ofSeconds(90);

    @Mixin
    CameraOptions options = new CameraOptions();

    @Option(
            names = "--svg",
            paramLabel = "FILE",
            order = 40,
            description = "Draw the way from outside to the camera, with the broken place, into this file.")
    @Nullable
    String svg;

    @Mixin
    VantageOptions vantage = new VantageOptions();

    @Mixin
    GatewayOptions gateways = new GatewayOptions();

    DoctorCommand(Session session) {
        super(session);
    }

    @Override
    Answer answer() throws InterruptedException {
        List<Camera> cameras = options.cameras(session);
        Path drawing = svg == null ? null : path(svg);
        Diagnosis diagnosis = gateways.use(
                session,
                LedgerUse.IF_PRESENT,
                progress,
                this::configure,
                porthole -> porthole.diagnose(cameras.toArray(Camera[]::new)));
        if (drawing != null) {
            draw(drawing, diagnosis);
        }
        return Answer.of(
                ExitStatus.of(diagnosis.status()),
                () -> Documents.diagnosis(diagnosis),
                () -> Pages.diagnosis(diagnosis));
    }

    private void configure(Porthole.Builder builder) {
        if (gateways.timeout == null) {
            builder.timeout(TIMEOUT);
        }
        vantage.configure(session, builder, VantageOptions.CLOSELY);
    }

    private static Path path(String text) {
        try {
            Path path = Path.of(text).toAbsolutePath();
            Path folder = path.getParent();
            if (folder == null || !Files.isDirectory(folder)) {
                throw new InvalidInput("--svg", "there is no folder " + Words.quoted(String.valueOf(folder)));
            }
            return path;
        } catch (InvalidPathException e) {
            throw new InvalidInput("--svg", Words.quoted(text) + " is not a path");
        }
    }

    private void draw(Path drawing, Diagnosis diagnosis) {
        try {
            Files.writeString(drawing, new WayDrawing(new Way(diagnosis)).svg(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            session.err().println("porthole: the drawing could not be written to " + drawing + ": " + e.getMessage());
        }
    }

    @Override
    Map<String, Object> nothing() {
        return Documents.noDiagnosis();
    }

    @Override
    ExitStatus onFailure() {
        return ExitStatus.INCONCLUSIVE;
    }
}
