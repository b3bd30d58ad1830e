package dev.porthole.pcp;

import java.time.Duration;

/** How long gateways are given to answer a search. */
final class SearchWindow {
    /**
     * One hop away: a healthy gateway answers within milliseconds. A slow one, whose hardware address has to be found out
     * first, may take a second; nobody waits longer for that, because a search by UPnP goes on beside this one anyway.
     */
    static final Duration DEFAULT = Duration.ofSeconds(2);

    private SearchWindow() {}

    static Duration checked(Duration value) {
        if (value.isNegative()) {
            throw new IllegalArgumentException(value + " is negative");
        }
        return value;
    }
}
