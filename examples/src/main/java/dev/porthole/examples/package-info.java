/**
 * The {@code porthole} command line, which is also the reference of how to embed Porthole. Entry type:
 * {@link dev.porthole.examples.PortholeCommand}.
 */
@NullMarked
package dev.porthole.examples;

import org.jspecify.annotations.NullMarked;
