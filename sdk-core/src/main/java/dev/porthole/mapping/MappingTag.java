package dev.porthole.mapping;

import java.util.Locale;

/**
 * The description that our mappings carry, for example {@code porthole:front-door:rtsp}. By it ours are told from foreign
 * ones, which are never touched.
 *
 * <p>A tag has at most {@value #MAX_LENGTH} characters, all of them letters, digits, {@code .}, {@code -} or {@code :}: routers cut
 * or refuse longer and stranger ones (miniupnpd 2.3.1 cuts at 64; some web forms replace {@code -} by {@code :}).
 */
public final class MappingTag {
    /** Short enough for every description field met so far. */
    public static final int MAX_LENGTH = 32;

    private static final String PREFIX = "porthole";
    /** Room for the service name that ends a tag. */
    private static final int MAX_SERVICE = 8;

    private static final int HASH_LENGTH = 6;

    private MappingTag() {}

    /**
     * The tag for one service of one camera. The same arguments always give the same tag; two long camera names that
     * differ only at their end give different tags.
     *
     * @param cameraName the camera's name
     * @param serviceName the service's name, for example {@code rtsp}
     * @return the tag
     */
    public static String of(String cameraName, String serviceName) {
        String service = cut(plain(serviceName), MAX_SERVICE);
        int room = MAX_LENGTH - PREFIX.length() - service.length() - 2;
        return PREFIX + ":" + cut(plain(cameraName), room) + ":" + service;
    }

    /**
     * A tag for gateways that refuse the usual one: of 15 letters, digits and one hyphen. It tells ours from foreign ones,
     * and no longer for which service it is.
     *
     * @param tag the usual tag
     * @return the short one; the same for the same tag
     */
    public static String brief(String tag) {
        return PREFIX + "-" + hash(tag);
    }

    /**
     * Whether a description is a tag of ours. Separators are compared loosely, because some routers change them.
     *
     * @param description a mapping's description, untrusted
     * @return true where it is
     */
    public static boolean isOurs(String description) {
        String text = description.strip().toLowerCase(Locale.ROOT);
        return text.length() > PREFIX.length()
                && text.startsWith(PREFIX)
                && !Character.isLetterOrDigit(text.charAt(PREFIX.length()));
    }

    private static String plain(String text) {
        String plain =
                text.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9.]+", "-").replaceAll("^-|-$", "");
        if (plain.equals(text.toLowerCase(Locale.ROOT))) {
            return plain;
        }
        // Something was lost: keep "Tor 1" and "Tor-1" apart.
        return plain.isEmpty() ? hash(text) : plain + "-" + hash(text);
    }

    private static String cut(String text, int length) {
        return text.length() <= length ? text : text.substring(0, length - HASH_LENGTH - 1) + "-" + hash(text);
    }

    /** FNV-1a, enough of it that a few hundred long names behind one gateway do not meet. */
    private static String hash(String text) {
        long hash = 0xcbf29ce484222325L;
        for (int i = 0; i < text.length(); i++) {
            hash = (hash ^ text.charAt(i)) * 0x100000001b3L;
        }
        String digits = "00000" + Long.toUnsignedString(hash >>> 20, 36);
        return digits.substring(digits.length() - HASH_LENGTH);
    }
}
