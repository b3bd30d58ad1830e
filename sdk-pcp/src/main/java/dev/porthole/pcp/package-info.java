/** Port mapping by PCP and NAT-PMP. Entry types: {@link dev.porthole.pcp.PcpGatewayFinder} and {@link dev.porthole.pcp.NatPmpGatewayFinder}. */
@NullMarked
package dev.porthole.pcp;

import org.jspecify.annotations.NullMarked;
