package dev.porthole.mapping;

import java.util.Objects;
import java.util.OptionalInt;

/** What came of asking a gateway for a mapping. */
public sealed interface MappingOutcome {
    /**
     * The mapping is there: it was read back after the gateway had granted it.
     *
     * @param mapping the mapping as read back; external port and lease are what was granted, not what was asked
     * @param unchanged whether it was there and needed nothing, so that the gateway was only looked at
     */
    record Mapped(PortMapping mapping, boolean unchanged) implements MappingOutcome {
        /** Checks that nothing is missing. */
        public Mapped {
            Objects.requireNonNull(mapping, "mapping");
        }

        /**
         * A mapping that was made or refreshed.
         *
         * @param mapping the mapping as read back
         */
        public Mapped(PortMapping mapping) {
            this(mapping, false);
        }
    }

    /**
     * The gateway refused, and nothing of the attempt is left on it.
     *
     * @param reason why
     * @param protocolCode the protocol's own code, for example UPnP's 718; empty where it gave none
     * @param detail one or two sentences for a person: what was refused, and what to do where that is known
     */
    record Refused(Refusal reason, OptionalInt protocolCode, String detail) implements MappingOutcome {
        /** Checks that nothing is missing. */
        public Refused {
            Objects.requireNonNull(reason, "reason");
            Objects.requireNonNull(protocolCode, "protocolCode");
            Objects.requireNonNull(detail, "detail");
        }
    }
}
