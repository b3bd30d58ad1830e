package dev.porthole;

import java.util.Arrays;
import java.util.function.Function;

/**
 * A password. Never shown by {@link #toString()}, not serializable, compared by nothing; {@link #close()} overwrites it.
 * Thread-safe for use; closing while another thread uses it makes that use fail.
 */
public final class Secret implements AutoCloseable {
    private final char[] value;
    private volatile boolean closed;

    private Secret(char[] value) {
        this.value = value;
    }

    /**
     * Takes a copy of the characters.
     *
     * @param value the password; the caller may overwrite it afterwards
     * @return the secret
     */
    public static Secret of(char[] value) {
        return new Secret(value.clone());
    }

    /**
     * Takes a password that is a string already.
     *
     * @param value the password
     * @return the secret
     */
    public static Secret of(String value) {
        return new Secret(value.toCharArray());
    }

    /**
     * Lets a function see the characters.
     *
     * @param <T> the function's result
     * @param function receives the characters, which it must not keep or change
     * @return the function's result
     * @throws IllegalStateException where the secret was closed
     */
    public <T> T use(Function<char[], T> function) {
        if (closed) {
            throw new IllegalStateException("the secret was closed");
        }
        return function.apply(value);
    }

    /** Overwrites the characters. Further use fails. */
    @Override
    public void close() {
        closed = true;
        Arrays.fill(value, '\0');
    }

    /** Says nothing of the value. */
    @Override
    public String toString() {
        return "***";
    }
}
