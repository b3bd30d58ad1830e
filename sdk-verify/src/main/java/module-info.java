/** Proof that a camera is reachable: HTTP and RTSP probes, the outside agent, STUN. */
@SuppressWarnings("module") // The module that it exports to is built after this one.
module dev.porthole.verify {
    requires static transitive org.jspecify;
    requires transitive dev.porthole.core;
    requires com.fasterxml.jackson.core;
    requires dev.porthole.http;
    requires java.xml;
    requires org.slf4j;

    exports dev.porthole.verify;
    exports dev.porthole.verify.agent;
    exports dev.porthole.verify.internal.auth to
            dev.porthole.routers;

    provides dev.porthole.reach.ReachabilityVerifier with
            dev.porthole.verify.CameraVerifier;
}
