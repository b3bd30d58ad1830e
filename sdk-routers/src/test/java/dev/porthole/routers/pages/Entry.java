package dev.porthole.routers.pages;

/** One rule as a simulated router holds it. */
public record Entry(
        String name, String from, String to, String internal, String host, String protocol, boolean on, String extra) {
    public boolean ours() {
        return name.startsWith("porthole");
    }

    static Entry of(String name, int from, int internal, String host, String protocol) {
        return new Entry(name, "" + from, "" + from, "" + internal, host, protocol, true, "kept");
    }
}
