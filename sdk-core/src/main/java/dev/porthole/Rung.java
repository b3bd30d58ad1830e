package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.MappingProtocol;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One rung of the ladder: what came of a protocol, on one gateway where it found any.
 *
 * @param protocol the protocol
 * @param gateway the gateway; empty where none answered, or had not yet
 * @param outcome what came of it
 * @param findings why it did not do; empty where nothing stood in the way
 */
public record Rung(MappingProtocol protocol, Optional<Gateway> gateway, Outcome outcome, List<Finding> findings) {
    /** What came of a rung. */
    public enum Outcome {
        /** At least one camera was mapped here. */
        MAPPED,
        /** It was asked and mapped no camera; the findings say why. */
        REFUSED,
        /** It cannot map: its router has no address of the Internet, or does not answer properly. */
        UNUSABLE,
        /** No gateway answered by this protocol. */
        NOT_FOUND,
        /** When another rung did, or time was over, it had not answered yet, or was not asked. */
        NOT_ASKED
    }

    /** Copies the list. */
    public Rung {
        Objects.requireNonNull(protocol, "protocol");
        Objects.requireNonNull(gateway, "gateway");
        Objects.requireNonNull(outcome, "outcome");
        findings = List.copyOf(findings);
    }

    /**
     * Why this rung did not do, in a sentence or two for a person.
     *
     * @return the first finding's message, else what the outcome means; empty where it did
     */
    public Optional<String> reason() {
        return switch (outcome) {
            case MAPPED -> Optional.empty();
            case NOT_FOUND -> Optional.of(words("no gateway answered"));
            case NOT_ASKED -> Optional.of(words(gateway.isPresent() ? "not asked any more" : "had not answered yet"));
            case REFUSED, UNUSABLE -> Optional.of(words("it mapped nothing"));
        };
    }

    private String words(String otherwise) {
        return findings.stream().findFirst().map(Finding::message).orElse(otherwise);
    }
}
