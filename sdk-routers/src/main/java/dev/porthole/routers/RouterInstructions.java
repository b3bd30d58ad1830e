package dev.porthole.routers;

import dev.porthole.SourcePolicy;
import java.net.InetAddress;
import java.net.URI;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The steps by which a person forwards ports on a router, with the values of these cameras: as data, as text and as
 * Markdown. Immutable.
 *
 * @param title what is done where
 * @param notice how far the steps can be trusted
 * @param sections in the order in which they are to be followed
 */
public record RouterInstructions(String title, String notice, List<Section> sections) {
    /**
     * Steps that belong together.
     *
     * @param heading what they are about
     * @param steps the steps
     */
    public record Section(String heading, List<Step> steps) {
        /** Copies the list. */
        public Section {
            steps = List.copyOf(steps);
        }
    }

    /**
     * A step.
     *
     * @param text what to do
     * @param fields what to fill in, in the page's order; empty where nothing is
     * @param commands commands that do the same; empty where there are none
     */
    public record Step(String text, List<Field> fields, List<String> commands) {
        /** Copies the lists. */
        public Step {
            fields = List.copyOf(fields);
            commands = List.copyOf(commands);
        }
    }

    /**
     * A field of the router's page.
     *
     * @param name how the page calls it
     * @param value what to enter
     */
    public record Field(String name, String value) {}

    /** Copies the list. */
    public RouterInstructions {
        Objects.requireNonNull(title, "title");
        Objects.requireNonNull(notice, "notice");
        sections = List.copyOf(sections);
    }

    /**
     * The steps as plain text.
     *
     * @return lines of about 80 characters, each ended
     */
    public String text() {
        return new InstructionsText(this).text();
    }

    /**
     * The steps as Markdown, with a table for what is filled in.
     *
     * @return lines, each ended
     */
    public String markdown() {
        return new InstructionsText(this).markdown();
    }

    /** The title. */
    @Override
    public String toString() {
        return title;
    }

    /** Builds {@link RouterInstructions}. Not thread-safe. */
    public static final class Builder {
        private final RouterGuide guide;
        private final List<ForwardedPort> ports;
        private Optional<URI> router = Optional.empty();
        private Optional<InetAddress> gateway = Optional.empty();
        private Optional<InetAddress> externalAddress = Optional.empty();
        private SourcePolicy source = SourcePolicy.anyone();
        private boolean planned = true;

        Builder(RouterGuide guide, List<ForwardedPort> ports) {
            this.guide = guide;
            this.ports = List.copyOf(ports);
            Set<Integer> taken = new HashSet<>();
            for (ForwardedPort port : this.ports) {
                if (!taken.add(port.externalPort())) {
                    throw new IllegalArgumentException("external port " + port.externalPort()
                            + " can lead to one service only; give each service a port of its own");
                }
            }
            if (taken.isEmpty()) {
                throw new IllegalArgumentException("there is no port to forward");
            }
        }

        /**
         * Sets where the router's pages are.
         *
         * @param value default not known
         * @return this
         */
        public Builder router(URI value) {
            router = Optional.of(value);
            return this;
        }

        /**
         * Sets the router's address on the LAN, which is the cameras' default gateway.
         *
         * @param value default not known
         * @return this
         */
        public Builder gateway(InetAddress value) {
            gateway = Optional.of(value);
            return this;
        }

        /**
         * Sets the address at which the cameras are reached from outside.
         *
         * @param value default not known: the instructions say where to look
         * @return this
         */
        public Builder externalAddress(InetAddress value) {
            externalAddress = Optional.of(value);
            return this;
        }

        /**
         * Sets who may connect.
         *
         * @param value default anyone
         * @return this
         */
        public Builder source(SourcePolicy value) {
            source = Objects.requireNonNull(value, "source");
            return this;
        }

        /**
         * Sets whether the ports were chosen knowing what the router has already.
         *
         * @param value default true; false adds a warning
         * @return this
         */
        public Builder plannedByRouter(boolean value) {
            planned = value;
            return this;
        }

        /**
         * Writes the instructions.
         *
         * @return the instructions
         */
        public RouterInstructions build() {
            return new InstructionsWriter(guide, ports, router, gateway, externalAddress, source, planned).write();
        }
    }
}
