package dev.porthole.routers.internal.table;

/** What a column of a port-forwarding table holds. */
enum Meaning {
    NAME("name"),
    EXTERNAL_START("external port"),
    EXTERNAL_END("last external port"),
    INTERNAL_START("internal port"),
    INTERNAL_END("last internal port"),
    HOST("internal address"),
    PROTOCOL("protocol"),
    TCP("TCP on or off"),
    UDP("UDP on or off"),
    ENABLED("enabled"),
    DISABLED("switched off"),
    SOURCE("allowed source"),
    OTHER("not needed");

    private final String words;

    Meaning(String words) {
        this.words = words;
    }

    /** For messages. */
    String words() {
        return words;
    }
}
