/** The bytes of RFC 6887 and RFC 6886; no I/O and no clock. */
@NullMarked
package dev.porthole.pcp.internal.wire;

import org.jspecify.annotations.NullMarked;
