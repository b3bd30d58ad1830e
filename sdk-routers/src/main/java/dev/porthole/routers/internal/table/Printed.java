package dev.porthole.routers.internal.table;

import dev.porthole.Deadline;
import dev.porthole.routers.internal.script.ScriptPrinter;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/**
 * A page as its own scripts print it: lists that are written out from data on the page, labels, fields that are filled when
 * the page is shown. Only what the page itself holds counts; a script that cannot be followed prints nothing.
 *
 * @param document the page with what was printed
 * @param followed whether all scripts could be followed, so that the fields are as a person sees them
 */
record Printed(Document document, boolean followed) {
    private static final Pattern SOURCE =
            Pattern.compile("\\bsrc\\s*=\\s*[\"']?([^\"'\\s>]{1,200})", Pattern.CASE_INSENSITIVE);

    /** A list of 500 rules is printed by one, or by one for each rule. */
    private static final int MAX_SCRIPTS = 600;

    /** Parses a page and adds what its scripts print. */
    static Printed of(String html, Parser parser, URI uri, Libraries libraries, Deadline deadline) {
        PageWindow window = new PageWindow();
        ScriptPrinter printer = new ScriptPrinter(window, deadline);
        Document document = parser.parseInput(written(html, printer, uri, libraries), uri.toString());
        Element body = document.selectFirst("body");
        String load = body == null ? "" : body.attr("onload");
        if (!load.isBlank()) {
            printer.run(load.replaceFirst("(?i)^\\s*javascript:", ""));
        }
        window.apply(document);
        return new Printed(document, !printer.gaveUp());
    }

    /** The page's text with what each script prints behind it: parts of one table may be printed by different scripts. */
    private static String written(String html, ScriptPrinter printer, URI uri, Libraries libraries) {
        StringBuilder text = new StringBuilder(html.length() + 1000);
        String lower = html.toLowerCase(Locale.ROOT);
        int done = 0;
        for (int i = 0; i < MAX_SCRIPTS && lower.length() == html.length(); i++) {
            int start = lower.indexOf("<script", done);
            int open = start < 0 ? -1 : lower.indexOf('>', start);
            int close = open < 0 ? -1 : lower.indexOf("</script", open);
            int end = close < 0 ? -1 : lower.indexOf('>', close);
            if (end < 0) {
                break;
            }
            text.append(html, done, end + 1);
            done = end + 1;
            source(html.substring(start, open))
                    .flatMap(source -> libraries.text(uri, source))
                    .ifPresent(printer::run);
            if (!lower.substring(start, open).contains("json")) {
                printer.run(html.substring(open + 1, close)).ifPresent(text::append);
            }
        }
        return done == 0 ? html : text.append(html, done, html.length()).toString();
    }

    private static Optional<String> source(String tag) {
        Matcher matcher = SOURCE.matcher(tag);
        return matcher.find() ? Optional.of(matcher.group(1)) : Optional.empty();
    }
}
