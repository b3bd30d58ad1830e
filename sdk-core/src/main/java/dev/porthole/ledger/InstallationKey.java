package dev.porthole.ledger;

import java.security.SecureRandom;
import java.util.HexFormat;

/** The random key of an installation, as text: 256 bits in hexadecimal. */
final class InstallationKey {
    private static final int BYTES = 32;

    private InstallationKey() {}

    static String random() {
        byte[] bytes = new byte[BYTES];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    /** Whether a text is such a key. */
    static boolean matches(String text) {
        return text.matches("[0-9a-f]{" + 2 * BYTES + "}");
    }
}
