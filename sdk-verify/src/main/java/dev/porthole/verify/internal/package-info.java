/** The frame that the probes share: settings, the attempt and its evidence, connections with a deadline. Not an API. */
@NullMarked
package dev.porthole.verify.internal;

import org.jspecify.annotations.NullMarked;
