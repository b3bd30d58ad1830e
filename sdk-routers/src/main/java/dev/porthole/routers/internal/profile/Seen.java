package dev.porthole.routers.internal.profile;

import com.fasterxml.jackson.jr.ob.JSON;
import dev.porthole.NatTraversalException;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.routers.internal.RouterReply;
import java.io.IOException;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.parser.Parser;
import org.jspecify.annotations.Nullable;

/** A router's answer, read in the way that is asked for, once. Used by one thread at a time. */
final class Seen {
    private static final JSON EXACT = JSON.std.with(JSON.Feature.USE_BIG_DECIMAL_FOR_FLOATS);
    /** The largest honest page met has fewer. */
    private static final int MOST_ELEMENTS = 20_000;

    private static final int DEEPEST = 200;

    private final RouterReply reply;
    private final SafeXml reader;
    private @Nullable String text;
    private @Nullable Optional<Object> json;
    private @Nullable Optional<XmlNode> xml;
    private @Nullable Document html;

    Seen(RouterReply reply, SafeXml reader) {
        this.reply = reply;
        this.reader = reader;
    }

    RouterReply reply() {
        return reply;
    }

    String text() {
        String known = text;
        if (known == null) {
            known = reply.text();
            text = known;
        }
        return known;
    }

    /** The answer as JSON; empty where it is none. */
    Optional<Object> json() {
        Optional<Object> known = json;
        if (known == null) {
            known = parsed(text());
            json = known;
        }
        return known;
    }

    private static Optional<Object> parsed(String text) {
        String plain = text.startsWith("\uFEFF") ? text.substring(1) : text;
        if (plain.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(EXACT.anyFrom(plain));
        } catch (IOException | RuntimeException e) {
            // Besides its own exception the reader throws others on strange input.
            return Optional.empty();
        }
    }

    Optional<XmlNode> xml() {
        Optional<XmlNode> known = xml;
        if (known == null) {
            known = XmlNode.parse(reader, reply.body());
            xml = known;
        }
        return known;
    }

    Document html() {
        Document known = html;
        if (known == null) {
            Parser parser = Parser.htmlParser();
            parser.setMaxDepth(DEEPEST);
            known = parser.parseInput(text(), "");
            if (known.getAllElements().size() > MOST_ELEMENTS) {
                throw new NatTraversalException(
                        FindingCode.PAGE_NOT_UNDERSTOOD,
                        reply.url().base() + " sent a page with more than " + MOST_ELEMENTS
                                + " elements; no router's page has.");
            }
            html = known;
        }
        return known;
    }
}
