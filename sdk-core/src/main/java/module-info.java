/** The domain of Porthole and its flow: cameras, gateways, port planning, publishing, findings. */
@SuppressWarnings("module") // The module that it exports to is built after this one.
module dev.porthole.core {
    requires static transitive org.jspecify;
    requires org.slf4j;

    exports dev.porthole;
    exports dev.porthole.diagnose;
    exports dev.porthole.event;
    exports dev.porthole.ledger;
    exports dev.porthole.mapping;
    exports dev.porthole.plan;
    exports dev.porthole.reach;
    exports dev.porthole.internal to
            dev.porthole.pcp,
            dev.porthole.routers,
            dev.porthole.upnp,
            dev.porthole.verify;

    uses dev.porthole.mapping.GatewayFinder;
    uses dev.porthole.reach.ReachabilityVerifier;
}
