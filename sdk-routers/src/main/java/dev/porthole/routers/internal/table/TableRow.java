package dev.porthole.routers.internal.table;

import java.util.List;

/**
 * One row of an understood table.
 *
 * @param index its place among the sheet's rows
 * @param state what it is
 * @param rules what it says; several where a cell lists several ports; empty unless {@code RULE}
 * @param content everything that it shows, to compare with later
 */
record TableRow(int index, State state, List<Rule> rules, String content) {
    /** What a row is. */
    enum State {
        /** It maps ports. */
        RULE,
        /** It is empty and can be filled. */
        FREE,
        /** Its ports are given and its address is not: "HTTP (Web) 80 80 Not configured". */
        PRESET,
        /** It says something that is not a port mapping; it is left alone. */
        OPAQUE
    }

    TableRow {
        rules = List.copyOf(rules);
    }

    TableRow(int index, State state, String content) {
        this(index, state, List.of(), content);
    }
}
