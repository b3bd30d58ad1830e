package dev.porthole.routers.internal.profile;

import java.util.List;

/** A profile that cannot be used. */
public final class ProfileProblems extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<String> problems;

    ProfileProblems(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    /**
     * What is wrong, each with file, line and column.
     *
     * @return an unmodifiable list, not empty
     */
    public List<String> problems() {
        return problems;
    }
}
