package dev.porthole.relay;

/** Why a connection was not relayed at all. */
public enum RelayRefusal {
    /** The source policy does not allow that host. */
    SOURCE_NOT_ALLOWED,
    /** That host has as many connections as one host may have. */
    TOO_MANY_FROM_SOURCE,
    /** There are as many connections as there may be. */
    TOO_MANY,
    /** The connection came from the relay itself: relays in a circle. */
    LOOP
}
