package dev.porthole.reach;

/** How far an attempt to reach a service came. In order; a service with fewer steps leaves some out. */
public enum Stage {
    /** The name was to be resolved. */
    RESOLVE,
    /** The TCP connection was to be made. */
    CONNECT,
    /** TLS was to be agreed on. */
    TLS,
    /** The first valid answer of the protocol was to come. */
    PROTOCOL,
    /** The account was to be accepted. */
    AUTH,
    /** HTTP: the page was to be recognised as the camera's. */
    PAGE,
    /** RTSP: the stream was to be described. */
    DESCRIBE,
    /** RTSP: the transport was to be agreed on. */
    SETUP,
    /** RTSP: playing was to start. */
    PLAY,
    /** RTSP: media was to flow. */
    MEDIA
}
