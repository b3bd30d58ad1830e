/**
 * What devices send, read without trust: XML, descriptions, SOAP replies. The only package that touches weupnp, whose
 * carriers and handlers it drives by a parser of its own; weupnp's network calls are not used. Entry type: {@link
 * dev.porthole.upnp.internal.wire.SoapReply}.
 */
@NullMarked
package dev.porthole.upnp.internal.wire;

import org.jspecify.annotations.NullMarked;
