/** Port mapping by the web administration of routers. */
module dev.porthole.routers {
    requires static transitive org.jspecify;
    requires transitive dev.porthole.core;
    requires com.fasterxml.jackson.jr.ob;
    requires dev.porthole.http;
    requires org.jsoup;
    requires org.slf4j;

    exports dev.porthole.routers;
}
