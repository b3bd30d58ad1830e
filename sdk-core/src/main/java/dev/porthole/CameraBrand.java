package dev.porthole;

import java.util.Locale;
import java.util.Optional;

/**
 * A maker of cameras and recorders, for the path of the main stream. The paths are the makers' documented defaults; a
 * camera may be set otherwise, so every path can be overridden.
 */
public enum CameraBrand {
    /** Milesight cameras and recorders: {@code /main}. */
    MILESIGHT("/main"),
    /** Axis (VAPIX): {@code /axis-media/media.amp}. */
    AXIS("/axis-media/media.amp"),
    /** Hikvision: {@code /Streaming/Channels/101}. */
    HIKVISION("/Streaming/Channels/101"),
    /** Dahua and Amcrest: {@code /cam/realmonitor?channel=1&subtype=0}. */
    DAHUA("/cam/realmonitor?channel=1&subtype=0"),
    /** Hanwha: {@code /profile2/media.smp}. */
    HANWHA("/profile2/media.smp"),
    /** Any other: the path must be given, or the root is asked for. */
    GENERIC("/");

    private final String mainStreamPath;

    CameraBrand(String mainStreamPath) {
        this.mainStreamPath = mainStreamPath;
    }

    /**
     * The path of the main stream.
     *
     * @return a path for an RTSP URL, starting with a slash
     */
    public String mainStreamPath() {
        return mainStreamPath;
    }

    /**
     * The name used in configuration.
     *
     * @return lower case, for example {@code milesight}
     */
    public String id() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Finds a brand by its {@link #id()}, ignoring case and surrounding space; {@code amcrest} is Dahua.
     *
     * @param id the name
     * @return the brand, or empty where it is not known
     */
    public static Optional<CameraBrand> byId(String id) {
        String name = id.strip();
        if (name.equalsIgnoreCase("amcrest")) {
            return Optional.of(DAHUA);
        }
        for (CameraBrand brand : values()) {
            if (brand.id().equalsIgnoreCase(name)) {
                return Optional.of(brand);
            }
        }
        return Optional.empty();
    }
}
