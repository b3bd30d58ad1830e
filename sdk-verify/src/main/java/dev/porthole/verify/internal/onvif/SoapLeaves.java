package dev.porthole.verify.internal.onvif;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * The texts of a SOAP reply by the names of their element and its parent, and the {@code token} attributes by that of
 * their element; the first of a name counts. Prefixes are left out. No document type declaration, no entity but the five
 * built in, nothing fetched, bounded depth and number.
 */
final class SoapLeaves {
    private static final int MAX_DEPTH = 40;
    private static final int MAX_LEAVES = 2_000;

    private final Map<String, String> leaves = new HashMap<>();

    private SoapLeaves() {}

    /** Reads a reply; empty where it is not well-formed XML or beyond the bounds. */
    static Optional<SoapLeaves> parse(byte[] body) {
        SoapLeaves result = new SoapLeaves();
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new ByteArrayInputStream(body));
            return result.read(reader) ? Optional.of(result) : Optional.empty();
        } catch (XMLStreamException | RuntimeException e) {
            // Besides its own exception the parser throws others on strange input.
            return Optional.empty();
        }
    }

    /** The text of an element, by {@code Parent/Element}. */
    Optional<String> text(String name) {
        return Optional.ofNullable(leaves.get(name)).filter(text -> !text.isEmpty());
    }

    /** The token attribute of an element. */
    Optional<String> token(String element) {
        return text(element + "@token");
    }

    private boolean read(XMLStreamReader reader) throws XMLStreamException {
        Deque<String> open = new ArrayDeque<>();
        StringBuilder text = new StringBuilder();
        while (reader.hasNext()) {
            switch (reader.next()) {
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE -> {
                    return false;
                }
                case XMLStreamConstants.START_ELEMENT -> {
                    open.push(local(reader.getLocalName()));
                    text.setLength(0);
                    if (open.size() > MAX_DEPTH || leaves.size() > MAX_LEAVES) {
                        return false;
                    }
                    tokens(reader, open.element());
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text.append(reader.getText());
                case XMLStreamConstants.END_ELEMENT -> {
                    String element = open.pop();
                    leaves.putIfAbsent(
                            open.isEmpty() ? element : open.element() + "/" + element,
                            text.toString().strip());
                    text.setLength(0);
                }
                default -> {
                    // Comments and the like.
                }
            }
        }
        return true;
    }

    private void tokens(XMLStreamReader reader, String element) {
        for (int i = 0; i < reader.getAttributeCount(); i++) {
            if (local(reader.getAttributeLocalName(i)).equals("token")) {
                leaves.putIfAbsent(element + "@token", reader.getAttributeValue(i));
            }
        }
    }

    private static String local(String name) {
        return name.substring(name.indexOf(':') + 1);
    }

    /** Always the JDK's own parser, whatever the host application has on its class path. */
    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_NAMESPACE_AWARE, false);
        return factory;
    }
}
