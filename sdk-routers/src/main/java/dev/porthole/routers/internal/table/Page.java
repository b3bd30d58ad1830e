package dev.porthole.routers.internal.table;

import dev.porthole.Deadline;
import java.net.URI;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.FormElement;
import org.jsoup.parser.Parser;

/**
 * A page of a router, parsed, with what its own scripts print. Pages larger than {@link #MAX_LENGTH} or of more than
 * {@link #MAX_ELEMENTS} elements are refused; nesting is cut by the parser.
 */
final class Page {
    /** The largest honest page met is below 1 MB; lists of 500 rows stay below 400 kB. */
    static final int MAX_LENGTH = 4 << 20;

    static final int MAX_ELEMENTS = 20_000;
    private static final int MAX_DEPTH = 200;

    private final URI uri;
    private final Document document;
    private final List<Element> elements;
    private final Deadline deadline;
    private final Scripts scripts;
    private final Charset charset;
    private final boolean followed;

    private Page(
            URI uri, Document document, Charset charset, Deadline deadline, boolean followed, Libraries libraries) {
        this.uri = uri;
        this.document = document;
        this.elements = Inside.all(document, element -> true);
        this.deadline = deadline;
        this.charset = charset;
        this.followed = followed;
        this.scripts = Scripts.of(document, uri, libraries);
    }

    /**
     * Parses a page.
     *
     * @param charset in which it came, and in which forms are sent back
     * @throws NotUnderstoodException where it is too large, or the deadline passed meanwhile
     */
    static Page parse(String html, URI uri, Charset charset, Deadline deadline) throws NotUnderstoodException {
        return parse(html, uri, charset, deadline, new Libraries());
    }

    /** As {@link #parse(String, URI, Charset, Deadline)}, with scripts that the page keeps in files of their own. */
    static Page parse(String html, URI uri, Charset charset, Deadline deadline, Libraries libraries)
            throws NotUnderstoodException {
        if (html.length() > MAX_LENGTH) {
            throw new NotUnderstoodException(
                    NotUnderstoodException.Kind.NO_TABLE, uri.getPath() + " is larger than 4 MB; no router's page is");
        }
        Parser parser = Parser.htmlParser();
        parser.setMaxDepth(MAX_DEPTH);
        Printed printed = Printed.of(html, parser, uri, libraries, deadline);
        Document document = printed.document();
        Page page = new Page(uri, document, charset, deadline, printed.followed(), libraries);
        if (page.elements.size() > MAX_ELEMENTS) {
            throw new NotUnderstoodException(
                    NotUnderstoodException.Kind.NO_TABLE,
                    page.name() + " has more than " + MAX_ELEMENTS + " elements; no router's page has");
        }
        page.checkTime();
        return page;
    }

    /** Ends the work on this page where its time is over. */
    void checkTime() throws NotUnderstoodException {
        if (deadline.expired()) {
            throw new NotUnderstoodException(
                    NotUnderstoodException.Kind.NO_TABLE, name() + " could not be read in the time given");
        }
    }

    URI uri() {
        return uri;
    }

    Charset charset() {
        return charset;
    }

    Document document() {
        return document;
    }

    /** All elements of some names, in the order of the page. To ask the parser for them walks through the page each time. */
    List<Element> elements(String... names) {
        List<String> wanted = List.of(names);
        return elements.stream()
                .filter(element -> wanted.contains(element.normalName()))
                .toList();
    }

    Scripts scripts() {
        return scripts;
    }

    /** Whether a script that cannot be followed may fill these fields when the page is shown. */
    boolean filledByScript(Collection<Field> fields) {
        return !followed && scripts.fillsAtLoad(document, fields);
    }

    /** Whether a script that cannot be followed may have written rows into a table. */
    boolean rowsLost() {
        return !followed && scripts.writesRows();
    }

    /** Path of the page, for messages: never the query, which may hold a session. */
    String name() {
        String path = uri.getPath();
        return path == null || path.isEmpty() ? "/" : path;
    }

    List<FormElement> forms() {
        return elements("form").stream()
                .filter(FormElement.class::isInstance)
                .map(FormElement.class::cast)
                .toList();
    }

    /**
     * The fields of a form. The parser links those to it that stand outside because forms and tables are nested wrongly;
     * to look for them, jsoup compares each field to all others.
     */
    List<Field> fields(FormElement form) {
        List<Element> inside = Inside.all(form, Inside::field);
        boolean all = inside.size() == elements.stream().filter(Inside::field).count();
        return Field.of(all ? inside : form.elements());
    }

    /** Where a link leads, if it stays on this router. */
    Optional<URI> resolve(String reference) {
        return Addresses.resolve(base(), reference).filter(target -> Addresses.sameHost(uri, target));
    }

    private URI base() {
        Element base = document.selectFirst("base[href]");
        return base == null
                ? uri
                : Addresses.resolve(uri, base.attr("href"))
                        .filter(target -> Addresses.sameHost(uri, target))
                        .orElse(uri);
    }

    /** The text of the whole page as a person sees it. */
    String text() {
        return document.text();
    }
}
