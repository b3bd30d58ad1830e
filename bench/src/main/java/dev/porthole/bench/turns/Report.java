package dev.porthole.bench.turns;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** Writes results as Markdown. The first of them is the floor. */
public final class Report {
    /** With this begin the names of those players of whom a target is promised. */
    public static final String OURS = "Porthole";

    private final PrintStream out;
    private final String base;

    /**
     * A report whose first row is the floor.
     *
     * @param out where it goes
     */
    public Report(PrintStream out) {
        this(out, "floor");
    }

    /**
     * A report.
     *
     * @param out where it goes
     * @param base what the first row is, against which the others are set
     */
    public Report(PrintStream out, String base) {
        this.out = out;
        this.base = base;
    }

    /**
     * Writes a table.
     *
     * @param title its heading
     * @param target how many times of the floor ours may take; 0 where nothing was promised
     * @param results one for each row
     */
    public void table(String title, double target, List<Results> results) {
        out.printf("%n### %s%n%n", title);
        boolean counted = results.stream().anyMatch(result -> !result.requests().isEmpty());
        out.printf("| | first, ms | later: median | min – max | turns | × %s | × %s, best turns |", base, base);
        out.println(counted ? " requests |" : "");
        out.println("|---|---:|---:|---:|---:|---:|---:|" + (counted ? "---:|" : ""));
        for (Results result : results) {
            row(result, results.get(0), target);
            out.println(counted ? " " + (result.median().isEmpty() ? "–" : result.requests()) + " |" : "");
        }
        for (Results result : results) {
            for (String problem : result.problems()) {
                out.printf("%n%s: %s.%n", result.player(), problem);
            }
        }
    }

    private void row(Results result, Results floor, double target) {
        OptionalDouble median = result.median();
        if (median.isEmpty()) {
            out.printf("| %s | – | – | – | – | – | – |", result.player());
            return;
        }
        double ratio = median.getAsDouble() / floor.median().orElse(Double.NaN);
        boolean promised = target > 0 && result.player().startsWith(OURS);
        boolean several = result.turns() > 0;
        out.printf(
                Locale.ROOT,
                "| %s | %s | %s | %s | %d | %.2f%s | %s |",
                result.player(),
                millis(result.first().orElse(Double.NaN)),
                millis(median.getAsDouble()),
                several ? millis(result.least()) + " – " + millis(result.most()) : "–",
                result.turns(),
                ratio,
                promised ? String.format(Locale.ROOT, " (%s %.1f)", ratio <= target ? "≤" : "**above**", target) : "",
                several ? String.format(Locale.ROOT, "%.2f", result.least() / floor.least()) : "–");
    }

    /** Three digits that matter. */
    private static String millis(double millis) {
        return String.format(Locale.ROOT, millis < 1 ? "%.2f" : millis < 100 ? "%.1f" : "%,.0f", millis);
    }
}
