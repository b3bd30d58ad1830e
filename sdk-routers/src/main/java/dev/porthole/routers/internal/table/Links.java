package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.script.ScriptLexer;
import dev.porthole.routers.internal.script.ScriptLexer.Kind;
import dev.porthole.routers.internal.script.ScriptLexer.Token;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/** Finds the pages to which a page leads, and how likely each is the one with the port-forwarding table. */
final class Links {
    /** What a frame, or a page to which a script sends at once, is worth by itself. */
    static final int FRAME = 5;

    private static final int MAX_LINKS = 600;

    private static final Pattern ADDRESS = Pattern.compile(
            "(?i)[\\w./~-]{1,100}\\.(html?|aspx?|cgi|php|stm|jsp|shtml|lp|gch|sht|tri|cmd|ha|lua|xhtml)(\\?[\\w=&.%;:-]{0,200})?");

    /** A page to look at; the higher the score the sooner. */
    record Link(URI uri, String words, int score) {}

    private final Page page;
    private final List<Link> links = new ArrayList<>();

    private Links(Page page) {
        this.page = page;
    }

    static List<Link> of(Page page) {
        Links found = new Links(page);
        found.frames();
        found.anchors();
        found.scripted();
        return found.links;
    }

    private void frames() {
        for (Element frame : page.document().select("frame[src], iframe[src]")) {
            add(frame.attr("src"), frame.attr("name"), FRAME);
        }
        for (Element refresh : page.document().select("meta[http-equiv~=(?i)refresh]")) {
            String content = refresh.attr("content");
            int equals = content.toLowerCase(Locale.ROOT).indexOf("url=");
            if (equals >= 0) {
                add(content.substring(equals + 4).replaceAll("[\"']", ""), "", FRAME + 1);
            }
        }
    }

    private void anchors() {
        for (Element link : page.document().select("a[href], area[href], [onclick], option[value]")) {
            String words = link.text() + " " + link.attr("title") + " " + link.attr("alt") + " "
                    + link.select("img").attr("alt");
            String href = link.attr("href");
            if (link.normalName().equals("option")) {
                if (ADDRESS.matcher(link.attr("value")).matches()) {
                    add(link.attr("value"), words, 0);
                }
            } else if (!href.isBlank()
                    && !href.startsWith("#")
                    && !href.toLowerCase(Locale.ROOT).startsWith("javascript:")) {
                add(href, words, 0);
            } else if (links.size() < MAX_LINKS) {
                scriptedLink(link.hasAttr("onclick") ? link.attr("onclick") : href, words);
            }
        }
    }

    private void scriptedLink(String line, String words) {
        Optional<String> url = ScriptAction.of(page.scripts(), line).url();
        if (url.isPresent()) {
            add(url.get(), words, 0);
            return;
        }
        for (Token token : Scripts.line(line)) {
            if (token.kind() == Kind.STRING && ADDRESS.matcher(token.text()).matches()) {
                add(token.text(), words, 0);
            }
        }
    }

    /** Addresses in a menu's script, with the text beside as its words; and the page to which a script sends at once. */
    private void scripted() {
        boolean bare = page.text().isBlank() && page.forms().isEmpty();
        for (Element script : page.document().getElementsByTag("script")) {
            List<Token> strings = ScriptLexer.tokens(script.data()).stream()
                    .filter(token -> token.kind() == Kind.STRING)
                    .toList();
            for (int i = 0; i < strings.size() && links.size() < MAX_LINKS; i++) {
                for (String part : strings.get(i).text().split("[|\\s\"'<>]")) {
                    if (ADDRESS.matcher(part).matches()
                            && !part.toLowerCase(Locale.ROOT).endsWith(".js")) {
                        add(part, near(strings, i), bare ? FRAME : 0);
                    }
                }
            }
        }
    }

    private static String near(List<Token> strings, int at) {
        StringBuilder words = new StringBuilder();
        for (int i = Math.max(0, at - 1); i <= Math.min(strings.size() - 1, at + 1); i++) {
            String text = strings.get(i).text();
            if (text.length() <= 200 && !ADDRESS.matcher(text).matches()) {
                words.append(' ').append(text.replaceAll("<[^>]*>", " "));
            }
        }
        return words.toString();
    }

    private void add(String reference, String words, int start) {
        if (links.size() >= MAX_LINKS) {
            return;
        }
        Optional<URI> uri = page.resolve(reference);
        if (uri.isEmpty() || dangerous(uri.get(), words)) {
            return;
        }
        String address = uri.get().getPath() + " "
                + (uri.get().getQuery() == null ? "" : uri.get().getQuery());
        int score = start;
        String lower = address.toLowerCase(Locale.ROOT);
        if (Phrases.FORWARDING.in(words)) {
            score += 10;
        }
        if (Phrases.FORWARDING_ADDRESS.inIdentifier(address) || Phrases.FORWARDING_ADDRESS.glued(lower)) {
            score += 7;
        }
        if (Phrases.NEARBY.is(words) || Phrases.NEARBY.in(words)) {
            score += 3;
        }
        if (Phrases.ELSEWHERE.in(words)) {
            score -= 8;
        }
        if (lower.matches(".*\\.(js|css|png|gif|jpe?g|ico|svg|pdf|zip|bin|xml|txt)( .*)?")) {
            return;
        }
        links.add(new Link(uri.get(), words.strip(), score));
    }

    /** A link that may do something: not followed while looking for the table. */
    private static boolean dangerous(URI uri, String words) {
        String query = uri.getRawQuery() == null ? "" : uri.getRawQuery();
        String file = uri.getPath() == null ? "" : uri.getPath().replaceAll("^.*/", "");
        return Phrases.DANGER.in(words)
                || Phrases.DANGER.inIdentifier(file)
                || Phrases.DANGER.inIdentifier(query.replace('&', ' ').replace('=', ' '));
    }
}
