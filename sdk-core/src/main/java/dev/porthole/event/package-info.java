/** What a host application is told while Porthole works. Entry type: {@link dev.porthole.event.PortholeListener}. */
@NullMarked
package dev.porthole.event;

import org.jspecify.annotations.NullMarked;
