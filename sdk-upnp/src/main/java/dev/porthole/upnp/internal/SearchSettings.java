package dev.porthole.upnp.internal;

import dev.porthole.internal.LocalNetwork;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * How gateways are searched.
 *
 * @param port SSDP's port
 * @param window how long answers are waited for
 * @param grace how long a usable gateway waits for the expected one
 * @param network what this host is attached to
 */
public record SearchSettings(int port, Duration window, Duration grace, Supplier<LocalNetwork> network) {}
