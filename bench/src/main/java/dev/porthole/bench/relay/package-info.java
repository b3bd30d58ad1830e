/** The relay against socat and the direct way. */
@NullMarked
package dev.porthole.bench.relay;

import org.jspecify.annotations.NullMarked;
