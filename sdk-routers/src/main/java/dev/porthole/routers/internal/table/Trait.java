package dev.porthole.routers.internal.table;

/** What one word over a column, or in a field's name, tells about it. A column's meaning comes from several. */
enum Trait {
    PORT,
    RANGE,
    HOST,
    NAME,
    PROTOCOL,
    TYPE,
    ENABLED,
    DISABLED,
    ACTION,
    INDEX,
    OTHER,
    EXTERNAL,
    INTERNAL,
    REMOTE,
    LIMIT,
    SRC,
    DEST,
    START,
    END,
    FROM,
    TO,
    TCP,
    UDP,
    TRIGGER,
    /** What the whole page is about, such as port forwarding: the word port in it makes no column one of ports. */
    SUBJECT
}
