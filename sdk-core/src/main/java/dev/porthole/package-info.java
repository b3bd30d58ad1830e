/** The facade: describe a camera, publish it, see what is true of it. */
@NullMarked
package dev.porthole;

import org.jspecify.annotations.NullMarked;
