package dev.porthole.testing;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * In what a {@link FakeGateway} differs from miniupnpd 2.3.1: rules that are added one by one. A {@link Quirk} is a named
 * set of them. Not thread-safe: filled before the gateway uses it.
 */
public final class GatewayBehaviour {
    /** What happens to a request for a port that another client holds. */
    public enum OnConflict {
        /** It is refused with 718. The default. */
        REFUSE,
        /** The new mapping replaces the old one without a word. */
        REPLACE,
        /** The answer is success and the old mapping stays. */
        KEEP_OLD
    }

    /** A refusal of a request to add a mapping. */
    record Refusal(int code, Predicate<AddCall> when, boolean otherPortMayDo) {}

    /** The error codes of secure mode, in which a host maps for itself only. */
    record SecureMode(int add, int addAny, int delete) {}

    private static final Duration WEEK = Duration.ofDays(7);

    final List<Refusal> refusals = new ArrayList<>();
    final List<Predicate<AddCall>> forgotten = new ArrayList<>();
    final List<Function<RecordedRequest, Optional<HttpReply>>> objections = new ArrayList<>();
    final Set<String> missingActions = new HashSet<>();
    UnaryOperator<TableEntry> stored = UnaryOperator.identity();
    UnaryOperator<Duration> lease = wanted -> wanted.isZero() || wanted.compareTo(WEEK) > 0 ? WEEK : wanted;
    UnaryOperator<List<TableEntry>> listing = UnaryOperator.identity();
    UnaryOperator<HttpReply> reply = UnaryOperator.identity();
    UnaryOperator<HttpReply> fault = UnaryOperator.identity();
    UnaryOperator<String> description = UnaryOperator.identity();
    UnaryOperator<List<SsdpReply>> ssdp = UnaryOperator.identity();
    Optional<SecureMode> secureMode = Optional.empty();
    OnConflict onConflict = OnConflict.REFUSE;
    int deleteOfAbsent = 200;
    int endOfList = 713;
    boolean listEndless;
    boolean remoteHostListed;
    boolean strictControl;
    boolean refreshIgnored;

    GatewayBehaviour() {}

    /**
     * Lets a host add and delete mappings for itself only.
     *
     * @param add the UPnP error code of AddPortMapping for another client
     * @param addAny that of AddAnyPortMapping
     * @param delete that of DeletePortMapping
     * @return this
     */
    public GatewayBehaviour secureMode(int add, int addAny, int delete) {
        secureMode = Optional.of(new SecureMode(add, addAny, delete));
        return this;
    }

    /**
     * Refuses requests to add a mapping, whatever external port they ask for.
     *
     * @param code the UPnP error code
     * @param when which requests
     * @return this
     */
    public GatewayBehaviour refuse(int code, Predicate<AddCall> when) {
        refusals.add(new Refusal(code, when, false));
        return this;
    }

    /**
     * Refuses requests for certain external ports. AddAnyPortMapping goes on to the next port instead.
     *
     * @param code the UPnP error code
     * @param when which requests
     * @return this
     */
    public GatewayBehaviour refusePort(int code, Predicate<AddCall> when) {
        refusals.add(new Refusal(code, when, true));
        return this;
    }

    /**
     * Answers success to requests to add a mapping and stores nothing.
     *
     * @param when which requests
     * @return this
     */
    public GatewayBehaviour forget(Predicate<AddCall> when) {
        forgotten.add(when);
        return this;
    }

    /**
     * Changes what is stored.
     *
     * @param change gives what is stored instead of what was asked for
     * @return this
     */
    public GatewayBehaviour store(UnaryOperator<TableEntry> change) {
        UnaryOperator<TableEntry> before = stored;
        stored = entry -> change.apply(before.apply(entry));
        return this;
    }

    /**
     * Says which lease is granted. By default zero, or more than a week, becomes a week.
     *
     * @param rule gives the granted lease for the one asked for; zero means permanent
     * @return this
     */
    public GatewayBehaviour grantLease(UnaryOperator<Duration> rule) {
        lease = rule;
        return this;
    }

    /**
     * Says what happens when another client holds the port.
     *
     * @param rule what happens
     * @return this
     */
    public GatewayBehaviour onConflict(OnConflict rule) {
        onConflict = rule;
        return this;
    }

    /**
     * Answers success to a mapping that is there already and leaves it as it was, lease included.
     *
     * @return this
     */
    public GatewayBehaviour ignoreRefresh() {
        refreshIgnored = true;
        return this;
    }

    /**
     * Looks at the control URL (404 for an unknown one) and at the service type (401 for another one than the
     * connection's). miniupnpd looks at neither.
     *
     * @return this
     */
    public GatewayBehaviour strictControl() {
        strictControl = true;
        return this;
    }

    /**
     * Changes what the listing and the lookup of single entries show.
     *
     * @param change gives the entries to show for the ones in the table
     * @return this
     */
    public GatewayBehaviour show(UnaryOperator<List<TableEntry>> change) {
        UnaryOperator<List<TableEntry>> before = listing;
        listing = entries -> change.apply(before.apply(entries));
        return this;
    }

    /**
     * Ends the listing with another error than 713.
     *
     * @param code the UPnP error code
     * @return this
     */
    public GatewayBehaviour endListWith(int code) {
        endOfList = code;
        return this;
    }

    /**
     * Never ends the listing: beyond the last entry, the last entry is given again.
     *
     * @return this
     */
    public GatewayBehaviour endlessList() {
        listEndless = true;
        return this;
    }

    /**
     * Shows remote hosts in the listing; miniupnpd on nftables does not.
     *
     * @return this
     */
    public GatewayBehaviour showRemoteHost() {
        remoteHostListed = true;
        return this;
    }

    /**
     * Refuses to delete what is not there; miniupnpd answers success.
     *
     * @param code the UPnP error code, usually 714
     * @return this
     */
    public GatewayBehaviour refuseToDeleteAbsent(int code) {
        deleteOfAbsent = code;
        return this;
    }

    /**
     * Does not know actions: they are answered with 401 and left out of the service description.
     *
     * @param actions their names
     * @return this
     */
    public GatewayBehaviour without(String... actions) {
        missingActions.addAll(Set.of(actions));
        return this;
    }

    /**
     * Answers HTTP requests before they are looked at any further.
     *
     * @param rule gives the answer to a request that is objected to, else empty
     * @return this
     */
    public GatewayBehaviour object(Function<RecordedRequest, Optional<HttpReply>> rule) {
        objections.add(rule);
        return this;
    }

    /**
     * Changes every HTTP reply.
     *
     * @param dress gives the changed reply
     * @return this
     */
    public GatewayBehaviour dressReplies(UnaryOperator<HttpReply> dress) {
        UnaryOperator<HttpReply> before = reply;
        reply = original -> dress.apply(before.apply(original));
        return this;
    }

    /**
     * Changes every SOAP fault.
     *
     * @param dress gives the changed reply
     * @return this
     */
    public GatewayBehaviour dressFaults(UnaryOperator<HttpReply> dress) {
        UnaryOperator<HttpReply> before = fault;
        fault = original -> dress.apply(before.apply(original));
        return this;
    }

    /**
     * Changes the device description.
     *
     * @param change gives the changed XML
     * @return this
     */
    public GatewayBehaviour describe(UnaryOperator<String> change) {
        UnaryOperator<String> before = description;
        description = xml -> change.apply(before.apply(xml));
        return this;
    }

    /**
     * Changes what a search is answered with.
     *
     * @param change gives the changed replies, none for silence
     * @return this
     */
    public GatewayBehaviour answerSearch(UnaryOperator<List<SsdpReply>> change) {
        UnaryOperator<List<SsdpReply>> before = ssdp;
        ssdp = replies -> change.apply(before.apply(replies));
        return this;
    }
}
