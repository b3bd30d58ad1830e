package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.Home;
import dev.porthole.bench.turns.Outcome;
import java.io.IOException;
import java.util.List;

/** Lets a contestant do a task once and takes the time. */
final class Turn {
    private final Contestant contestant;
    private final Home home;

    Turn(Contestant contestant, Home home) {
        this.contestant = contestant;
        this.home = home;
    }

    /**
     * Does a task.
     *
     * @param task the task
     * @param entries how many entries the gateway's table has, for {@link Task#LIST}
     */
    Outcome take(Task task, int entries) {
        List<Wish> wishes = new Wishes(home.camera()).of(task);
        try {
            if (task == Task.DISCOVER) {
                contestant.forget();
            }
            long start = System.nanoTime();
            run(task, wishes, entries);
            return new Outcome.Took(System.nanoTime() - start);
        } catch (UnsupportedOperationException e) {
            return new Outcome.Cannot(String.valueOf(e.getMessage()));
        } catch (Exception e) {
            e.printStackTrace();
            return new Outcome.Failed(String.valueOf(e).replaceAll("\\s+", " "));
        }
    }

    private void run(Task task, List<Wish> wishes, int entries) throws Exception {
        switch (task) {
            case DISCOVER -> contestant.discover();
            case EXTERNAL_ADDRESS -> expect(home.external(), contestant.externalAddress());
            case CAMERA, ADDS_READ_BACK -> {
                for (Wish wish : wishes) {
                    contestant.addAndReadBack(wish);
                }
            }
            case ADDS -> {
                for (Wish wish : wishes) {
                    contestant.add(wish);
                }
            }
            case LIST -> expect(entries, contestant.list());
        }
    }

    private static void expect(Object expected, Object got) throws IOException {
        if (!expected.equals(got)) {
            throw new IOException("got " + got + " instead of " + expected);
        }
    }
}
