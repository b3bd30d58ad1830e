package dev.porthole.relay;

/** Why a relayed connection ended. */
public enum RelayEnding {
    /** Both sides had said all they had to say. */
    FINISHED,
    /** One side broke it off, or vanished; the other was told by a reset. */
    ABORTED,
    /** Nothing passed in either direction for the time that is allowed. */
    IDLE,
    /** The camera refused the connection, or did not answer in time. */
    CAMERA_UNREACHABLE,
    /** The relay, or this port of it, was closed. */
    CLOSED
}
