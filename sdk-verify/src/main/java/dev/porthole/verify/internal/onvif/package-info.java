/** Asks a camera on its LAN by ONVIF for the URL of its stream, as NVRs and CMSs do. Not an API. */
@NullMarked
package dev.porthole.verify.internal.onvif;

import org.jspecify.annotations.NullMarked;
