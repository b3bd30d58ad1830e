package dev.porthole.examples;

import dev.porthole.Camera;
import dev.porthole.Porthole;
import dev.porthole.Publication;
import dev.porthole.PublishedEndpoint;
import dev.porthole.ReleaseReport;
import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.relay.RelayListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Stays while cameras are relayed: without this process nothing is. Publishes them again in time for the lease, and often
 * enough that a router which has forgotten its mappings gets them back; releases them in the end, because then they lead
 * nowhere.
 */
final class RelayWatch implements RelayListener {
    private static final Duration LONGEST = Duration.ofMinutes(10);

    /** Whatever a router grants, it is not asked without a pause. */
    private static final Duration SHORTEST = Duration.ofSeconds(10);

    /** A router that restarts is back after a minute or two. */
    private static final Duration AFTER_FAILURE = Duration.ofSeconds(30);

    private final Session session;
    private final Function<Publication, Duration> pause;

    RelayWatch(Session session) {
        this(session, RelayWatch::pause);
    }

    RelayWatch(Session session, Function<Publication, Duration> pause) {
        this.session = session;
        this.pause = pause;
    }

    static boolean needed(Publication publication) {
        return publication.endpoints().stream()
                .anyMatch(endpoint -> endpoint.relay().isPresent());
    }

    /** Serves until interrupted, or until this program fails: the answer is printed, and what leads here is to be released. */
    ExitStatus serve(Porthole porthole, List<Camera> cameras, Publication first) {
        Publication last = first;
        ExitStatus status = ExitStatus.DONE;
        say("relaying through this host; Ctrl-C stops that and releases what leads here");
        try {
            while (true) {
                Thread.sleep(pause.apply(last).toMillis());
                Publication now = porthole.publish(cameras.toArray(Camera[]::new));
                if (now.status() != last.status()) {
                    tell(now);
                }
                last = keep(last, now);
            }
        } catch (InterruptedException e) {
            say("stopping");
        } catch (RuntimeException e) {
            say("stopping: " + e);
            status = ExitStatus.NOT_PUBLISHED;
        }
        ExitStatus released = release(porthole, last);
        return released == ExitStatus.DONE ? status : released;
    }

    /** Where it came to nothing for a camera, what stood before is still to be released. */
    static Publication keep(Publication last, Publication now) {
        List<PublishedEndpoint> endpoints = new ArrayList<>(now.endpoints());
        last.endpoints().stream()
                .filter(endpoint -> now.unpublished().contains(endpoint.camera()))
                .forEach(endpoints::add);
        return now.with(endpoints, now.findings());
    }

    /** How long until it is published again: in time for the shortest lease. */
    static Duration pause(Publication publication) {
        if (publication.status() == Publication.Status.NOT_PUBLISHED
                || !publication.unpublished().isEmpty()) {
            return AFTER_FAILURE;
        }
        Optional<Duration> least = publication.endpoints().stream()
                .flatMap(endpoint -> endpoint.mapping().lease().stream())
                .min(Duration::compareTo);
        return least.map(lease -> lease.dividedBy(2))
                .map(half -> half.compareTo(SHORTEST) > 0 ? half : SHORTEST)
                .filter(half -> half.compareTo(LONGEST) < 0)
                .orElse(LONGEST);
    }

    private void tell(Publication publication) {
        say(publication.status().name());
        publication.findings().stream().findFirst().map(Finding::toString).ifPresent(this::say);
    }

    private ExitStatus release(Porthole porthole, Publication publication) {
        List<PublishedEndpoint> relayed = publication.endpoints().stream()
                .filter(endpoint -> endpoint.relay().isPresent())
                .toList();
        try {
            ReleaseReport report = porthole.release(publication.with(relayed, publication.findings()));
            report.kept().forEach(mapping -> say("not released: external port " + mapping.externalPort()));
            return report.complete() ? ExitStatus.DONE : ExitStatus.NOT_PUBLISHED;
        } catch (InterruptedException e) {
            return ExitStatus.INTERRUPTED;
        } catch (RuntimeException e) {
            say("not released: " + e);
            return ExitStatus.NOT_PUBLISHED;
        }
    }

    @Override
    public void unreachable(InternalEndpoint target, String why, long count) {
        say("the camera's " + target + " cannot be reached (" + Words.plain(why) + "); connections ended: " + count);
    }

    @Override
    public void reachableAgain(InternalEndpoint target) {
        say("the camera's " + target + " is reached again");
    }

    private void say(String line) {
        session.err().println("porthole: " + line);
        session.err().flush();
    }
}
