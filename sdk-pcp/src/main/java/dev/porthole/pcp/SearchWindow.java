package dev.porthole.pcp;

import java.time.Duration;

/** How long gateways are given to answer a search. */
final class SearchWindow {
    /** One hop away: a healthy gateway answers within milliseconds; the second question makes up for a lost one. */
    static final Duration DEFAULT = Duration.ofMillis(750);

    private SearchWindow() {}

    static Duration checked(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(value + " is negative");
        }
        return value;
    }
}
