/** Logging in at a device: challenges, digest and basic answers, and the rules for when a password may be sent. */
@NullMarked
package dev.porthole.http.internal.auth;

import org.jspecify.annotations.NullMarked;
