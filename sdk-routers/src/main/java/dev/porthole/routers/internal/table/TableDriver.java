package dev.porthole.routers.internal.table;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.auth.Challenge;
import dev.porthole.http.internal.auth.ChallengeParser;
import dev.porthole.mapping.Capabilities;
import dev.porthole.routers.internal.LoginRefusedException;
import dev.porthole.routers.internal.RouterDriver;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.RouterSession;
import dev.porthole.routers.internal.RouterTransport;
import java.time.Duration;
import java.util.Optional;

/** Any router whose web pages hold a port-forwarding table that can be read and written without running scripts. */
public final class TableDriver implements RouterDriver {
    /** Before the table was seen: everything may be possible, and is checked again then. */
    static final Capabilities UNKNOWN = Capabilities.builder()
            .leases(false)
            .sourceRestriction(Capabilities.SourceRestriction.SINGLE_ADDRESS)
            .build();

    /** Old routers' web servers take one request at a time, and little more. */
    private static final Duration PACE = Duration.ofMillis(50);

    /** A driver. */
    public TableDriver() {}

    @Override
    public Capabilities capabilities() {
        return UNKNOWN;
    }

    @Override
    public Duration pace() {
        return PACE;
    }

    @Override
    public String model(RouterTransport transport, Deadline deadline) throws InterruptedException {
        RouterReply reply = transport.send(RouterRequest.get(""), deadline);
        if (reply.status() == 401) {
            return ChallengeParser.parse(reply.headers().all("WWW-Authenticate")).stream()
                    .findFirst()
                    .flatMap(Challenge::realm)
                    .map(TableDriver::plain)
                    .orElse("");
        }
        try {
            return plain(Browser.page(reply, deadline).document().title());
        } catch (NotUnderstoodException e) {
            throw told(e);
        }
    }

    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}+", " ").strip();
    }

    @Override
    public RouterSession login(RouterTransport transport, Optional<Credentials> credentials, Deadline deadline)
            throws LoginRefusedException, InterruptedException {
        Browser browser = new Browser(transport, credentials);
        try {
            return new TableSession(browser, browser.login(deadline));
        } catch (NotUnderstoodException e) {
            throw told(e);
        }
    }

    /** What was not understood, as callers are told it. */
    static NatTraversalException told(NotUnderstoodException e) {
        return switch (e.kind()) {
            case NO_TABLE ->
                new NatTraversalException(
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        e.getMessage() + ". Give the address of the port-forwarding page itself, or use another brand.",
                        e);
            case NEEDS_SCRIPT ->
                new NatTraversalException(
                        FindingCode.NEEDS_SCRIPT,
                        e.getMessage() + ". Use a profile for this brand, or enter the rules by hand.",
                        e);
            case AMBIGUOUS ->
                new NatTraversalException(
                        FindingCode.AMBIGUOUS_TABLE,
                        e.getMessage()
                                + ". Nothing was changed; use a profile for this brand, or enter the rules by hand.",
                        e);
        };
    }
}
