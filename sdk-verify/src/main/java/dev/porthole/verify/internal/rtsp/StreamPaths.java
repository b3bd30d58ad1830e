package dev.porthole.verify.internal.rtsp;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The paths of main streams by brand, as the vendors document them, for the remedy where a path is wrong. */
final class StreamPaths {
    private static final Map<String, String> MAIN = new LinkedHashMap<>();

    static {
        MAIN.put("Milesight", "/main");
        MAIN.put("Axis", "/axis-media/media.amp");
        MAIN.put("Hikvision", "/Streaming/Channels/101");
        MAIN.put("Dahua and Amcrest", "/cam/realmonitor?channel=1&subtype=0");
        MAIN.put("Hanwha", "/profile2/media.smp");
    }

    private StreamPaths() {}

    /** All brands on one line. */
    static String advice() {
        return MAIN.entrySet().stream()
                .map(entry -> entry.getKey() + " " + entry.getValue())
                .collect(Collectors.joining(", "));
    }
}
