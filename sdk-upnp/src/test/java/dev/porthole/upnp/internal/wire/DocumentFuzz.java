package dev.porthole.upnp.internal.wire;

import dev.porthole.http.internal.xml.SafeXml;

/** Any bytes as a device's description, its list of actions, or its reply to one. */
public final class DocumentFuzz {
    private static final SafeXml XML = new SafeXml();

    private DocumentFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        SoapReply.read(XML, bytes).answers("GetExternalIPAddress");
        ActionList.read(XML, bytes);
        try {
            DescriptionReader.read(XML, bytes);
        } catch (MalformedDocumentException e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
        }
    }
}
