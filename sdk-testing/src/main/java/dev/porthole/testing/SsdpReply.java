package dev.porthole.testing;

import java.util.Objects;

/**
 * An answer to an SSDP search.
 *
 * @param text the datagram as text
 * @param fromOtherPort whether it is sent from another port than the one that was asked
 */
public record SsdpReply(String text, boolean fromOtherPort) {
    /** Checks that nothing is missing. */
    public SsdpReply {
        Objects.requireNonNull(text, "text");
    }

    static SsdpReply of(String searchTarget, String usn, String location, long bootId) {
        return new SsdpReply(
                "HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: " + searchTarget + "\r\nUSN: " + usn
                        + "\r\nEXT:\r\nSERVER: " + GatewayDescription.SERVER + "\r\nLOCATION: " + location
                        + "\r\nOPT: \"http://schemas.upnp.org/upnp/1/0/\"; ns=01\r\n01-NLS: " + bootId
                        + "\r\nBOOTID.UPNP.ORG: " + bootId + "\r\nCONFIGID.UPNP.ORG: 1337\r\n\r\n",
                false);
    }

    /**
     * Changes the datagram.
     *
     * @param value the new text
     * @return the changed reply
     */
    public SsdpReply withText(String value) {
        return new SsdpReply(value, fromOtherPort);
    }

    /**
     * Changes a header field.
     *
     * @param name the name in any case
     * @param value the new value
     * @return the changed reply; the same where there is no such field
     */
    public SsdpReply withHeader(String name, String value) {
        StringBuilder changed = new StringBuilder();
        for (String line : text.split("(?<=\r\n)")) {
            boolean match = line.regionMatches(true, 0, name + ":", 0, name.length() + 1);
            changed.append(match ? line.substring(0, name.length() + 1) + " " + value + "\r\n" : line);
        }
        return withText(changed.toString());
    }

    /**
     * Sends it from another port than the one that was asked.
     *
     * @return the changed reply
     */
    public SsdpReply fromAnotherPort() {
        return new SsdpReply(text, true);
    }
}
