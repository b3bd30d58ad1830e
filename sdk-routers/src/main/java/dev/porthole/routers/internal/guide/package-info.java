/** How rules are entered by hand, brand by brand: read from text files that anyone can extend or translate. */
@NullMarked
package dev.porthole.routers.internal.guide;

import org.jspecify.annotations.NullMarked;
