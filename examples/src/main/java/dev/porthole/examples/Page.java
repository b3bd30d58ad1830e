package dev.porthole.examples;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Text for a person in front of 80 columns. */
final class Page {
    private static final int WIDTH = 80;
    private static final String GAP = "  ";

    private final StringBuilder text = new StringBuilder();

    /** A line that is not wrapped, so that an address in it can be clicked and copied. */
    Page line(String line) {
        text.append(Words.plain(line).stripTrailing()).append('\n');
        return this;
    }

    Page blank() {
        if (!text.isEmpty()) {
            text.append('\n');
        }
        return this;
    }

    /** A paragraph: its first line starts with {@code lead}, the others are indented as far. */
    Page paragraph(String lead, String words) {
        String indent = " ".repeat(lead.length());
        StringBuilder line = new StringBuilder(lead);
        boolean empty = true;
        for (String word : Words.plain(words).split(" +")) {
            if (!empty && line.length() + 1 + word.length() > WIDTH) {
                text.append(line).append('\n');
                line.setLength(0);
                line.append(indent);
                empty = true;
            }
            line.append(empty ? "" : " ").append(word);
            empty = false;
        }
        text.append(line.toString().stripTrailing()).append('\n');
        return this;
    }

    /** A heading and what is under it, made by another page. */
    Page section(String heading, String body) {
        blank().line(heading).line("-".repeat(heading.length()));
        text.append(body);
        return this;
    }

    /** Rows of the same number of columns, aligned; what does not fit is cut from the last column. */
    Page table(String indent, List<List<String>> rows) {
        int columns = rows.isEmpty() ? 0 : rows.get(0).size();
        int[] widths = new int[columns];
        for (List<String> row : rows) {
            for (int i = 0; i < columns; i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder(indent);
            for (int i = 0; i < columns; i++) {
                String cell = Words.plain(row.get(i));
                line.append(cell).append(i < columns - 1 ? " ".repeat(widths[i] - cell.length()) + GAP : "");
            }
            text.append(cut(line.toString().stripTrailing())).append('\n');
        }
        return this;
    }

    /** What to do, then what is good to know; each cause with its remedy. */
    Page findings(List<Finding> findings) {
        List<Finding> once = findings.stream().distinct().toList();
        findings(
                "What to do",
                once.stream().filter(f -> f.severity() != Severity.INFO).toList());
        return findings(
                "Good to know",
                once.stream().filter(f -> f.severity() == Severity.INFO).toList());
    }

    private Page findings(String title, List<Finding> findings) {
        if (findings.isEmpty()) {
            return this;
        }
        blank().line(title);
        for (Finding finding : findings) {
            line("  " + finding.code() + " (" + finding.severity().name().toLowerCase(Locale.ROOT) + ")");
            paragraph("    ", finding.message());
            if (!finding.remedy().isEmpty()) {
                paragraph("    -> ", finding.remedy());
            }
        }
        return this;
    }

    private static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 3) + "...";
    }

    /** A table's rows, to be filled. */
    static List<List<String>> rows(String... heading) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(heading));
        return rows;
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
