/** Port mapping by UPnP Internet Gateway Device 1 and 2. */
module dev.porthole.upnp {
    requires static transitive org.jspecify;
    requires transitive dev.porthole.core;
    requires dev.porthole.http;
    requires java.xml;
    requires org.slf4j;
    requires weupnp;

    exports dev.porthole.upnp;

    provides dev.porthole.mapping.GatewayFinder with
            dev.porthole.upnp.UpnpGatewayFinder;
}
