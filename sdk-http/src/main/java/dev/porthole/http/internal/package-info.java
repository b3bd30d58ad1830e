/**
 * One HTTP client set-up for all that talks to devices: bounded in size and time, never redirected. Entry type: {@link
 * dev.porthole.http.internal.DeviceHttp}.
 */
@NullMarked
package dev.porthole.http.internal;

import org.jspecify.annotations.NullMarked;
