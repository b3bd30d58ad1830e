package dev.porthole.routers.internal.script;

/** JavaScript's null and undefined, which printing does not tell apart. */
enum Nothing {
    NOTHING
}
