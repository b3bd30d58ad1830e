package dev.porthole.routers.internal.profile;

import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.identify.Fingerprint;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * A router's description, checked. Immutable; made by {@link ProfileReader}.
 *
 * @param id the name in configuration
 * @param name the name for people
 * @param verification how far it was tried
 * @param match by what the brand is recognised
 * @param ports where its interface answers, by scheme, where that is another port than the one of its pages
 * @param auth how one logs in
 * @param headers header fields of every request
 * @param session what holds while one is logged in
 * @param list how the rules are read
 * @param write how they are changed
 * @param limits what the router cannot do
 * @param externalAddress where the router tells its outer address
 * @param reservedPorts where it tells the ports that it uses itself
 */
public record Profile(
        String id,
        String name,
        Verification verification,
        List<Fingerprint> match,
        Map<String, Integer> ports,
        Auth auth,
        List<Step.Header> headers,
        Session session,
        Listing list,
        Writing write,
        Limits limits,
        Optional<Lookup> externalAddress,
        Optional<Reserved> reservedPorts) {
    /**
     * What holds while one is logged in.
     *
     * @param headers header fields of every request
     * @param expiredWhen how an answer says that the session is over, besides status 401
     * @param extract variables that every answer may change
     * @param logout the requests that end it
     */
    record Session(
            List<Step.Header> headers,
            List<Condition> expiredWhen,
            Map<String, Extraction> extract,
            List<Step> logout) {}

    /**
     * How the rules are read.
     *
     * @param requests the last of them brings the rows
     * @param paging where the list comes in parts
     * @param rows how it is written
     * @param master the switch of all rules
     * @param form what its fields mean
     * @param keys further variables of a row, by where they stand
     */
    record Listing(
            List<Step> requests,
            Optional<Paging> paging,
            RowCodec rows,
            Optional<Switch> master,
            RuleForm form,
            Map<String, String> keys) {}

    /**
     * A switch without which no rule has an effect: the variable {@code switch} holds how it is, or shall be.
     *
     * @param state where its state is found in the list's last answer
     * @param on its state when rules have an effect
     */
    record Switch(Extraction state, String on) {}

    /**
     * A list in parts: the variable {@code page} counts.
     *
     * @param first its first value
     * @param size how many rows a full part has; empty where that is not known
     * @param byRow whether it counts rows instead of parts
     * @param endWhen how the answer is that comes instead of a part behind the last
     * @param lastWhen how the answer is that brings the last part
     */
    record Paging(int first, OptionalInt size, boolean byRow, List<Condition> endWhen, List<Condition> lastWhen) {}

    /**
     * How rules are changed: by requests for one rule, or by sending the whole list.
     *
     * @param add makes a rule
     * @param remove removes a row
     * @param replace sends the whole list
     * @param grow makes a free row
     * @param apply makes all changes take effect
     * @param fresh a new row of the list that is sent
     * @param cleared what the controls of a removed row hold
     * @param refusals how an answer refuses a rule
     */
    record Writing(
            List<Step> add,
            List<Step> remove,
            List<Step> replace,
            List<Step> grow,
            List<Step> apply,
            Optional<Body.Tree> fresh,
            Map<String, String> cleared,
            List<Meaning> refusals) {}

    /**
     * What a refusal says.
     *
     * @param when how the answer is
     * @param refusal what it means
     * @param says what a person is told; empty where the request alone says enough
     */
    record Meaning(Condition when, Refusal refusal, Optional<String> says) {}

    /**
     * What the router cannot do.
     *
     * @param maxRules how many rules its table holds; empty where that is not known
     * @param pace the least time between two requests
     * @param translation whether external and internal port may differ
     * @param protocols which transports it maps
     * @param source how far a rule can be restricted
     */
    record Limits(
            OptionalInt maxRules,
            Duration pace,
            boolean translation,
            Set<TransportProtocol> protocols,
            Capabilities.SourceRestriction source) {}

    /** Something that requests bring. */
    record Lookup(List<Step> requests, Extraction value) {}

    /** Ports that requests bring. */
    record Reserved(List<Step> requests, List<ReservedField> ports) {}

    /** One of these ports. */
    record ReservedField(Extraction value, String holder, Set<TransportProtocol> protocols) {}

    /** What a router of the brand can do. */
    Capabilities capabilities() {
        return Capabilities.builder()
                .leases(false)
                .translation(limits.translation())
                .protocols(limits.protocols())
                .sourceRestriction(limits.source())
                .build();
    }
}
