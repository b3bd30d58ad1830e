/** Which external ports the services of cameras get, and why: a pure function. Entry type: {@link dev.porthole.plan.PortPlanner}. */
@NullMarked
package dev.porthole.plan;

import org.jspecify.annotations.NullMarked;
