package dev.porthole.mapping;

/** The transport that a port belongs to. A TCP port and the UDP port of the same number never conflict. */
public enum TransportProtocol {
    /** Transmission Control Protocol: the web page of a camera and RTSP with interleaved media. */
    TCP,
    /** User Datagram Protocol. */
    UDP
}
