package dev.porthole.examples;

import dev.porthole.plan.PortPolicy;

/** How external ports are chosen, as users name it. */
enum Policy {
    AUTO("auto"),
    SAME("same"),
    UNOFFICIAL_80XX("80xx"),
    MANUAL("manual");

    private final String id;

    Policy(String id) {
        this.id = id;
    }

    String id() {
        return id;
    }

    /** The policy for a service without an external port of its own. */
    PortPolicy portPolicy() {
        return switch (this) {
            case AUTO -> PortPolicy.auto();
            case SAME -> PortPolicy.sameAsInternal();
            case UNOFFICIAL_80XX -> PortPolicy.unofficial80xx();
            case MANUAL -> throw new IllegalStateException("a manual port is given per service");
        };
    }
}
