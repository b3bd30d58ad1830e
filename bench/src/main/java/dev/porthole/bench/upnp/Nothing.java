package dev.porthole.bench.upnp;

/** Does nothing, so that the start of the Java machine itself can be timed. */
public final class Nothing {
    private Nothing() {}

    /**
     * Ends.
     *
     * @param args ignored
     */
    public static void main(String[] args) {}
}
