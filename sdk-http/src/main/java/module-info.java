/** The hardened HTTP client and the logins that Porthole's modules share; not an API for others. */
@SuppressWarnings("module") // The modules that it exports to are built after this one.
module dev.porthole.http {
    requires static transitive org.jspecify;
    requires dev.porthole.core;
    requires java.xml;
    requires org.apache.httpcomponents.client5.httpclient5;
    requires org.apache.httpcomponents.core5.httpcore5;
    requires org.slf4j;

    exports dev.porthole.http.internal to
            dev.porthole.routers,
            dev.porthole.upnp,
            dev.porthole.verify;
    exports dev.porthole.http.internal.auth to
            dev.porthole.routers,
            dev.porthole.verify;
    exports dev.porthole.http.internal.xml to
            dev.porthole.routers,
            dev.porthole.upnp;
}
