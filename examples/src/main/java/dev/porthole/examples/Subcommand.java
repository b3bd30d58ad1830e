package dev.porthole.examples;

import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** What all commands share: one answer, printed for programs or for people, whatever happens on the way. */
abstract class Subcommand implements Callable<Integer> {
    final Session session;
    final ProgressLine progress;

    @Spec
    CommandSpec spec = CommandSpec.create();

    @Option(names = "--json", order = 90, description = "Print one JSON document on standard output.")
    boolean json;

    @Option(
            names = PortholeCommand.DEBUG,
            order = 91,
            description = "Log every step on standard error, and show the stack trace of a failure.")
    boolean debug;

    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            order = 92,
            description = "Show this help.")
    boolean help;

    Subcommand(Session session) {
        this.session = session;
        this.progress = new ProgressLine(session);
    }

    /** Does the work. Invalid input is an {@link InvalidInput}. */
    abstract Answer answer() throws InterruptedException;

    /** This command's document where it came to nothing. */
    abstract Map<String, Object> nothing();

    /** The exit status where this program fails. */
    ExitStatus onFailure() {
        return ExitStatus.NOT_PUBLISHED;
    }

    @Override
    public final Integer call() {
        Answer answer;
        try {
            answer = answer();
        } catch (InvalidInput e) {
            answer = Answer.invalid(spec, nothing(), String.valueOf(e.getMessage()));
        } catch (InterruptedException | StandardInput.Interrupted e) {
            answer = interrupted();
        } catch (NatTraversalException e) {
            answer = failure(Finding.of(e.code(), String.valueOf(e.getMessage()), ""), e);
        } catch (RuntimeException | StackOverflowError | OutOfMemoryError e) {
            Finding finding = Finding.of(
                    FindingCode.INTERNAL_ERROR,
                    "porthole failed: " + e,
                    "Run it again with " + PortholeCommand.DEBUG + " and report what it prints.");
            answer = failure(finding, e);
        }
        progress.clear();
        return answer.print(session, json);
    }

    private Answer interrupted() {
        int released = progress.released().size();
        List<Finding> left = new ArrayList<>(progress.findings());
        left.removeIf(finding -> finding.code() != FindingCode.ROLLBACK_PENDING);
        if (!left.isEmpty()) {
            return complaint(ExitStatus.INTERRUPTED, left.get(0));
        }
        String message = "Interrupted. "
                + switch (released) {
                    case 0 -> "Nothing was changed.";
                    case 1 -> "The mapping that this run had made was released.";
                    default -> "The " + released + " mappings that this run had made were released.";
                };
        return complaint(ExitStatus.INTERRUPTED, Finding.of(FindingCode.INTERRUPTED, message, ""));
    }

    private Answer failure(Finding finding, Throwable cause) {
        if (debug) {
            cause.printStackTrace(session.err());
        }
        return complaint(onFailure(), finding);
    }

    private Answer complaint(ExitStatus status, Finding finding) {
        return Answer.complaint(status, nothing(), finding);
    }
}
