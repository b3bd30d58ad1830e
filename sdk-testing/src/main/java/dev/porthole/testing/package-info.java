/** A simulated home: a fake gateway, cameras, and a network between them, for tests of hosts that embed Porthole. */
@NullMarked
package dev.porthole.testing;

import org.jspecify.annotations.NullMarked;
