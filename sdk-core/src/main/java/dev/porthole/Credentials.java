package dev.porthole;

import java.util.Objects;

/**
 * An account on a camera or a router.
 *
 * @param user the user name
 * @param password the password
 */
public record Credentials(String user, Secret password) {
    /** Checks that nothing is missing. */
    public Credentials {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(password, "password");
    }
}
