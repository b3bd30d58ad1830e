package dev.porthole.bench.turns;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Who takes part.
 *
 * @param name the name in the tables
 * @param rounds in how many rounds at most, so that one that needs seconds does not make a run last for hours
 * @param turn does the task once
 */
public record Contender(String name, int rounds, Turn turn) {
    /** Does a task once. */
    @FunctionalInterface
    public interface Turn {
        /**
         * Does it.
         *
         * @return what came of it
         * @throws IOException where something outside of the contest fails
         * @throws InterruptedException where the thread was interrupted
         */
        Outcome take() throws IOException, InterruptedException;
    }

    /**
     * Lets all play in turns: A B C, then B C A, and so on, so that noise meets all alike.
     *
     * @param contenders who takes part
     * @param warmUp how many rounds are played before those that count, besides the very first
     * @param rounds how many rounds count
     * @param pause before each turn
     * @return one for each, in their order
     * @throws IOException where something outside of the contest fails
     * @throws InterruptedException where the thread was interrupted
     */
    public static List<Results> play(List<Contender> contenders, int warmUp, int rounds, Duration pause)
            throws IOException, InterruptedException {
        List<Results> results = new ArrayList<>();
        contenders.forEach(contender -> results.add(new Results(contender.name())));
        int all = 1 + warmUp + rounds;
        for (int round = 0; round < all; round++) {
            for (int turn = 0; turn < contenders.size(); turn++) {
                int who = (round + turn) % contenders.size();
                boolean plays = round == 0 || round >= all - contenders.get(who).rounds();
                if (plays && results.get(who).able()) {
                    Thread.sleep(pause.toMillis());
                    results.get(who).add(contenders.get(who).turn().take(), round > warmUp);
                }
            }
        }
        return results;
    }
}
