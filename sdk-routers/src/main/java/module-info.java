/** Port mapping by the web administration of routers. */
module dev.porthole.routers {
    requires static transitive org.jspecify;
    requires transitive dev.porthole.core;
    requires com.fasterxml.jackson.jr.ob;
    requires dev.porthole.http;
    requires java.xml;
    requires org.jsoup;
    requires org.slf4j;
    requires org.snakeyaml.engine;

    exports dev.porthole.routers;
}
