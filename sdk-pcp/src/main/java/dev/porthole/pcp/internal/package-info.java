/** How gateways are asked by PCP and NAT-PMP. */
@NullMarked
package dev.porthole.pcp.internal;

import org.jspecify.annotations.NullMarked;
