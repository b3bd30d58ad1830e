/** One gateway found by UPnP: its actions, its table of mappings, what its refusals mean. Entry type: {@link
 * dev.porthole.upnp.internal.UpnpProvider}. */
@NullMarked
package dev.porthole.upnp.internal;

import org.jspecify.annotations.NullMarked;
