package dev.porthole.routers.internal.profile;

import dev.porthole.http.internal.xml.SafeXml;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** An element of a document, with names as they were written. Built once, then only read. */
final class XmlNode {
    /** A table of a thousand rules has fewer. */
    private static final int MOST = 50_000;

    private final String name;
    private final Map<String, String> attributes;
    private final List<XmlNode> children = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    XmlNode(String name, Map<String, String> attributes) {
        this.name = name;
        this.attributes = attributes;
    }

    /** Reads a document; empty where it is not whole, or beyond the bounds. */
    static Optional<XmlNode> parse(SafeXml xml, byte[] body) {
        SafeXml.Read<Builder> read = xml.read(body, Builder::new);
        return read.problem().isPresent() ? Optional.empty() : Optional.ofNullable(read.handler().root);
    }

    /** The name without its prefix. */
    String name() {
        return name.substring(name.indexOf(':') + 1);
    }

    List<XmlNode> children() {
        return children;
    }

    String text() {
        return text.toString();
    }

    /** The element as it is written, of the same names, attributes, texts and order. */
    void write(StringBuilder out) {
        out.append('<').append(name);
        attributes.forEach((key, value) -> out.append(' ')
                .append(key)
                .append("=\"")
                .append(Escape.xml(value))
                .append('"'));
        out.append('>').append(Escape.xml(text()));
        children.forEach(child -> child.write(out));
        out.append("</").append(name).append('>');
    }

    private static final class Builder extends DefaultHandler implements SafeXml.Chain {
        private final Deque<XmlNode> open = new ArrayDeque<>();
        private int count;

        @org.jspecify.annotations.Nullable
        private XmlNode root;

        @Override
        public DefaultHandler[] handlers() {
            return new DefaultHandler[] {this};
        }

        @Override
        public boolean keepsSpace() {
            return true;
        }

        @Override
        public void startElement(String uri, String localName, String qName, Attributes given) throws SAXException {
            if (++count > MOST) {
                throw new SAXException("there are more than " + MOST + " elements");
            }
            Map<String, String> attributes = new LinkedHashMap<>();
            for (int i = 0; i < given.getLength(); i++) {
                attributes.put(given.getQName(i), given.getValue(i));
            }
            XmlNode node = new XmlNode(qName, attributes);
            if (open.isEmpty()) {
                root = node;
            } else {
                open.element().children.add(node);
            }
            open.push(node);
        }

        @Override
        public void characters(char[] ch, int start, int length) {
            open.element().text.append(ch, start, length);
        }

        @Override
        public void endElement(String uri, String localName, String qName) {
            open.pop();
        }
    }
}
