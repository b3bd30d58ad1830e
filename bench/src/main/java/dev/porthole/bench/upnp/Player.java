package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.Outcome;

/** A contestant as the match sees it. */
interface Player extends AutoCloseable {
    /** The name in the tables. */
    String name();

    /**
     * Does a task once.
     *
     * @param task the task
     * @param entries how many entries the gateway's table has
     * @return what came of it
     * @throws InterruptedException where the thread was interrupted
     */
    Outcome play(Task task, int entries) throws InterruptedException;

    /**
     * In how many rounds it takes part, so that one that needs seconds does not make a run last for hours.
     *
     * @param task the task
     * @param rounds how many rounds there are
     * @return at most that many
     */
    int rounds(Task task, int rounds);

    @Override
    void close();
}
