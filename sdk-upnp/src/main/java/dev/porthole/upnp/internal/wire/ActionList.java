package dev.porthole.upnp.internal.wire;

import dev.porthole.http.internal.xml.SafeXml;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import org.xml.sax.Attributes;
import org.xml.sax.helpers.DefaultHandler;

/** Reads service descriptions (SCPD): which actions a service has. */
public final class ActionList {
    /** WANIPConnection:2 has 20. */
    private static final int MAX_ACTIONS = 200;

    private ActionList() {}

    /**
     * Reads a service description.
     *
     * @param xml reads it
     * @param body the description
     * @return the names of the actions, as far as the description can be read
     */
    public static Set<String> read(SafeXml xml, byte[] body) {
        return Collections.unmodifiableSet(xml.read(body, Handler::new).handler().names);
    }

    private static final class Handler extends DefaultHandler implements SafeXml.Chain {
        private final Set<String> names = new TreeSet<>();
        private String parent = "";
        private String element = "";

        @Override
        public DefaultHandler[] handlers() {
            return new DefaultHandler[] {this};
        }

        @Override
        public void startElement(String uri, String localName, String qName, Attributes attributes) {
            parent = element;
            element = localName;
        }

        @Override
        public void characters(char[] ch, int start, int length) {
            if (element.equals("name") && parent.equals("action") && names.size() < MAX_ACTIONS) {
                names.add(new String(ch, start, length));
            }
        }

        @Override
        public void endElement(String uri, String localName, String qName) {
            element = "";
        }
    }
}
