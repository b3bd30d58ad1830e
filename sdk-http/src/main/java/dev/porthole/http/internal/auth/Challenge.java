package dev.porthole.http.internal.auth;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One way to log in that a device offers: an entry of a {@code WWW-Authenticate} header (RFC 7235 section 2.1).
 *
 * @param scheme lower case, {@code digest} or {@code basic} for those that matter
 * @param parameters by lower-case name, values without quotes
 */
public record Challenge(String scheme, Map<String, String> parameters) {
    /** Copies the parameters. */
    public Challenge {
        parameters = Map.copyOf(parameters);
    }

    /** The name of the protected area, by which devices tell their brand or model. */
    public Optional<String> realm() {
        return Optional.ofNullable(parameters.get("realm"));
    }

    /** Whether only the nonce was too old, so that the same password may be tried with the new one. */
    public boolean stale() {
        return "true".equalsIgnoreCase(parameters.getOrDefault("stale", ""));
    }

    /** The digest algorithm, or empty where this is no digest challenge that can be answered. */
    Optional<DigestAlgorithm> algorithm() {
        if (!scheme.equals("digest")
                || !parameters.containsKey("nonce")
                || !parameters.containsKey("realm")
                || !(qop().isEmpty() || qop().contains("auth"))) {
            return Optional.empty();
        }
        return DigestAlgorithm.named(parameters.getOrDefault("algorithm", "MD5"));
    }

    /** The qualities of protection offered; empty means the form of RFC 2069, without client nonce. */
    List<String> qop() {
        return Arrays.stream(parameters
                        .getOrDefault("qop", "")
                        .toLowerCase(Locale.ROOT)
                        .split("[,\\s]+"))
                .filter(option -> !option.isEmpty())
                .toList();
    }
}
