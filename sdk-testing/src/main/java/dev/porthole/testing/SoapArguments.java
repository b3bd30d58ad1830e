package dev.porthole.testing;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** Reads the arguments of a SOAP request strictly, so that a client that writes broken XML is found out. */
final class SoapArguments {
    private SoapArguments() {}

    /** The action that a SOAPAction header names, as {@code "urn:…#AddPortMapping"}, quotes optional as for miniupnpd. */
    static Optional<String> action(RecordedRequest request) {
        return request.header("SOAPAction")
                .map(value -> value.replace("\"", ""))
                .filter(value -> value.indexOf('#') >= 0)
                .map(value -> value.substring(value.indexOf('#') + 1))
                .filter(value -> value.matches("[A-Za-z][A-Za-z0-9_]*"));
    }

    /** The service type that a SOAPAction header names; empty where there is none. */
    static String serviceType(RecordedRequest request) {
        String value = request.header("SOAPAction").orElse("").replace("\"", "");
        int hash = value.indexOf('#');
        return hash < 0 ? "" : value.substring(0, hash);
    }

    /** Names and values of the elements that hold text; empty where the body is not well-formed XML. */
    static Map<String, String> read(String body) {
        Map<String, String> arguments = new LinkedHashMap<>();
        try {
            parser().parse(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)), new Leaves(arguments));
            return arguments;
        } catch (SAXException | IOException e) {
            return Map.of();
        }
    }

    private static SAXParser parser() throws SAXException {
        try {
            SAXParserFactory factory = SAXParserFactory.newDefaultNSInstance();
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            return factory.newSAXParser();
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("the JDK's parser knows these features", e);
        }
    }

    private static final class Leaves extends DefaultHandler {
        private final Map<String, String> found;
        private final StringBuilder text = new StringBuilder();
        private boolean leaf;

        Leaves(Map<String, String> found) {
            this.found = found;
        }

        @Override
        public void startElement(String uri, String localName, String qName, Attributes attributes) {
            text.setLength(0);
            leaf = true;
        }

        @Override
        public void characters(char[] characters, int start, int length) {
            text.append(characters, start, length);
        }

        @Override
        public void endElement(String uri, String localName, String qName) {
            if (leaf) {
                found.put(localName, text.toString());
            }
            leaf = false;
            text.setLength(0);
        }

        @Override
        public void fatalError(org.xml.sax.SAXParseException e) throws SAXException {
            throw e;
        }
    }
}
