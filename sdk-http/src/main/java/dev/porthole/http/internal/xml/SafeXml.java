package dev.porthole.http.internal.xml;

import dev.porthole.http.internal.DeviceText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParser;
import javax.xml.parsers.SAXParserFactory;
import org.jspecify.annotations.Nullable;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;
import org.xml.sax.helpers.DefaultHandler;

/**
 * The one XML parser set-up: no document type declaration, no entity but the five built in, nothing fetched, bounded depth.
 * Always the JDK's own parser, whatever the host application has on its class path.
 *
 * <p>Names are compared by their local part, and prefixes may be undeclared: DD-WRT and others send them so. A document
 * that is not well-formed is mended once in the ways seen on real routers (a bare {@code &}, a wrong or unknown encoding,
 * bytes before the declaration, control characters) and read again.
 *
 * <p>Thread-safe; keeps one parser, whose making costs five times as much as reading a reply.
 */
public final class SafeXml {
    /** Said of a page for people where a document was expected. */
    public static final String WEB_PAGE = "it is a web page, perhaps the router's login page";

    private static final Pattern DOCTYPE = Pattern.compile("<!DOCTYPE", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEB_PAGE_START = Pattern.compile(
            "\\A[^<]{0,64}(<!--.{0,500}?-->\\s*)?(<!doctype\\s+html|<html|<head|<script)",
            Pattern.CASE_INSENSITIVE | Pattern.DOTALL);
    private static final Pattern DECLARATION = Pattern.compile("\\A[^<]*<\\?xml[^>]*\\?>", Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE_AMPERSAND =
            Pattern.compile("&(?!(?:amp|lt|gt|quot|apos|#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6});)");
    private static final Pattern NOT_XML =
            Pattern.compile("[^\\x09\\x0A\\x0D\\x20-\\uD7FF\\uE000-\\uFFFD\\x{10000}-\\x{10FFFF}]");

    private static final SAXParserFactory FACTORY = newFactory();

    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable XMLReader reader;

    /** A parser of its own. */
    public SafeXml() {}

    /** A set of SAX handlers that see the same document. */
    public interface Chain {
        /**
         * The handlers.
         *
         * @return who sees the document, in this order
         */
        DefaultHandler[] handlers();

        /**
         * Whether white space around a text belongs to it.
         *
         * @return false where it is left out
         */
        default boolean keepsSpace() {
            return false;
        }
    }

    /**
     * What reading a document brought.
     *
     * @param <H> the handler's type
     * @param handler has seen the document, or as much of it as could be read
     * @param problem why the document could not be read to its end; empty where it was
     */
    public record Read<H>(H handler, Optional<String> problem) {}

    /**
     * Reads a document.
     *
     * @param <H> the handler's type
     * @param body the document
     * @param handlers makes a handler; called again for the mended document
     * @return the handler and what was wrong
     */
    public <H extends Chain> Read<H> read(byte[] body, Supplier<H> handlers) {
        H first = handlers.get();
        Optional<String> problem = parse(new InputSource(new ByteArrayInputStream(body)), first);
        if (problem.isEmpty() || body.length == 0) {
            return new Read<>(first, body.length == 0 ? Optional.of("it is empty") : problem);
        }
        String text = text(body);
        if (looksLikeWebPage(text)) {
            return new Read<>(first, Optional.of(WEB_PAGE));
        }
        if (DOCTYPE.matcher(text).find()) {
            return new Read<>(first, Optional.of("it has a document type declaration (DOCTYPE), which is refused"));
        }
        H second = handlers.get();
        Optional<String> still = parse(new InputSource(new StringReader(mended(text))), second);
        return new Read<>(second, still);
    }

    /**
     * Whether a body is a page for people.
     *
     * @param text the body
     * @return true for HTML
     */
    static boolean looksLikeWebPage(String text) {
        return WEB_PAGE_START
                .matcher(text.substring(0, Math.min(text.length(), 2000)))
                .find();
    }

    /**
     * A body as text, whatever encoding it claims.
     *
     * @param body the body
     * @return UTF-8 where it is valid, else ISO 8859-1
     */
    public static String text(byte[] body) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            return new String(body, StandardCharsets.ISO_8859_1);
        }
    }

    private static String mended(String text) {
        String plain = NOT_XML.matcher(text).replaceAll("");
        String body = DECLARATION.matcher(plain).replaceFirst("");
        body = body.substring(Math.max(0, body.indexOf('<')));
        return BARE_AMPERSAND.matcher(body).replaceAll("&amp;");
    }

    private Optional<String> parse(InputSource source, Chain handlers) {
        Leaves leaves = new Leaves(handlers.keepsSpace(), handlers.handlers());
        lock.lock();
        try {
            XMLReader parser = reader == null ? newReader() : reader;
            // Kept only where this document does not break it.
            reader = null;
            parser.setContentHandler(leaves);
            parser.setErrorHandler(leaves);
            try {
                parser.parse(source);
                return Optional.of("it ends before its root element does");
            } catch (Leaves.RootEnded e) {
                return Optional.empty();
            } catch (SAXException | IOException e) {
                // Besides SAXException the parser throws IOException for bad encodings.
                return Optional.of(notWellFormed(e));
            } finally {
                parser.setContentHandler(null);
                reader = parser;
            }
        } catch (SAXException | RuntimeException e) {
            // The parser's own bugs on strange input.
            reader = null;
            return Optional.of(notWellFormed(e));
        } finally {
            lock.unlock();
        }
    }

    private static String notWellFormed(Exception e) {
        String message = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        return "it is not well-formed XML: " + DeviceText.oneLine(message, 120).toLowerCase(Locale.ROOT);
    }

    private static XMLReader newReader() throws SAXException {
        try {
            // Thread-safe in the JDK's own implementation: the factory is only read.
            SAXParser parser = FACTORY.newSAXParser();
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            parser.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            XMLReader reader = parser.getXMLReader();
            reader.setEntityResolver((publicId, systemId) -> {
                throw new SAXException("refers to something outside itself");
            });
            return reader;
        } catch (ParserConfigurationException e) {
            throw new IllegalStateException("this Java platform's XML parser cannot be hardened", e);
        }
    }

    private static SAXParserFactory newFactory() {
        SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
        try {
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
            factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
            factory.setFeature("http://apache.org/xml/features/nonvalidating/load-external-dtd", false);
            factory.setXIncludeAware(false);
            factory.setValidating(false);
            factory.setNamespaceAware(false);
        } catch (ParserConfigurationException | SAXException e) {
            throw new IllegalStateException("this Java platform's XML parser cannot be hardened", e);
        }
        return factory;
    }
}
