package dev.porthole.bench.upnp;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;

/** What one player achieved in one task. Times are milliseconds. */
final class Results {
    private final String player;
    private final List<Double> later = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private OptionalDouble first = OptionalDouble.empty();
    private String requests = "";
    private boolean able = true;

    Results(String player) {
        this.player = player;
    }

    String player() {
        return player;
    }

    /** Notes a turn; one that was only to warm up is not kept, unless it is the first or went wrong. */
    void add(Outcome outcome, boolean kept) {
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

    void requests(String count) {
        requests = count;
    }

    String requests() {
        return requests;
    }

    /** Whether it makes sense to go on. */
    boolean able() {
        return able && problems.size() < 3;
    }

    OptionalDouble first() {
        return first;
    }

    /** The median of the later turns; of the only turn where there was but one. */
    OptionalDouble median() {
        double[] sorted = sorted();
        if (sorted.length == 0) {
            return first;
        }
        int middle = sorted.length / 2;
        return OptionalDouble.of(sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2);
    }

    double least() {
        double[] sorted = sorted();
        return sorted.length == 0 ? Double.NaN : sorted[0];
    }

    double most() {
        double[] sorted = sorted();
        return sorted.length == 0 ? Double.NaN : sorted[sorted.length - 1];
    }

    int turns() {
        return later.size();
    }

    private double[] sorted() {
        double[] sorted = later.stream().mapToDouble(Double::doubleValue).toArray();
        Arrays.sort(sorted);
        return sorted;
    }

    /** What went wrong, without repetitions. */
    List<String> problems() {
        return problems.stream().distinct().toList();
    }
}
