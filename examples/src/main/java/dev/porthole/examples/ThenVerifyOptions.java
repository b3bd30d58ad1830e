package dev.porthole.examples;

import dev.porthole.Deadline;
import dev.porthole.Porthole;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of trying, once a person has done the steps. */
final class ThenVerifyOptions {
    /** A router takes some seconds to apply a rule; asking it to forward more often than this helps nobody. */
    private static final long PAUSE_MILLIS = 2000;

    @Option(
            names = "--then-verify",
            order = 26,
            description = "Wait for Enter (a line on standard input), then try the services from outside.")
    boolean thenVerify;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS",
            order = 27,
            description = "With --then-verify: try again for so long, until all is reached. Default: try once.")
    @Nullable
    String wait;

    boolean asked() {
        if (wait != null && !thenVerify) {
            throw new InvalidInput("--wait", "it says how long to try; give --then-verify too");
        }
        return thenVerify;
    }

    /**
     * Shows the steps, waits for the person, and tries.
     *
     * @param document the steps for programs, to which the verdicts are added
     */
    Answer verify(InstructionsCommand command, ByHand byHand, String steps, Map<String, Object> document)
            throws InterruptedException {
        List<Target> targets = byHand.targets();
        if (targets.isEmpty()) {
            throw new InvalidInput(
                    "--external-address", "the router's external address is not known; give it, to be tried there");
        }
        Session session = command.session;
        command.progress.clear();
        (command.json ? session.err() : session.out()).print(steps);
        session.out().flush();
        session.err().println("porthole: press Enter when the rules are saved on the router.");
        readLine(session);
        Deadline until = Deadline.after(wait == null ? Duration.ZERO : Inputs.timeout("--wait", wait));
        List<Optional<Verdict>> verdicts = tried(command, targets);
        while (!reached(verdicts) && until.remainingMillis() > PAUSE_MILLIS) {
            TimeUnit.MILLISECONDS.sleep(PAUSE_MILLIS);
            verdicts = tried(command, targets);
        }
        return answer(command, byHand, verdicts, document);
    }

    private static boolean reached(List<Optional<Verdict>> verdicts) {
        return ExitStatus.of(verdicts) == ExitStatus.DONE;
    }

    private static void readLine(Session session) throws InterruptedException {
        try {
            StandardInput.read(() -> {
                int next = session.in().read();
                while (next >= 0 && next != '\n') {
                    next = session.in().read();
                }
                return next;
            });
        } catch (IOException e) {
            throw new InvalidInput("--then-verify", "standard input cannot be read: " + e.getMessage());
        }
    }

    private List<Optional<Verdict>> tried(InstructionsCommand command, List<Target> targets)
            throws InterruptedException {
        command.progress.progress(
                "trying " + Words.list(targets.stream().map(Target::uri).toList()));
        try (Porthole porthole = porthole(command, Optional.empty())) {
            return porthole.verify(targets);
        }
    }

    private static Porthole porthole(InstructionsCommand command, Optional<Vantage> from) {
        Porthole.Builder builder = Porthole.builder().listener(command.progress);
        command.session.surroundings().accept(builder);
        command.vantage.configure(command.session, builder, VantageOptions.CLOSELY);
        from.ifPresent(builder::vantage);
        return builder.timeout(command.gateways.deadline().remaining()).build();
    }

    private static Answer answer(
            InstructionsCommand command, ByHand byHand, List<Optional<Verdict>> verdicts, Map<String, Object> document)
            throws InterruptedException {
        List<Target> targets = byHand.targets();
        List<Finding> findings = diagnosed(command, byHand, verdicts);
        verdicts.forEach(verdict -> verdict.ifPresent(v -> findings.addAll(v.findings())));
        document.put("endpoints", Documents.verification(targets, verdicts).get("endpoints"));
        document.put("findings", Documents.findings(findings));
        return Answer.of(
                ExitStatus.of(verdicts), () -> document, () -> "\n" + Pages.verification(targets, verdicts, findings));
    }

    /** Where a service is not reached: whether the camera or the way to it is to blame. */
    private static List<Finding> diagnosed(InstructionsCommand command, ByHand byHand, List<Optional<Verdict>> verdicts)
            throws InterruptedException {
        List<Finding> findings = new ArrayList<>();
        if (ExitStatus.of(verdicts) != ExitStatus.NOT_REACHABLE) {
            return findings;
        }
        List<Optional<Verdict>> onLan;
        try (Porthole porthole = porthole(command, Optional.of(Vantage.LAN))) {
            onLan = porthole.verify(byHand.onLan());
        }
        for (int i = 0; i < verdicts.size(); i++) {
            boolean fails = verdicts.get(i)
                    .filter(v -> v.status() == Verdict.Status.UNREACHABLE)
                    .isPresent();
            if (fails) {
                diagnosis(byHand, i, onLan.get(i)).ifPresent(findings::add);
            }
        }
        return findings;
    }

    private static Optional<Finding> diagnosis(ByHand byHand, int index, Optional<Verdict> onLan) {
        String service = byHand.ports().get(index).camera().name() + " "
                + byHand.ports().get(index).service().name();
        int external = byHand.ports().get(index).externalPort();
        boolean answers =
                onLan.filter(v -> v.status() == Verdict.Status.REACHABLE).isPresent();
        boolean silent =
                onLan.filter(v -> v.status() == Verdict.Status.UNREACHABLE).isPresent();
        if (answers) {
            return Optional.of(Finding.of(
                    FindingCode.NOT_MAPPED,
                    service + " answers on the LAN, and not at external port " + external + ".",
                    "Look at the rule again: its address, its ports, whether it is switched on and saved; whether another"
                            + " router or the provider stands in front; and try another external port."));
        }
        return silent
                ? Optional.of(Finding.of(
                        FindingCode.CAMERA_DOWN,
                        service + " does not answer on the LAN either.",
                        "Check that the camera is on, and its address and port."))
                : Optional.empty();
    }
}
