/**
 * Forwards TCP connections from ports of this host to cameras, for routers that map only for the host that asks. Entry
 * type: {@link dev.porthole.relay.Relay}. Works alone, too.
 */
@NullMarked
package dev.porthole.relay;

import org.jspecify.annotations.NullMarked;
