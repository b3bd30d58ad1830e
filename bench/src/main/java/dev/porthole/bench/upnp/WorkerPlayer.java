package dev.porthole.bench.upnp;

import dev.porthole.bench.turns.Outcome;
import dev.porthole.bench.turns.WorkerProcess;
import java.io.IOException;
import java.nio.file.Path;

/** A library in a Java process that stays warm between its turns. */
final class WorkerPlayer implements Player {
    /** Its discovery waits fifteen seconds, whatever is found. */
    private static final int ROUNDS_OF_A_SLOW_DISCOVERY = 3;

    private final Entrant entrant;
    private final WorkerProcess worker;

    WorkerPlayer(Entrant entrant, Path logs) throws IOException {
        this.entrant = entrant;
        worker = new WorkerProcess(Worker.class, entrant.name(), logs);
    }

    @Override
    public String name() {
        return entrant.title();
    }

    @Override
    public Outcome play(Task task, int entries) throws InterruptedException {
        return worker.ask(task + " " + entries);
    }

    @Override
    public int rounds(Task task, int rounds) {
        return entrant == Entrant.OFFBYNULL && task == Task.DISCOVER
                ? Math.min(rounds, ROUNDS_OF_A_SLOW_DISCOVERY)
                : rounds;
    }

    @Override
    public void close() {
        worker.close();
    }
}
