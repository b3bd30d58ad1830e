package dev.porthole.reach;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import java.net.InetAddress;

/**
 * Somebody outside who tells by which address this host is seen there, its reflexive address. Where that is not the
 * gateway's external address, another NAT stands in between. Thread-safe.
 */
public interface AddressObserver {
    /**
     * Who tells, for reports.
     *
     * @return for example {@code STUN 203.0.113.5:3478}
     */
    String name();

    /**
     * Asks for this host's reflexive address.
     *
     * @param deadline when to give up
     * @return the address
     * @throws InterruptedException where the thread was interrupted
     * @throws NatTraversalException where no valid answer came
     */
    InetAddress reflexiveAddress(Deadline deadline) throws InterruptedException;
}
