package dev.porthole.upnp.internal;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.upnp.internal.wire.DescriptionReader;
import dev.porthole.upnp.internal.wire.MalformedDocumentException;
import dev.porthole.upnp.internal.wire.SoapReply;

/**
 * Loads the classes of the XML parser while the first search is on its way: a device needs 50 ms and more to answer, and
 * the first parsing of a process takes as long.
 */
final class WarmUp {
    private WarmUp() {}

    static void run(SafeXml xml) {
        SoapReply.read(xml, "<a><b>c</b></a>".getBytes(US_ASCII));
        try {
            DescriptionReader.read(xml, "<root><device><UDN>u</UDN></device></root>".getBytes(US_ASCII));
        } catch (MalformedDocumentException e) {
            throw new AssertionError("this is a description", e);
        }
    }
}
