package dev.porthole.routers;

import java.util.List;

/** A router's profile that cannot be used. The message and {@link #problems()} tell file, line and column of each problem. */
public final class InvalidProfileException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    InvalidProfileException(List<String> problems, Throwable cause) {
        super(String.join("\n", problems), cause);
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong, and what would be right.
     *
     * @return an unmodifiable list, not empty; each with file, line and column, for example {@code my.yaml:12:3: write has
     *     no key 'replce'; did you mean 'replace'?}
     */
    public List<String> problems() {
        return problems;
    }
}
