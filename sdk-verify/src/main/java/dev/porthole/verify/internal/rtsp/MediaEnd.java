package dev.porthole.verify.internal.rtsp;

/** Why watching the media ended. */
enum MediaEnd {
    /** What was to be seen was seen. */
    ENOUGH,
    /** Nothing more came in time. */
    SILENCE,
    /** Media was flowing when the time for the whole check was up. */
    OUT_OF_TIME,
    /** The camera ended the connection. */
    CLOSED,
    /** Something came that is neither media nor RTSP. */
    GARBLED
}
