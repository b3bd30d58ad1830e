/** UPnP by Porthole, by peers and by bare sockets, against one router. Entry type: {@link dev.porthole.bench.upnp.UpnpBench}. */
@NullMarked
package dev.porthole.bench.upnp;

import org.jspecify.annotations.NullMarked;
