/** Searching for devices by SSDP, UPnP Device Architecture 1.1 section 1.3. Entry type: {@link
 * dev.porthole.upnp.internal.ssdp.SsdpSearch}. */
@NullMarked
package dev.porthole.upnp.internal.ssdp;

import org.jspecify.annotations.NullMarked;
