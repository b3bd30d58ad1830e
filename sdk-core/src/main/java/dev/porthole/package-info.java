/** The facade: describe a {@link dev.porthole.Camera}, publish it with {@link dev.porthole.Porthole}, see what is true of it. */
@NullMarked
package dev.porthole;

import org.jspecify.annotations.NullMarked;
