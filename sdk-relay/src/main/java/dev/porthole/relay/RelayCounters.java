package dev.porthole.relay;

import java.util.Map;

/**
 * What a {@link Relay} has done since it was built.
 *
 * @param open connections that are being relayed now, or wait for the camera
 * @param accepted connections that were taken on
 * @param refused connections that were not, by reason; a reason that never occurred is missing
 * @param ended connections that are over, by reason; a reason that never occurred is missing
 * @param bytesToCamera what was passed on to cameras
 * @param bytesFromCamera what was passed on from cameras
 * @param buffersHeld buffers that hold bytes which the other side does not take; at most two for each connection
 */
public record RelayCounters(
        int open,
        long accepted,
        Map<RelayRefusal, Long> refused,
        Map<RelayEnding, Long> ended,
        long bytesToCamera,
        long bytesFromCamera,
        int buffersHeld) {
    /** Copies the maps. */
    public RelayCounters {
        refused = Map.copyOf(refused);
        ended = Map.copyOf(ended);
    }
}
