package dev.porthole.routers.internal.profile;

import dev.porthole.routers.internal.RuleRefusedException;
import java.util.List;
import java.util.Optional;

/** How a router writes its list. Immutable. */
interface RowCodec {
    /** The rows of an answer, in order; empty where it holds no list. */
    Optional<List<RawRow>> read(Seen seen);

    /**
     * The whole list, to be written back: what {@code ${rows}} stands for.
     *
     * @param kept rows that stay, as they were read
     * @param added a new row as the profile's {@code new} gives it
     * @throws RuleRefusedException where a value cannot stand in the list
     */
    Object joined(List<RawRow> kept, Optional<Object> added);
}
