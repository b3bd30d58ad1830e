package dev.porthole.routers;

import dev.porthole.routers.internal.milesight.FieldNames;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * How a Milesight router names the fields of a port mapping in its JSON. The names are not public; the browser's network
 * log shows them in the POST to {@code /cgi} when a rule is saved under Network &gt; Firewall &gt; Port Mapping. Needed
 * only where the router's table is empty: otherwise its rules show them. Immutable.
 */
public final class MilesightFields {
    private final FieldNames names;

    private MilesightFields(FieldNames names) {
        this.names = names;
    }

    /**
     * A builder.
     *
     * @param sourcePort the page's Source Port: the external port, on the router
     * @param destinationIp the page's Destination IP: the camera
     * @param destinationPort the page's Destination Port: the camera's port
     * @param protocol the page's Protocol
     * @return a new builder
     */
    public static Builder builder(String sourcePort, String destinationIp, String destinationPort, String protocol) {
        return new Builder(sourcePort, destinationIp, destinationPort, protocol);
    }

    FieldNames names() {
        return names;
    }

    /** The names. */
    @Override
    public String toString() {
        return names.toString();
    }

    /** Builds {@link MilesightFields}. Not thread-safe. */
    public static final class Builder {
        private final String sourcePort;
        private final String destinationIp;
        private final String destinationPort;
        private final String protocol;
        private Optional<String> sourceIp = Optional.empty();
        private Optional<String> description = Optional.empty();
        private boolean portsAsText;
        private boolean lowerCase;
        private final Map<String, Object> extra = new LinkedHashMap<>();

        private Builder(String sourcePort, String destinationIp, String destinationPort, String protocol) {
            this.sourcePort = Objects.requireNonNull(sourcePort, "sourcePort");
            this.destinationIp = Objects.requireNonNull(destinationIp, "destinationIp");
            this.destinationPort = Objects.requireNonNull(destinationPort, "destinationPort");
            this.protocol = Objects.requireNonNull(protocol, "protocol");
        }

        /**
         * Names the page's Source IP: who may connect.
         *
         * @param name default none, so that a restricted source is refused
         * @return this
         */
        public Builder sourceIp(String name) {
            sourceIp = Optional.of(name);
            return this;
        }

        /**
         * Names the field of a rule's description, by which our rules are told from others.
         *
         * @param name default none, so that only the ledger tells
         * @return this
         */
        public Builder description(String name) {
            description = Optional.of(name);
            return this;
        }

        /**
         * Sets that ports are text.
         *
         * @param value default false: numbers
         * @return this
         */
        public Builder portsAsText(boolean value) {
            portsAsText = value;
            return this;
        }

        /**
         * Sets that protocols are written {@code tcp} and {@code udp}.
         *
         * @param value default false: {@code TCP} and {@code UDP}
         * @return this
         */
        public Builder lowerCaseProtocol(boolean value) {
            lowerCase = value;
            return this;
        }

        /**
         * Adds a field that each new rule has.
         *
         * @param name its name
         * @param value text, a number or a boolean
         * @return this
         */
        public Builder extra(String name, Object value) {
            if (!(value instanceof String || value instanceof Number || value instanceof Boolean)) {
                throw new IllegalArgumentException(
                        "the value of '" + name + "' is neither text, a number nor a boolean");
            }
            extra.put(name, value);
            return this;
        }

        /**
         * Builds the names.
         *
         * @return the names
         */
        public MilesightFields build() {
            Map<String, Object> template = new LinkedHashMap<>(extra);
            template.put(sourcePort, portsAsText ? (Object) "0" : 0);
            template.put(destinationPort, portsAsText ? (Object) "0" : 0);
            template.put(protocol, lowerCase ? "tcp" : "TCP");
            return new MilesightFields(new FieldNames(
                    sourceIp,
                    sourcePort,
                    destinationIp,
                    destinationPort,
                    protocol,
                    description,
                    Optional.empty(),
                    template));
        }
    }
}
