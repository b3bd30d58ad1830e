/** Whether a service can be reached, from where, and how far the attempt came. Entry type: {@link dev.porthole.reach.ReachabilityVerifier}. */
@NullMarked
package dev.porthole.reach;

import org.jspecify.annotations.NullMarked;
