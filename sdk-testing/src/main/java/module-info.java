/** A simulated home for tests of hosts that embed Porthole. */
module dev.porthole.testing {
    requires static transitive org.jspecify;
    requires transitive dev.porthole.core;
    requires com.fasterxml.jackson.jr.ob;
    requires java.xml;
    requires org.slf4j;

    exports dev.porthole.testing;
}
