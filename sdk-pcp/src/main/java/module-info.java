/** Port mapping by PCP and NAT-PMP. */
module dev.porthole.pcp {
    requires static transitive org.jspecify;
    requires transitive dev.porthole.core;
    requires org.slf4j;

    exports dev.porthole.pcp;

    provides dev.porthole.mapping.GatewayFinder with
            dev.porthole.pcp.PcpGatewayFinder,
            dev.porthole.pcp.NatPmpGatewayFinder;
}
