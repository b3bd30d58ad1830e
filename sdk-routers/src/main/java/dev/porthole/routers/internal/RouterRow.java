package dev.porthole.routers.internal;

import dev.porthole.mapping.PortMapping;

/**
 * One rule in a router's table.
 *
 * @param mapping what it says
 * @param place by what the driver finds it again in the table that was read last, for example its index; the same for
 *     two rows that are one rule for both transports; of no meaning after the next write
 * @param content everything that the router holds of it but its place, in a form to compare: a rule that is not ours must
 *     have the same before and after
 */
public record RouterRow(PortMapping mapping, String place, String content) {}
