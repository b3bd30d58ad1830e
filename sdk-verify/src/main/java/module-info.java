/** Proof that a camera is reachable: HTTP and RTSP probes, the outside agent, STUN. */
module dev.porthole.verify {
    requires static transitive org.jspecify;
    requires transitive dev.porthole.core;
    requires com.fasterxml.jackson.core;
    requires dev.porthole.http;
    requires java.xml;
    requires org.slf4j;

    exports dev.porthole.verify;
    exports dev.porthole.verify.agent;

    provides dev.porthole.reach.ReachabilityVerifier with
            dev.porthole.verify.CameraVerifier;
}
