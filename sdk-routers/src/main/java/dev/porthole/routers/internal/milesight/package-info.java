/**
 * The web administration of Milesight routers and gateways: JSON posted to {@code /cgi}. Entry type: {@link
 * dev.porthole.routers.internal.milesight.MilesightDriver}. What is known of it, and from where, is in QUIRKS.md.
 */
@NullMarked
package dev.porthole.routers.internal.milesight;

import org.jspecify.annotations.NullMarked;
