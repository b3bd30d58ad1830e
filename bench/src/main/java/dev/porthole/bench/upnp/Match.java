package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.Outcome;
import dev.porthole.bench.turns.Results;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Lets all players do a task in turns: A B C, then B C A, and so on, so that noise meets all alike. */
final class Match {
    private final List<Player> players;
    private final Referee referee;
    private final Traffic traffic;

    Match(List<Player> players, Referee referee, Traffic traffic) {
        this.players = players;
        this.referee = referee;
        this.traffic = traffic;
    }

    /**
     * Plays.
     *
     * @param task the task
     * @param entries how many entries the gateway's table has
     * @param warmUp how many rounds are played before those that count, besides the very first
     * @param rounds how many rounds count
     * @return one for each player, in their order
     */
    List<Results> play(Task task, int entries, int warmUp, int rounds) throws IOException, InterruptedException {
        List<Results> results = new ArrayList<>();
        players.forEach(player -> results.add(new Results(player.name())));
        int all = 1 + warmUp + rounds;
        for (int round = 0; round < all; round++) {
            for (int turn = 0; turn < players.size(); turn++) {
                int who = (round + turn) % players.size();
                boolean plays = round == 0 || round > all - players.get(who).rounds(task, all);
                if (plays && results.get(who).able()) {
                    results.get(who).add(turn(players.get(who), task, entries), round > warmUp);
                }
            }
        }
        for (int who = 0; who < players.size(); who++) {
            if (results.get(who).able()) {
                count(players.get(who), task, entries, results.get(who));
            }
        }
        return results;
    }

    private Outcome turn(Player player, Task task, int entries) throws IOException, InterruptedException {
        Outcome outcome = player.play(task, entries);
        return referee.check(task, player, outcome);
    }

    /** One more turn, whose time does not count. */
    private void count(Player player, Task task, int entries, Results results)
            throws IOException, InterruptedException {
        Traffic.Count before = traffic.count();
        Outcome outcome = player.play(task, entries);
        Traffic.Count sent = traffic.count().since(before);
        if (referee.check(task, player, outcome) instanceof Outcome.Took) {
            results.requests(sent.toString());
        }
    }
}
