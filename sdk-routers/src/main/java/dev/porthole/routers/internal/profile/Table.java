package dev.porthole.routers.internal.profile;

import java.util.List;
import java.util.Optional;

/**
 * A router's list as it was read.
 *
 * @param rows every row, also those that are no rules
 * @param last the answer that brought the last part; empty where there was none
 * @param values what is known after the list's requests
 */
record Table(List<Numbered> rows, Optional<Seen> last, Values values) {
    /**
     * A row.
     *
     * @param page the value of {@code page} when it was read
     */
    record Numbered(RawRow raw, String page) {}
}
