/** A small RTSP 1.0 client (RFC 2326) that bears with what cameras send, and the probe built on it. */
@NullMarked
package dev.porthole.verify.internal.rtsp;

import org.jspecify.annotations.NullMarked;
