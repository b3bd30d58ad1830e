package dev.porthole.routers;

import dev.porthole.routers.internal.guide.CommonWords;
import dev.porthole.routers.internal.guide.Guide;
import java.util.List;

/** How port forwarding is entered by hand on the routers of one brand. Immutable and thread-safe. */
public final class RouterGuide {
    private final Guide guide;
    private final CommonWords words;

    RouterGuide(Guide guide, CommonWords words) {
        this.guide = guide;
        this.words = words;
    }

    Guide guide() {
        return guide;
    }

    CommonWords words() {
        return words;
    }

    /**
     * The brand.
     *
     * @return lower case, for example {@code fritzbox}
     */
    public String id() {
        return guide.id();
    }

    /**
     * The brand, as people say it.
     *
     * @return for example {@code AVM FRITZ!Box}
     */
    public String name() {
        return guide.name();
    }

    /**
     * The generation of firmware that the steps are of.
     *
     * @return for example {@code FRITZ!OS 7 and 8}
     */
    public String firmware() {
        return guide.firmware();
    }

    /**
     * Whether the steps follow the vendor's own guide. Else they are put together from public descriptions. Neither was tried
     * on a router by this project, and the instructions say so.
     *
     * @return true where they do
     */
    public boolean fromVendor() {
        return guide.vendor();
    }

    /**
     * Writes the steps for ports of cameras. Nothing is sent to anyone.
     *
     * @param ports at least one
     * @return a builder for what else is known
     * @throws IllegalArgumentException where there is no port, or an external port is there twice
     */
    public RouterInstructions.Builder instructions(List<ForwardedPort> ports) {
        return new RouterInstructions.Builder(this, ports);
    }

    /** The brand, as people say it. */
    @Override
    public String toString() {
        return name();
    }
}
