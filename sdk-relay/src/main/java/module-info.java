/** A relay of TCP connections to cameras. */
module dev.porthole.relay {
    requires static transitive org.jspecify;
    requires transitive dev.porthole.core;
    requires org.slf4j;

    exports dev.porthole.relay;
}
