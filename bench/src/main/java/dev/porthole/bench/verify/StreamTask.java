package dev.porthole.bench.verify;

/** What is asked of those who look at a stream. */
enum StreamTask {
    /** From nothing to the first packet of media; the session's end does not count. */
    FIRST_PACKET("To the first media packet", 1.2),
    /** From nothing to the end of the session, once a packet has followed the first picture. */
    WHOLE("The whole call, to the next picture and the end of the session", 0);

    private final String title;
    private final double target;

    StreamTask(String title, double target) {
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
