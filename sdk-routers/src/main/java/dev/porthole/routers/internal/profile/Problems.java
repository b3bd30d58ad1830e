package dev.porthole.routers.internal.profile;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.nodes.Node;

/** What is wrong with a profile: file, line, column, and what would be right. Several are told at once. */
final class Problems {
    /** More than a person mends before trying again. */
    private static final int MOST = 20;

    /** A typing error of two letters is still recognised. */
    private static final int NEAR = 2;

    private final String file;
    private final List<String> found = new ArrayList<>();
    private boolean more;

    Problems(String file) {
        this.file = file;
    }

    void at(Node node, String problem) {
        at(node.getStartMark(), problem);
    }

    void at(Optional<Mark> mark, String problem) {
        int line = mark.map(Mark::getLine).orElse(0) + 1;
        int column = mark.map(Mark::getColumn).orElse(0) + 1;
        add(file + ":" + line + ":" + column + ": " + problem);
    }

    private void add(String problem) {
        if (found.size() == MOST) {
            more = true;
        } else if (!found.contains(problem)) {
            found.add(problem);
        }
    }

    boolean any() {
        return !found.isEmpty();
    }

    void throwAny() throws ProfileProblems {
        if (any()) {
            List<String> told = new ArrayList<>(found);
            if (more) {
                told.add(file + ": there are more problems; these come first");
            }
            throw new ProfileProblems(told);
        }
    }

    /** Untrusted text as it can stand in a message. */
    static String quoted(String text) {
        String plain = text.replaceAll("[^\\x20-\\x7E]", "?");
        return "'" + (plain.length() <= 60 ? plain : plain.substring(0, 57) + "...") + "'";
    }

    /** Words that follow the name of something unknown: what may have been meant, else all that is known. */
    static String meant(String given, Collection<String> known) {
        String best = "";
        int least = NEAR + 1;
        for (String name : known) {
            int distance = distance(given.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
            if (distance < least && distance < Math.max(2, name.length())) {
                least = distance;
                best = name;
            }
        }
        return best.isEmpty()
                ? "known are " + String.join(", ", known.stream().sorted().toList())
                : "did you mean '" + best + "'?";
    }

    private static int distance(String a, String b) {
        if (a.length() > 60 || b.length() > 60) {
            return Integer.MAX_VALUE;
        }
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
