package dev.porthole.http.internal.xml;

import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * Stands between the parser and handlers: names without prefix, and the text of each innermost element in one piece
 * without surrounding white space. weupnp's handlers need both; text that arrives in pieces (an ampersand splits it)
 * overwrites itself there, and white space before a closing tag counts.
 */
final class Leaves extends DefaultHandler {
    /** Thrown when the root element has ended: what follows it (stray bytes of some routers) is not looked at. */
    static final class RootEnded extends SAXException {
        private static final long serialVersionUID = 1L;

        RootEnded() {
            super("end of document");
        }
    }

    /** A gateway's description has a depth of ten. */
    private static final int MAX_DEPTH = 32;

    private final boolean keepsSpace;
    private final DefaultHandler[] handlers;
    private final StringBuilder text = new StringBuilder();
    private int depth;
    private boolean leaf;

    Leaves(boolean keepsSpace, DefaultHandler... handlers) {
        this.keepsSpace = keepsSpace;
        this.handlers = handlers;
    }

    @Override
    public void startElement(String uri, String localName, String qName, Attributes attributes) throws SAXException {
        if (++depth > MAX_DEPTH) {
            throw new SAXException("elements are nested more than " + MAX_DEPTH + " deep");
        }
        text.setLength(0);
        leaf = true;
        for (DefaultHandler handler : handlers) {
            handler.startElement("", local(qName), qName, attributes);
        }
    }

    @Override
    public void characters(char[] ch, int start, int length) {
        text.append(ch, start, length);
    }

    @Override
    public void endElement(String uri, String localName, String qName) throws SAXException {
        String name = local(qName);
        String said = text.toString();
        char[] value = (keepsSpace ? said : said.strip()).toCharArray();
        for (DefaultHandler handler : handlers) {
            if (leaf && value.length > 0) {
                handler.characters(value, 0, value.length);
            }
            handler.endElement("", name, qName);
        }
        leaf = false;
        if (--depth == 0) {
            throw new RootEnded();
        }
    }

    private static String local(String qName) {
        return qName.substring(qName.indexOf(':') + 1);
    }
}
