package dev.porthole.bench.plan;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.util.Statistics;

/** Runs {@link PlannerBench} and prints its result as Markdown. */
public final class PlannerReport {
    private PlannerReport() {}

    /**
     * Runs.
     *
     * @param args the file for JMH's own output; {@code --quick} for one short iteration
     * @throws RunnerException where JMH fails
     */
    public static void main(String[] args) throws RunnerException {
        ChainedOptionsBuilder options = new OptionsBuilder()
                .include(PlannerBench.class.getName())
                .shouldFailOnError(true)
                .output(args[0]);
        if (List.of(args).contains("--quick")) {
            options.forks(1).warmupIterations(1).measurementIterations(1).measurementTime(TimeValue.milliseconds(200));
        }
        print(new Runner(options.build()).run());
    }

    private static void print(Collection<RunResult> results) {
        System.out.println("| | gateway | median, µs | 99 %, µs | 99.9 %, µs | plans measured |");
        System.out.println("|---|---|---:|---:|---:|---:|");
        results.stream()
                .sorted(Comparator.comparing(
                                (RunResult r) -> r.getPrimaryResult().getLabel())
                        .thenComparing(r -> r.getParams().getParam("scene")))
                .forEach(PlannerReport::print);
    }

    private static void print(RunResult result) {
        Statistics times = result.getPrimaryResult().getStatistics();
        System.out.printf(
                Locale.ROOT,
                "| %s | %s | %.0f | %.0f | %.0f | %,d |%n",
                result.getPrimaryResult().getLabel(),
                result.getParams().getParam("scene").toLowerCase(Locale.ROOT).replace('_', ' '),
                times.getPercentile(50),
                times.getPercentile(99),
                times.getPercentile(99.9),
                times.getN());
    }
}
