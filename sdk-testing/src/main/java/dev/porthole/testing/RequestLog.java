package dev.porthole.testing;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a fake was asked. Thread-safe. */
final class RequestLog {
    private final List<RecordedRequest> requests = new ArrayList<>();
    private final Map<String, Integer> counts = new LinkedHashMap<>();
    private int inFlight;
    private int mostInFlight;

    synchronized void started(RecordedRequest request) {
        requests.add(request);
        counts.merge(request.kind(), 1, Integer::sum);
        inFlight++;
        mostInFlight = Math.max(mostInFlight, inFlight);
    }

    synchronized void ended() {
        inFlight--;
    }

    synchronized List<RecordedRequest> requests() {
        return List.copyOf(requests);
    }

    synchronized Map<String, Integer> counts() {
        return Map.copyOf(counts);
    }

    synchronized int mostInFlight() {
        return mostInFlight;
    }

    synchronized void clear() {
        requests.clear();
        counts.clear();
        mostInFlight = inFlight;
    }
}
