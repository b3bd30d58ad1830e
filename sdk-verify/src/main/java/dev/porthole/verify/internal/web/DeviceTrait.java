package dev.porthole.verify.internal.web;

import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Something by which a page tells what kind of device it belongs to.
 *
 * @param name the brand or the kind of word
 * @param kind what it speaks for
 * @param place where it stands
 * @param pattern found in the lower-case text
 * @param source where it was seen; {@code unverified} where nobody is known to have seen it on a device
 */
record DeviceTrait(String name, Kind kind, Place place, Pattern pattern, String source) {
    /** Kinds of devices. */
    enum Kind {
        /** A network camera or a video recorder. */
        CAMERA,
        /** A router, gateway or access point. */
        ROUTER
    }

    /** Parts of a page. */
    enum Place {
        /** The {@code Server} header. */
        SERVER,
        /** The realm of the login. */
        REALM,
        /** The title. */
        TITLE,
        /** The text, and where it redirects to. */
        BODY;

        private String of(WebPage page) {
            return switch (this) {
                case SERVER -> page.server();
                case REALM -> page.realm();
                case TITLE -> page.title();
                case BODY -> page.body() + " " + page.location().orElse("");
            };
        }
    }

    static DeviceTrait camera(String name, Place place, String pattern, String source) {
        return new DeviceTrait(name, Kind.CAMERA, place, Pattern.compile(pattern), source);
    }

    static DeviceTrait router(String name, Place place, String pattern, String source) {
        return new DeviceTrait(name, Kind.ROUTER, place, Pattern.compile(pattern), source);
    }

    boolean matches(WebPage page) {
        return pattern.matcher(place.of(page).toLowerCase(Locale.ROOT)).find();
    }

    /** For evidence: {@code Hikvision by its server}. */
    String words() {
        return name + " by its " + place.name().toLowerCase(Locale.ROOT);
    }
}
