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
 * @param place where it belongs
 */
record Answer(ExitStatus status, Supplier<Map<String, Object>> document, Supplier<String> text, Place place) {
    /** Where an answer belongs. */
    enum Place {
        /** Standard output. */
        OUT,
        /** Its text on standard error, because there is nothing else to say. */
        ERR,
        /** Nowhere: it has been printed already. */
        NOWHERE
    }

    static Answer of(ExitStatus status, Supplier<Map<String, Object>> document, Supplier<String> text) {
        return new Answer(status, document, text, Place.OUT);
    }

    /** The end of a command that printed its answer long before. */
    static Answer printed(ExitStatus status) {
        return new Answer(status, Map::of, () -> "", Place.NOWHERE);
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
        return new Answer(status, () -> empty, page::toString, Place.ERR);
    }

    /** Prints the answer and returns the exit status. */
    int print(Session session, boolean json) {
        if (place == Place.NOWHERE) {
            return status.number();
        }
        if (json) {
            session.out().println(Json.text(document.get()));
        } else {
            (place == Place.ERR ? session.err() : session.out()).print(text.get());
        }
        session.out().flush();
        session.err().flush();
        return status.number();
    }
}
