package dev.porthole.verify.internal.web;

import dev.porthole.verify.internal.Redactor;
import java.util.Optional;

/**
 * What identifies the device behind a page, fit to be compared and shown: nothing of it is secret.
 *
 * @param status the status code
 * @param server the {@code Server} header, or empty
 * @param realm the realm of its login, or empty
 * @param title the title, or empty
 * @param bodyHash a hash of the text without what changes from one request to the next; empty for short texts
 * @param key the device's TLS key, over TLS
 */
record Fingerprint(int status, String server, String realm, String title, String bodyHash, Optional<String> key) {
    /** Whether two pages come from one device. */
    enum Likeness {
        /** Something that names a device agrees, and nothing speaks against it. */
        SAME,
        /** Something that names a device differs. */
        DIFFERENT,
        /** Neither. */
        UNSURE
    }

    /** Shorter texts ("404 Not Found") are alike on many devices. */
    private static final int SHORTEST_BODY = 64;

    static Fingerprint of(WebPage page) {
        return new Fingerprint(page.status(), page.server(), page.realm(), page.title(), hash(page.body()), page.key());
    }

    /** As an agent tells it: cut, and with a hash in the title's place. */
    Fingerprint told() {
        Redactor redactor = new Redactor(Optional.empty());
        String cut = redactor.clean(title);
        return new Fingerprint(
                status,
                redactor.clean(server),
                redactor.clean(realm),
                cut.isEmpty() ? "" : ShortHash.of(cut),
                bodyHash,
                key);
    }

    /** Compares two fingerprints; symmetric. */
    Likeness compare(Fingerprint other) {
        if (key.isPresent() && other.key.isPresent()) {
            return key.equals(other.key) ? Likeness.SAME : Likeness.DIFFERENT;
        }
        // A device that refuses a foreign Host with an error page shows another title, yet is the same.
        boolean pages = status < 400 && other.status < 400;
        if (differ(realm, other.realm) || differ(server, other.server) || (pages && differ(title, other.title))) {
            return Likeness.DIFFERENT;
        }
        return basis(other).isEmpty() ? Likeness.UNSURE : Likeness.SAME;
    }

    /** By what two fingerprints agree, for evidence; empty where nothing that names a device does. */
    String basis(Fingerprint other) {
        // Error pages ("404 Not Found") have titles and texts that many devices share.
        boolean telling = status == other.status && status < 400;
        if (key.isPresent() && key.equals(other.key)) {
            return "TLS key";
        } else if (agree(realm, other.realm)) {
            return "realm";
        } else if (telling && agree(title, other.title)) {
            return "title";
        }
        return telling && agree(bodyHash, other.bodyHash) ? "page text" : "";
    }

    private static boolean agree(String one, String other) {
        return !one.isEmpty() && one.equals(other);
    }

    private static boolean differ(String one, String other) {
        return !one.isEmpty() && !other.isEmpty() && !one.equals(other);
    }

    /** Without numbers (times, addresses, ports) and without long words (nonces, tokens). */
    private static String hash(String body) {
        String lasting = body.replaceAll("[A-Za-z0-9+/_=-]{24,}", "#")
                .replaceAll("[0-9]+", "#")
                .replaceAll("\\s+", " ");
        if (lasting.length() < SHORTEST_BODY) {
            return "";
        }
        return ShortHash.of(lasting);
    }
}
