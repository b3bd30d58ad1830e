package dev.porthole;

import dev.porthole.diagnose.Finding;
import dev.porthole.mapping.PortMappingProvider;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Takes back what a call made: releases, then has each gateway apply it once, also where a release failed. What a gateway
 * did not apply stays in the ledger, because it may come back when the gateway restarts. Used once, by one thread.
 */
final class TakeBack {
    private final Settings settings;
    private final Deadline deadline;
    private final List<Finding> left = new ArrayList<>();
    private boolean interrupted;

    TakeBack(Settings settings, Deadline deadline) {
        this.settings = settings;
        this.deadline = deadline;
    }

    /** One question to a gateway. */
    private interface Call {
        void run() throws InterruptedException;
    }

    /** Returns a finding for each that may be left. */
    List<Finding> of(List<MadeMapping> made) {
        interrupted = Thread.interrupted();
        Map<PortMappingProvider, List<MadeMapping>> released = new LinkedHashMap<>();
        for (int i = made.size() - 1; i >= 0; i--) {
            MadeMapping one = made.get(i);
            if (!one.before()) {
                PortMappingProvider provider = one.observed().provider();
                List<MadeMapping> gone = released.computeIfAbsent(provider, p -> new ArrayList<>());
                String failure = failure(() -> provider.release(one.mapping(), deadline));
                if (failure.isEmpty()) {
                    one.observed().removed(one.mapping());
                    gone.add(one);
                } else {
                    left.add(Findings.rollbackPending(provider.gateway(), one.mapping(), failure));
                }
            }
        }
        released.forEach(this::apply);
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return left;
    }

    private void apply(PortMappingProvider provider, List<MadeMapping> gone) {
        String failure = failure(() -> provider.commit(deadline));
        for (MadeMapping one : gone) {
            if (failure.isEmpty()) {
                forget(one);
            } else {
                left.add(Findings.releaseNotApplied(provider.gateway(), one.mapping(), failure));
            }
        }
    }

    private void forget(MadeMapping one) {
        settings.events().released(one.observed().provider().gateway(), one.mapping());
        try {
            settings.ledger().forget(one.entry());
        } catch (NatTraversalException e) {
            left.add(Findings.of(e));
        }
    }

    /** Why a call came to nothing; empty where it did what it should. */
    private String failure(Call call) {
        try {
            call.run();
            return "";
        } catch (NatTraversalException e) {
            return String.valueOf(e.getMessage());
        } catch (InterruptedException e) {
            interrupted = true;
            return "interrupted";
        }
    }
}
