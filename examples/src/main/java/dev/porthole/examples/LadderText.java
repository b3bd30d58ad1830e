package dev.porthole.examples;

import dev.porthole.Rung;
import dev.porthole.Rung.Outcome;
import dev.porthole.diagnose.Finding;
import java.util.List;
import java.util.stream.Collectors;

/** The rungs of the ladder for a person, one line each; nothing where the first one did. */
final class LadderText {
    private static final String LEAD = "Ladder   ";

    private LadderText() {}

    static void lines(Page page, List<Rung> rungs) {
        if (rungs.size() < 2 || rungs.get(0).outcome() == Outcome.MAPPED) {
            return;
        }
        String lead = LEAD;
        for (Rung rung : rungs) {
            page.line(lead + line(rung));
            lead = " ".repeat(LEAD.length());
        }
    }

    private static String line(Rung rung) {
        String codes = rung.findings().stream()
                .map(Finding::code)
                .map(Enum::name)
                .distinct()
                .collect(Collectors.joining(", "));
        String outcome = switch (rung.outcome()) {
            case MAPPED -> "mapped";
            case REFUSED -> "refused";
            case UNUSABLE -> "cannot map";
            case NOT_FOUND -> "no answer";
            case NOT_ASKED -> rung.gateway().isPresent() ? "not asked" : "had not answered yet";
        };
        boolean told = rung.outcome() != Outcome.MAPPED && !codes.isEmpty();
        return rung.protocol().id() + ": " + outcome + (told ? " (" + codes + ")" : "");
    }
}
