package dev.porthole.routers.internal.table;

import dev.porthole.mapping.TransportProtocol;

/**
 * A rule to add.
 *
 * @param name what to call it
 * @param external the external port
 * @param internal the internal port
 * @param host the internal address
 * @param protocol the transport
 * @param source who may connect, as an address or a block; empty for anyone
 */
record Wanted(String name, int external, int internal, String host, TransportProtocol protocol, String source) {}
