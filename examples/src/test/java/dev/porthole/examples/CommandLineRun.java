package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.porthole.Porthole;
import dev.porthole.relay.Relay;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.upnp.UpnpGatewayFinder;
import dev.porthole.verify.CameraVerifier;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** One run of the command line in this process. */
record CommandLineRun(int exit, String out, String err) {
    /** Enough of a simulated stream to see that it flows. */
    private static final Duration MEDIA = Duration.ofMillis(200);

    /** Nothing is far away in a simulated home. */
    private static final Duration SILENCE = Duration.ofSeconds(1);

    /** Nobody else answers here; the one who does may be slow where many tests run. */
    private static final Duration WINDOW = Duration.ofSeconds(1);

    /** Runs with a home's router and network. */
    static CommandLineRun in(SimulatedHome home, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        if (!args[0].equals("verify")) {
            all.add("--gateway");
            all.add("127.0.0.1:" + home.gateway().ssdpAddress().getPort());
        }
        CameraVerifier verifier = CameraVerifier.builder()
                .route(home.route())
                .mediaTime(MEDIA)
                .connectTimeout(SILENCE)
                .build();
        return run("", builder -> builder.verifier(verifier), home.route(), all);
    }

    /** Runs with nothing around. */
    static CommandLineRun of(String... args) {
        return run("", builder -> {}, UnaryOperator.identity(), List.of(args));
    }

    /** Runs with standard input. */
    static CommandLineRun withInput(String input, SimulatedHome home, String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--gateway");
        all.add("127.0.0.1:" + home.gateway().ssdpAddress().getPort());
        CameraVerifier verifier = CameraVerifier.builder()
                .route(home.route())
                .mediaTime(MEDIA)
                .connectTimeout(SILENCE)
                .build();
        return run(input, builder -> builder.verifier(verifier), home.route(), all);
    }

    private static CommandLineRun run(
            String input,
            Consumer<Porthole.Builder> surroundings,
            UnaryOperator<InetSocketAddress> route,
            List<String> args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        Session session = new Session(
                new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)),
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                false,
                () -> List.of(UpnpGatewayFinder.builder().window(WINDOW).build()),
                () -> Relay.builder().route(route),
                surroundings,
                porthole -> Optional.empty());
        int exit = PortholeCommand.run(session, args.toArray(String[]::new));
        return new CommandLineRun(exit, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The one document on standard output. */
    Map<String, Object> json() {
        assertThat(out).endsWith("}" + System.lineSeparator());
        assertThat(out.strip().lines()).hasSize(1);
        try {
            return JSON.std.mapFrom(out);
        } catch (IOException e) {
            throw new AssertionError(out, e);
        }
    }

    /** A list of objects of the document. */
    @SuppressWarnings("unchecked")
    List<Map<String, Object>> list(String name) {
        return (List<Map<String, Object>>) json().get(name);
    }

    /** An object of the document. */
    @SuppressWarnings("unchecked")
    Map<String, Object> object(String name) {
        return (Map<String, Object>) json().get(name);
    }

    /** The codes of the findings, in order. */
    List<Object> codes() {
        return list("findings").stream().map(finding -> finding.get("code")).toList();
    }

    CommandLineRun exits(ExitStatus status) {
        assertThat(exit).as("%s", this).isEqualTo(status.number());
        return this;
    }
}
