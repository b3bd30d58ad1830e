package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.event.PortholeListener;
import dev.porthole.mapping.Gateway;
import dev.porthole.mapping.PortMapping;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the listeners, one after the other; what they throw stays with them. */
final class Events implements PortholeListener {
    private static final Logger LOG = LoggerFactory.getLogger(Porthole.class);

    private final List<PortholeListener> listeners;
    private final ReentrantLock turn = new ReentrantLock();

    Events(List<PortholeListener> listeners) {
        this.listeners = List.copyOf(listeners);
    }

    @Override
    public void progress(String step) {
        tell(listener -> listener.progress(step));
    }

    @Override
    public void gatewayFound(Gateway gateway) {
        LOG.debug("{}: found", gateway);
        tell(listener -> listener.gatewayFound(gateway));
    }

    @Override
    public void mapped(Gateway gateway, PortMapping mapping) {
        LOG.info(
                "{}: mapped {}/{} -> {}:{}",
                gateway,
                mapping.external(),
                mapping.protocol(),
                mapping.internalClient(),
                mapping.internalPort());
        tell(listener -> listener.mapped(gateway, mapping));
    }

    @Override
    public void released(Gateway gateway, PortMapping mapping) {
        LOG.info("{}: released {}/{}", gateway, mapping.external(), mapping.protocol());
        tell(listener -> listener.released(gateway, mapping));
    }

    @Override
    public void verified(Target target, Verdict verdict) {
        LOG.info(
                "{}: {} at {} from {}",
                target,
                verdict.status(),
                verdict.stage(),
                verdict.vantage().label());
        tell(listener -> listener.verified(target, verdict));
    }

    @Override
    public void found(Finding finding) {
        LOG.debug("{}", finding);
        tell(listener -> listener.found(finding));
    }

    private void tell(Consumer<PortholeListener> event) {
        turn.lock();
        try {
            for (PortholeListener listener : listeners) {
                try {
                    event.accept(listener);
                } catch (RuntimeException e) {
                    LOG.warn("a listener failed; Porthole goes on: {}", listener, e);
                }
            }
        } finally {
            turn.unlock();
        }
    }
}
