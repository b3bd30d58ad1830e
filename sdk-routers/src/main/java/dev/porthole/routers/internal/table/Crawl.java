package dev.porthole.routers.internal.table;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.routers.internal.RouterRequest;
import dev.porthole.routers.internal.SessionEndedException;
import java.net.URI;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks for the page with the port-forwarding table, the likeliest links first. Only links that do nothing are followed. */
final class Crawl {
    /** Router menus have fewer pages between the first and the table, when read in the order of likelihood. */
    private static final int MAX_PAGES = 30;

    /** The words or the address of a link say that it leads to the table, or near it. */
    private static final int LIKELY = 1;

    private static final Logger LOG = LoggerFactory.getLogger(Crawl.class);

    private record Candidate(URI uri, Page from, int score, int order) {}

    private final Browser browser;
    private final Deadline deadline;
    private final Set<String> seen = new HashSet<>();
    private final PriorityQueue<Candidate> open = new PriorityQueue<>(
            Comparator.comparingInt(Candidate::score).reversed().thenComparingInt(Candidate::order));
    private Optional<UnderstoodTable> fallback = Optional.empty();
    private Optional<NotUnderstoodException> closest = Optional.empty();
    private Optional<RouterRequest> logout = Optional.empty();
    private Optional<NatTraversalException> unanswered = Optional.empty();
    private int order;

    Crawl(Browser browser, Deadline deadline) {
        this.browser = browser;
        this.deadline = deadline;
    }

    /** The request that logs out, where a page of those seen had it. */
    Optional<RouterRequest> logout() {
        return logout;
    }

    /**
     * Finds the table.
     *
     * @param start the page after the login
     * @throws NotUnderstoodException where no page holds one that can be understood: what came closest
     */
    UnderstoodTable from(Page start) throws NotUnderstoodException, SessionEndedException, InterruptedException {
        Optional<UnderstoodTable> found = look(start, 0);
        while (found.isEmpty() && !open.isEmpty() && seen.size() < MAX_PAGES) {
            Candidate next = open.poll();
            if (!seen.add(key(next.uri()))) {
                continue;
            }
            try {
                Page page = browser.open(Press.get(next.from(), next.uri()), deadline);
                found = look(page, next.score());
            } catch (NatTraversalException e) {
                if (deadline.expired()) {
                    throw e;
                }
                if (next.score() >= LIKELY) {
                    unanswered = Optional.of(e);
                }
                LOG.debug("{} is passed over: {}", next.uri().getPath(), e.getMessage());
            }
        }
        if (found.isPresent() || fallback.isPresent()) {
            return found.or(() -> fallback).orElseThrow();
        }
        if (unanswered.isPresent()) {
            throw unanswered.get();
        }
        throw closest.orElseGet(() -> new NotUnderstoodException(
                NotUnderstoodException.Kind.NO_TABLE,
                "none of the " + seen.size() + " pages looked at holds a table of port mappings"));
    }

    private static String key(URI uri) {
        return uri.getPath() + "?" + uri.getRawQuery();
    }

    private Optional<UnderstoodTable> look(Page page, int score) throws SessionEndedException, InterruptedException {
        seen.add(key(page.uri()));
        rememberLogout(page);
        try {
            UnderstoodTable table = read(page, score);
            if (score >= 0) {
                return Optional.of(table);
            }
            fallback = fallback.or(() -> Optional.of(table));
        } catch (NotUnderstoodException e) {
            LOG.debug("{}", e.getMessage());
            if (closest.isEmpty() || e.kind().compareTo(closest.get().kind()) > 0) {
                closest = Optional.of(e);
            }
        }
        for (Links.Link link : Links.of(page)) {
            if (!seen.contains(key(link.uri()))) {
                open.add(new Candidate(link.uri(), page, link.score(), order++));
            }
        }
        return Optional.empty();
    }

    /** Where a likely page is not understood by itself, what its scripts keep in files of their own may tell. */
    private UnderstoodTable read(Page page, int score)
            throws NotUnderstoodException, SessionEndedException, InterruptedException {
        try {
            return TableReader.read(page);
        } catch (NotUnderstoodException e) {
            boolean likely = score >= LIKELY || e.kind() != NotUnderstoodException.Kind.NO_TABLE;
            if (!likely || !browser.fetchLibraries(page, deadline)) {
                throw e;
            }
            return TableReader.read(browser.open(Press.get(page, page.uri()), deadline));
        }
    }

    private void rememberLogout(Page page) {
        if (logout.isEmpty()) {
            logout = logoutOn(page);
        }
    }

    /** What logs out on a page. */
    static Optional<RouterRequest> logoutOn(Page page) {
        for (Button button : Button.in(page.document())) {
            if (button.says(Phrases.LOGOUT)) {
                try {
                    return Press.alone(page, button);
                } catch (NotUnderstoodException e) {
                    LOG.debug("{}", e.getMessage());
                }
            }
        }
        return Optional.empty();
    }
}
