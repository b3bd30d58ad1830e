package dev.porthole.examples;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine.Model.CommandSpec;

/**
 * What a command has to say.
 *
 * @param status the exit status
 * @param document for programs; made only where it is asked for
 * @param text for people; made only where it is asked for
 * @param complaint whether the text belongs on standard error, because there is nothing else to say
 */
record Answer(ExitStatus status, Supplier<Map<String, Object>> document, Supplier<String> text, boolean complaint) {
    static Answer of(ExitStatus status, Supplier<Map<String, Object>> document, Supplier<String> text) {
        return new Answer(status, document, text, false);
    }

    /** The user's input cannot be used; {@code empty} is the command's document where it came to nothing. */
    static Answer invalid(CommandSpec command, Map<String, Object> empty, String message) {
        String help = "Try '" + command.qualifiedName() + " --help'.";
        return complaint(ExitStatus.USAGE, empty, Finding.of(FindingCode.INVALID_INPUT, message + ".", help));
    }

    /** The command came to nothing. */
    static Answer complaint(ExitStatus status, Map<String, Object> empty, Finding finding) {
        empty.put("findings", Documents.findings(List.of(finding)));
        Page page = new Page().paragraph("porthole: ", finding.message());
        if (!finding.remedy().isEmpty()) {
            page.paragraph("          ", finding.remedy());
        }
        return new Answer(status, () -> empty, page::toString, true);
    }

    /** Prints the answer and returns the exit status. */
    int print(Session session, boolean json) {
        if (json) {
            session.out().println(Json.text(document.get()));
        } else {
            (complaint ? session.err() : session.out()).print(text.get());
        }
        session.out().flush();
        session.err().flush();
        return status.number();
    }
}
