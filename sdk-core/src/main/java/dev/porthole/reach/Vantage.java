package dev.porthole.reach;

import java.util.Objects;

/**
 * From where a service is tried. What can be concluded depends on it.
 *
 * @param kind the kind of place
 * @param label for reports
 */
public record Vantage(Kind kind, String label) {
    /** The kinds of places. */
    public enum Kind {
        /** This host, which is outside the camera's LAN: what it sees, others see. */
        HERE,
        /**
         * This host, inside the camera's LAN, dialling the gateway's external address. Weak: many gateways do not lead
         * such connections back, so failure proves nothing.
         */
        HAIRPIN,
        /** This host, on the camera's own LAN, dialling the camera's own address: whether it works at all. */
        LAN,
        /** A probe agent outside, which dials the address by which it sees this host. */
        AGENT
    }

    /** This host, outside the camera's LAN. */
    public static final Vantage HERE = new Vantage(Kind.HERE, "here");

    /** This host, inside the camera's LAN. */
    public static final Vantage HAIRPIN = new Vantage(Kind.HAIRPIN, "hairpin");

    /** This host, on the camera's LAN, without the gateway in between. */
    public static final Vantage LAN = new Vantage(Kind.LAN, "LAN");

    /**
     * A probe agent outside.
     *
     * @param label where it is, for reports: its URL
     * @return the vantage
     */
    public static Vantage agent(String label) {
        return new Vantage(Kind.AGENT, label);
    }

    /** Checks that nothing is missing. */
    public Vantage {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(label, "label");
    }
}
