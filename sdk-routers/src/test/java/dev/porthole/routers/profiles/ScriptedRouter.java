package dev.porthole.routers.profiles;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A router whose answers a test writes, and that remembers what it was asked. */
public final class ScriptedRouter extends FakeRouter {
    private final Function<Ask, Answer> answers;
    private final List<String> asked = new ArrayList<>();
    private final List<Ask> all = new ArrayList<>();

    public ScriptedRouter(Function<Ask, Answer> answers) throws IOException {
        this.answers = answers;
    }

    /** Methods and paths with their queries, in order. */
    public synchronized List<String> asked() {
        return List.copyOf(asked);
    }

    /** The last request to a path. */
    public synchronized Ask last(String path) {
        return all.stream()
                .filter(ask -> ask.path().equals(path))
                .reduce((a, b) -> b)
                .orElseThrow();
    }

    @Override
    protected Answer answer(Ask ask) {
        asked.add(ask.method() + " " + ask.exchange().getRequestURI());
        all.add(ask);
        return answers.apply(ask);
    }

    @Override
    protected boolean counts(Ask ask) {
        return true;
    }

    @Override
    protected Runnable undo() {
        return () -> {};
    }

    @Override
    protected void endSessions() {
        // There are none.
    }
}
