/** What Porthole's own modules share and nobody else should use. */
@NullMarked
package dev.porthole.internal;

import org.jspecify.annotations.NullMarked;
