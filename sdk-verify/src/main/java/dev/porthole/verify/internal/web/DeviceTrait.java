package dev.porthole.verify.internal.web;

import java.util.Locale;
import java.util.function.Function;
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
        SERVER(WebPage::server),
        /** The realm of the login. */
        REALM(WebPage::realm),
        /** The title. */
        TITLE(WebPage::title),
        /** The text, and where it redirects to. */
        BODY(page -> page.body() + " " + page.location().orElse(""));

        private final Function<WebPage, String> text;

        Place(Function<WebPage, String> text) {
            this.text = text;
        }
    }

    static DeviceTrait camera(String name, Place place, String pattern, String source) {
        return new DeviceTrait(name, Kind.CAMERA, place, Pattern.compile(pattern), source);
    }

    static DeviceTrait router(String name, Place place, String pattern, String source) {
        return new DeviceTrait(name, Kind.ROUTER, place, Pattern.compile(pattern), source);
    }

    boolean matches(WebPage page) {
        return pattern.matcher(place.text.apply(page).toLowerCase(Locale.ROOT)).find();
    }

    /** For evidence: {@code Hikvision by its server}. */
    String words() {
        return name + " by its " + place.name().toLowerCase(Locale.ROOT);
    }
}
