package dev.porthole.bench.turns;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What one player achieved in one task. Times are milliseconds. */
public final class Results {
    private final String player;
    private final List<Double> later = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private OptionalDouble first = OptionalDouble.empty();
    private String requests = "";
    private boolean able = true;

    /**
     * Of a player that has not played yet.
     *
     * @param player its name in the tables
     */
    public Results(String player) {
        this.player = player;
    }

    /**
     * Whose they are.
     *
     * @return the name in the tables
     */
    public String player() {
        return player;
    }

    /**
     * Notes a turn.
     *
     * @param outcome what came of it
     * @param kept whether it counts; one that was only to warm up does not, unless it is the first or went wrong
     */
    public void add(Outcome outcome, boolean kept) {
        if (outcome instanceof Outcome.Took took) {
            double millis = took.nanos() / 1e6;
            if (first.isEmpty()) {
                first = OptionalDouble.of(millis);
            } else if (kept) {
                later.add(millis);
            }
        } else if (outcome instanceof Outcome.Cannot cannot) {
            able = false;
            problems.add(cannot.reason());
        } else if (outcome instanceof Outcome.Failed failed) {
            problems.add(failed.reason());
        }
    }

    /**
     * Notes what was sent in one turn.
     *
     * @param count as it is to stand in the tables
     */
    public void requests(String count) {
        requests = count;
    }

    /**
     * What was sent in one turn.
     *
     * @return empty where it was not counted
     */
    public String requests() {
        return requests;
    }

    /**
     * Whether it makes sense to go on.
     *
     * @return false where it cannot be done, or went wrong thrice
     */
    public boolean able() {
        return able && problems.size() < 3;
    }

    /**
     * The first turn.
     *
     * @return empty where none succeeded
     */
    public OptionalDouble first() {
        return first;
    }

    /**
     * The median of the later turns.
     *
     * @return that of the only turn where there was but one; empty where there was none
     */
    public OptionalDouble median() {
        double[] sorted = sorted();
        if (sorted.length == 0) {
            return first;
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    /**
     * The shortest of the later turns.
     *
     * @return NaN where there was none
     */
    public double least() {
        double[] sorted = sorted();
        return sorted.length == 0 ? Double.NaN : sorted[0];
    }

    /**
     * The longest of the later turns.
     *
     * @return NaN where there was none
     */
    public double most() {
        double[] sorted = sorted();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
    }

    /**
     * How many later turns there were.
     *
     * @return 0 or more
     */
    public int turns() {
        return later.size();
    }

    private double[] sorted() {
        double[] sorted = later.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /**
     * What went wrong.
     *
     * @return without repetitions
     */
    public List<String> problems() {
        return problems.stream().distinct().toList();
    }
}
