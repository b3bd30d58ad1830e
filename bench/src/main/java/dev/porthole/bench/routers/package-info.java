/** Routers by their web administration: reading long pages, and how many calls a publication takes. */
@NullMarked
package dev.porthole.bench.routers;

import org.jspecify.annotations.NullMarked;
