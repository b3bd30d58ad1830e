package dev.porthole.verify.internal.agent;

import dev.porthole.Credentials;
import java.util.Optional;

/**
 * One probe that is asked for.
 *
 * @param kind what to try
 * @param port 1 to 65535
 * @param family what the caller takes its address to be; empty where it does not say
 * @param path of the page or stream, starts with a slash
 * @param account for the stream, in video mode
 */
record ProbeRequest(ProbeKind kind, int port, Optional<Family> family, String path, Optional<Credentials> account) {
    /** The longest path. */
    static final int LONGEST_PATH = 512;

    /** The longest user or password. */
    static final int LONGEST_ACCOUNT = 128;

    /** Families of addresses. */
    enum Family {
        IPV4,
        IPV6
    }
}
