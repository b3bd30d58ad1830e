package dev.porthole.routers.internal.milesight;

import java.util.List;
import java.util.Optional;

/**
 * What differs between the families that speak Milesight's protocol, and what nobody has published.
 *
 * @param key the key of the password's AES-128-CBC, 16 ASCII characters
 * @param iv its initialisation vector, 16 ASCII characters
 * @param loginBase what a login names as its base; empty where it names none
 * @param carrier how a session is shown
 * @param deleteFunctions what may delete a rule, in the order to try
 * @param names how the fields of a rule are named, where the caller knows
 * @param unverifiedNames whether the built-in names may be used where nothing else tells
 * @param pageSize how many rules to ask for at once; 0 to ask for all
 */
public record MilesightDialect(
        String key,
        String iv,
        String loginBase,
        Carrier carrier,
        List<String> deleteFunctions,
        Optional<FieldNames> names,
        boolean unverifiedNames,
        int pageSize) {
    /** How a session is shown with each request. */
    public enum Carrier {
        /** By the family in the router's answers: UR a cookie, UG and EG a bearer token, others both. */
        BY_MODEL,
        /** The cookie {@code td}. */
        COOKIE,
        /** {@code Authorization: Bearer login=USER;TD}. */
        BEARER
    }
}
