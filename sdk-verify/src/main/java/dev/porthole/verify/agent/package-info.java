/**
 * The outside agent: dials back to whoever asks, and tells how far it came. Entry type: {@link
 * dev.porthole.verify.agent.ProbeAgent}.
 */
@NullMarked
package dev.porthole.verify.agent;

import org.jspecify.annotations.NullMarked;
