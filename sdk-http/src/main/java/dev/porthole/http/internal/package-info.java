/** One HTTP client set-up for all that talks to devices: bounded in size and time, never redirected. */
@NullMarked
package dev.porthole.http.internal;

import org.jspecify.annotations.NullMarked;
