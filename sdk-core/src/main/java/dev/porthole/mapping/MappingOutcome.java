package dev.porthole.mapping;

import java.util.Objects;
import java.util.OptionalInt;

/** What came of asking a gateway for a mapping. */
public sealed interface MappingOutcome {
    /**
     * The mapping is there: it was read back after the gateway had granted it.
     *
     * @param mapping the mapping as read back; external port and lease are what was granted, not what was asked
     * @param how what was done about it
     */
    record Mapped(PortMapping mapping, How how) implements MappingOutcome {
        /** What was done about a mapping. */
        public enum How {
            /** It was not there and was made: where it is not wanted after all, it is to be released. */
            MADE,
            /** It was there and was asked for anew, or may have been there: not every protocol tells. */
            REFRESHED,
            /** It was there and needed nothing, so that the gateway was only looked at. */
            UNCHANGED
        }

        /** Checks that nothing is missing. */
        public Mapped {
            Objects.requireNonNull(mapping, "mapping");
            Objects.requireNonNull(how, "how");
        }

        /**
         * A mapping that was asked for, by a protocol that does not tell whether it was there.
         *
         * @param mapping the mapping as read back
         */
        public Mapped(PortMapping mapping) {
            this(mapping, How.REFRESHED);
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
