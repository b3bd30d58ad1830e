package dev.porthole.upnp.internal.wire;

/** What a device sent is not the document that was asked for. The message completes the sentence "the description is not usable: ...". */
public final class MalformedDocumentException extends Exception {
    private static final long serialVersionUID = 1L;

    MalformedDocumentException(String message) {
        super(message);
    }
}
