/**
 * Routers that are described by a profile, a file of YAML, instead of by code. Entry types: {@link
 * dev.porthole.routers.internal.profile.ProfileReader} reads a profile strictly, {@link
 * dev.porthole.routers.internal.profile.ProfileDriver} speaks to a router by it.
 *
 * <p>A profile holds requests, places in their answers, and values; no expressions, no patterns and no code. A login that
 * needs code is a {@link dev.porthole.routers.internal.profile.LoginPlugin}, which the profile names.
 */
@NullMarked
package dev.porthole.routers.internal.profile;

import org.jspecify.annotations.NullMarked;
