package dev.porthole.verify.internal.web;

import dev.porthole.Deadline;
import dev.porthole.http.internal.DeviceHttp;
import dev.porthole.http.internal.DeviceHttpException;
import dev.porthole.reach.Verdict;
import dev.porthole.verify.internal.Attempt;
import dev.porthole.verify.internal.ConnectFailure;
import dev.porthole.verify.internal.DigestMemory;
import dev.porthole.verify.internal.LanSide;
import dev.porthole.verify.internal.Settings;
import java.io.IOException;
import java.util.function.UnaryOperator;

/** Tries a web page: gets it, finds out whose it is, and logs in where asked to. Thread-safe. */
public final class HttpProbe {
    private final Settings settings;
    private final DigestMemory memory;
    private final Browser browser;
    private final Identity identity;
    private final HttpFailure failure;

    /** So much of a page is read by default. */
    public static final int PAGE_BYTES = BodyText.MAX_BYTES;

    /** Takes what is shared with other probes, and how much of a page is read. */
    public HttpProbe(
            DeviceHttp http,
            Settings settings,
            int pageBytes,
            DigestMemory memory,
            LanSide lan,
            ConnectFailure connectFailure) {
        this.settings = settings;
        this.memory = memory;
        this.browser = new Browser(http, settings, pageBytes);
        this.identity = new Identity(browser, lan, UnaryOperator.identity());
        this.failure = new HttpFailure(connectFailure);
    }

    /**
     * Tries the attempt's target.
     *
     * @param attempt just begun
     * @param attemptBy when to give up trying
     * @param deadline when the verdict must be there; what is left after {@code attemptBy} serves to find the cause
     * @return the verdict
     * @throws IOException where the thread was interrupted while connecting
     * @throws InterruptedException where the thread was interrupted
     */
    public Verdict probe(Attempt attempt, Deadline attemptBy, Deadline deadline)
            throws IOException, InterruptedException {
        try {
            return new PageWalk(attempt, settings, memory, browser, identity).verdict(attemptBy, deadline);
        } catch (DeviceHttpException e) {
            return failure.verdict(attempt, e, deadline);
        }
    }
}
