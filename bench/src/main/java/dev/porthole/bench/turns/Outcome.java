package dev.porthole.bench.turns;

/** What came of one turn. Written and read as one line, because contestants live in processes of their own. */
public sealed interface Outcome {
    /**
     * It was done.
     *
     * @param nanos how long it took
     */
    record Took(long nanos) implements Outcome {}

    /**
     * The library does not offer it.
     *
     * @param reason what it does instead
     */
    record Cannot(String reason) implements Outcome {}

    /**
     * It went wrong.
     *
     * @param reason what was seen
     */
    record Failed(String reason) implements Outcome {}

    /**
     * The outcome as a line.
     *
     * @return what {@link #parse} reads
     */
    default String line() {
        if (this instanceof Took took) {
            return "took " + took.nanos();
        }
        return this instanceof Cannot cannot ? "cannot " + cannot.reason() : "failed " + ((Failed) this).reason();
    }

    /**
     * Reads what {@link #line} wrote.
     *
     * @param line the line
     * @return the outcome; what is no such line is a failure
     */
    static Outcome parse(String line) {
        String[] words = line.split(" ", 2);
        return switch (words[0]) {
            case "took" -> new Took(Long.parseLong(words[1]));
            case "cannot" -> new Cannot(words[1]);
            default -> new Failed(line);
        };
    }
}
