package dev.porthole.verify.internal.rtsp;

import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The URLs by which a stream and its media are controlled (RFC 2326 appendix C.1.1). Of what the camera names only the
 * path is used: host and port are those that were dialled, since behind a NAT the camera does not know them.
 *
 * @param base what relative controls are relative to
 * @param aggregate controls the whole stream
 */
record ControlUrls(RtspAddress base, RtspAddress aggregate) {
    private static final Pattern ABSOLUTE = Pattern.compile("(?i)rtsps?://.*");
    private static final Pattern WITHOUT_SCHEME = Pattern.compile("[^/?]*[.:][^/?]*/.*");

    /**
     * The URLs of a described stream.
     *
     * @param asked the address that was asked for, at the place that was dialled
     * @param contentBase the header, as it came
     * @param sessionControl the session's {@code a=control}, as it came
     */
    static ControlUrls of(RtspAddress asked, Optional<String> contentBase, Optional<String> sessionControl) {
        Optional<RtspAddress> absolute = sessionControl.flatMap(RtspAddress::parse);
        RtspAddress base = absolute.or(() -> contentBase.flatMap(value -> named(value, asked)))
                .map(place -> asked.at(place.path()))
                .orElse(asked);
        RtspAddress aggregate = absolute.isPresent() ? base : joined(base, sessionControl);
        return new ControlUrls(base, aggregate);
    }

    /** The URL by which one medium is set up. */
    RtspAddress of(Optional<String> control) {
        return joined(base, control);
    }

    /**
     * The place that a Content-Base names; cameras write it without its scheme, with it twice, or as a path alone.
     *
     * @param asked tells the scheme where it is missing
     */
    static Optional<RtspAddress> named(String value, RtspAddress asked) {
        String url = value.strip();
        if (url.startsWith("/")) {
            return Optional.of(asked.at(url));
        }
        if (ABSOLUTE.matcher(url).matches()) {
            return RtspAddress.parse(url);
        }
        return WITHOUT_SCHEME.matcher(url).matches()
                ? RtspAddress.parse((asked.tls() ? "rtsps://" : "rtsp://") + url)
                : Optional.empty();
    }

    /** As clients do it, not RFC 3986: what is relative is appended, behind a query too. */
    private static RtspAddress joined(RtspAddress base, Optional<String> control) {
        String value = control.map(String::strip).orElse("");
        if (value.isEmpty() || value.equals("*")) {
            return base;
        }
        if (ABSOLUTE.matcher(value).matches()) {
            return RtspAddress.parse(value).map(place -> base.at(place.path())).orElse(base);
        }
        String path = base.path();
        String stem = path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        if (value.startsWith("/") && (stem.isEmpty() || value.startsWith(stem))) {
            return base.at(value);
        }
        return base.at(value.startsWith("?") ? path + value : stem + (value.startsWith("/") ? "" : "/") + value);
    }
}
