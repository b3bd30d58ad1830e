/** The web probe: what a page says of the device behind it, and whether two pages come from one device. */
@NullMarked
package dev.porthole.verify.internal.web;

import org.jspecify.annotations.NullMarked;
