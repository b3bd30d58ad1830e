/** STUN, as far as a Binding request goes: RFC 8489. Not an API. */
@NullMarked
package dev.porthole.verify.internal.stun;

import org.jspecify.annotations.NullMarked;
