package dev.porthole.routers.internal.profile;

import java.util.Optional;

/** One row of a router's list as the router wrote it. */
interface RawRow {
    /** The text at a place within the row; empty where there is nothing. */
    Optional<String> get(String place);

    /** All of the row but its place in the list, in a form to compare. */
    String content();

    /** Whether the row is a rule at all; what is none is kept as it is. */
    default boolean isRule() {
        return true;
    }
}
