package dev.porthole.bench.upnp;

/** What the contestants are asked to do. */
enum Task {
    /** From nothing to a gateway that can be asked for mappings. */
    DISCOVER("Discovery, to the first usable gateway", 1.1),
    /** One question. */
    EXTERNAL_ADDRESS("External address", 0),
    /** The web page and RTSP of one camera. */
    CAMERA("HTTP and RTSP of one camera: two mappings, each added and read back", 1.2),
    /** Many mappings, in each library's usual way. */
    ADDS("200 mappings in a row, added in each one's usual way", 0),
    /** Many mappings, all read back. */
    ADDS_READ_BACK("200 mappings in a row, each added and read back", 1.1),
    /** The whole table. */
    LIST("Listing the table", 0);

    private final String title;
    private final double target;

    Task(String title, double target) {
        this.title = title;
        this.target = target;
    }

    /** The heading of the task's table. */
    String title() {
        return title;
    }

    /** How many times of the floor Porthole may take; 0 where nothing was promised. */
    double target() {
        return target;
    }
}
