package dev.porthole.verify.internal;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One attempt to reach a target, as it goes along: the stages passed with their times, the evidence, the findings; and
 * what follows for the vantage. Not thread-safe.
 */
public final class Attempt {
    /** A probe sees about fifteen things; the bound is for a peer that tries to fill reports. */
    private static final int MAX_EVIDENCE = 40;

    /** Causes that a router which does not lead its external address back to the LAN explains by itself. */
    private static final Set<FindingCode> HAIRPIN_EXPLAINS = Set.of(FindingCode.NOT_REACHABLE, FindingCode.TIMED_OUT);

    private final Target target;
    private final Vantage vantage;
    private final Redactor redactor;
    private final long start = System.nanoTime();
    private final Map<Stage, Duration> times = new EnumMap<>(Stage.class);
    private final Map<String, String> evidence = new LinkedHashMap<>();
    private final List<Finding> remarks = new ArrayList<>();
    private Stage next = Stage.CONNECT;

    /** Starts the clock. */
    public Attempt(Target target, Vantage vantage) {
        this.target = target;
        this.vantage = vantage;
        this.redactor = new Redactor(target.credentials());
    }

    /** What is to be reached. */
    public Target target() {
        return target;
    }

    /** From where. */
    public Vantage vantage() {
        return vantage;
    }

    /** The stage under way. */
    public Stage stage() {
        return next;
    }

    /** Says which stage is under way. */
    public void begin(Stage stage) {
        next = stage;
    }

    /** Notes that a stage was passed now; of a stage passed again, the first time counts. */
    public void passed(Stage stage) {
        passed(stage, elapsed());
    }

    /** Notes that a stage was passed some time after the start. */
    public void passed(Stage stage, Duration time) {
        times.putIfAbsent(stage, time);
    }

    /** The time since the start. */
    public Duration elapsed() {
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** Notes something seen. Empty values are not noted. */
    public void saw(String name, String value) {
        String clean = clean(value);
        if (!clean.isEmpty() && evidence.size() < MAX_EVIDENCE) {
            evidence.put(name, clean);
        }
    }

    /** Text of the peer, fit for a message. */
    public String clean(String text) {
        return redactor.clean(text);
    }

    /** What was seen so far. */
    public Map<String, String> evidence() {
        return Collections.unmodifiableMap(evidence);
    }

    /** Adds a finding that is not the cause of a failure. */
    public void remark(FindingCode code, String message, String remedy) {
        remark(Finding.of(code, message, remedy));
    }

    /** Adds a finding that is not the cause of a failure. */
    public void remark(Finding finding) {
        remarks.add(finding);
    }

    /** The verdict on a service that was reached. */
    public Verdict reached(Stage stage) {
        return verdict(Verdict.Status.REACHABLE, stage, remarks);
    }

    /** The verdict on a service that was not reached, at the stage under way. */
    public Verdict failed(FindingCode code, String message, String remedy) {
        return failed(List.of(Finding.of(code, message, remedy)));
    }

    /** The verdict on a service that was not reached, at the stage under way; the cause comes first. */
    public Verdict failed(List<Finding> causes) {
        List<Finding> findings = new ArrayList<>(causes);
        Verdict.Status status = Verdict.Status.UNREACHABLE;
        if (vantage.kind() == Vantage.Kind.HAIRPIN) {
            status = Verdict.Status.INCONCLUSIVE;
            weaken(findings);
        }
        findings.addAll(remarks);
        return verdict(status, next, findings);
    }

    /** The verdict where nothing can be said. */
    public Verdict inconclusive(FindingCode code, String message, String remedy) {
        return verdict(Verdict.Status.INCONCLUSIVE, next, List.of(Finding.of(code, message, remedy)));
    }

    /** The verdict of somebody else who tried the target, with their findings, made fit to be shown. */
    public Verdict concluded(Verdict.Status status, Stage stage, List<Finding> theirs) {
        List<Finding> findings = new ArrayList<>();
        for (Finding finding : theirs) {
            findings.add(Finding.of(
                    finding.code(), redactor.message(finding.message()), redactor.message(finding.remedy())));
        }
        findings.addAll(remarks);
        return verdict(status, stage, findings);
    }

    private void weaken(List<Finding> findings) {
        boolean beforeTheCamera =
                next.compareTo(Stage.PROTOCOL) <= 0 || findings.get(0).code() == FindingCode.WRONG_DEVICE;
        if (!beforeTheCamera) {
            return;
        }
        String seen = "";
        for (Finding finding : List.copyOf(findings)) {
            if (HAIRPIN_EXPLAINS.contains(finding.code())) {
                seen = " Seen: " + finding.message();
                findings.remove(finding);
            }
        }
        findings.add(Finding.of(
                FindingCode.NO_HAIRPIN,
                "From inside the LAN, " + target.uri()
                        + " does not lead to the camera. That proves nothing: many routers do not lead their own"
                        + " external address back to the LAN, or answer there themselves, while it works from outside."
                        + seen,
                "Check from outside: from a host elsewhere, from a phone without Wi-Fi, or through a probe agent."));
    }

    private Verdict verdict(Verdict.Status status, Stage stage, List<Finding> findings) {
        return new Verdict(status, stage, vantage, times, evidence, findings);
    }
}
