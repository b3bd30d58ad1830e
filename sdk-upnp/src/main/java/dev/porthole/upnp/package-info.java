/** Port mapping by UPnP Internet Gateway Device 1 and 2. Entry type: the gateway finder. */
@NullMarked
package dev.porthole.upnp;

import org.jspecify.annotations.NullMarked;
