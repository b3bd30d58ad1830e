/** From nothing, or from what a ledger remembers, to a gateway and a mapping: every protocol, against peers and bare sockets. */
@NullMarked
package dev.porthole.bench.gateways;

import org.jspecify.annotations.NullMarked;
