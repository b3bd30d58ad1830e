package dev.porthole.routers.internal.profile;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How one logs in. Immutable.
 *
 * @param type by what
 * @param plugin the name of the {@link LoginPlugin}; empty for other types
 * @param values variables that are made of others before the first step, in order
 * @param steps the requests of the login
 * @param headers header fields that show the session, or the account, in every later request
 * @param cookies the same as cookies
 * @param refusedWhen how an answer says that the account is wrong
 * @param lockedWhen how it says that nobody is let in
 * @param busyWhen how it says that somebody else is logged in
 * @param triesLeft where it says how many tries are left
 * @param lockedFor for how long nobody is let in, where that is always the same
 * @param lockedText where it says for how long
 * @param lockedUnit the unit of that
 */
record Auth(
        Type type,
        String plugin,
        Map<String, Template> values,
        List<Step> steps,
        List<Step.Header> headers,
        List<Step.Header> cookies,
        List<Condition> refusedWhen,
        List<Condition> lockedWhen,
        List<Condition> busyWhen,
        Optional<Extraction> triesLeft,
        Optional<Duration> lockedFor,
        Optional<Extraction> lockedText,
        Duration lockedUnit) {
    /** The ways to log in. */
    enum Type {
        /** Nobody is asked who they are. */
        NONE,
        /** HTTP Basic, RFC 7617. */
        BASIC,
        /** HTTP Digest, RFC 7616. */
        DIGEST,
        /** Requests of the profile: a form, JSON or whatever else. */
        STEPS,
        /** A plug-in. */
        CHALLENGE
    }
}
