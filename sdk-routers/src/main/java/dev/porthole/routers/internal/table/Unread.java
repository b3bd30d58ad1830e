package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * Looks for what may be rules on a page of which none was read. To take a list for empty that is not would let its ports be
 * given away a second time.
 */
final class Unread {
    private static final Pattern NUMBER = Pattern.compile("(?<![0-9.:])[0-9]{2,5}(?![0-9.:])");
    private static final Pattern MAC = Pattern.compile("[0-9A-Fa-f]{2}([:-][0-9A-Fa-f]{2}){5}");
    private static final Pattern TRANSPORT = Pattern.compile("(?i)\\b(tcp|udp)\\b|->|=>");
    private static final Pattern PROSE = Pattern.compile("\\p{L}[ ,]+\\p{L}++[ ,]+\\p{L}");
    private static final int MAX_ELEMENTS = 4000;

    private Unread() {}

    /** Words of a row that may be a rule; empty where nothing looks like one. */
    static Optional<String> in(Page page) {
        List<Element> rows = page.document().select("tr, option, li");
        for (Element row : rows.subList(0, Math.min(rows.size(), MAX_ELEMENTS))) {
            boolean layout = row.selectFirst("table, select, script") != null;
            String text = layout ? "" : row.text();
            if (TRANSPORT.matcher(text).find() && ruleLike(text, page)) {
                return Optional.of(excerpt(text));
            }
        }
        for (Scripts.Given given : page.scripts().given()) {
            List<String> texts = new ArrayList<>();
            collect(given.value(), texts, 0);
            String text = String.join(" ", texts);
            long parts = text.chars().filter(c -> " ,;|<>^/~".indexOf(c) >= 0).count();
            if (parts >= 3 && ruleLike(text, page) && !(texts.size() == 1 && prose(text))) {
                return Optional.of("the script's " + given.name());
            }
        }
        return Optional.empty();
    }

    private static boolean prose(String text) {
        return text.indexOf('\n') < 0 && PROSE.matcher(text).find();
    }

    private static boolean ruleLike(String text, Page page) {
        if (text.length() > 20_000 || MAC.matcher(text).find()) {
            return false;
        }
        Optional<String> address = Values.address(text);
        boolean host = address.filter(Values::isPrivateAddress).isPresent()
                && !address.get().equals(page.uri().getHost());
        Matcher number = NUMBER.matcher(text.replace(address.orElse(""), " "));
        return host && number.find() && !Values.ports(number.group()).isEmpty();
    }

    private static void collect(Object value, List<String> texts, int depth) {
        if (depth > 4 || texts.size() > 2000) {
            return;
        }
        if (value instanceof String text) {
            texts.add(DelimitedText.plainSigns(text));
        } else if (value instanceof List<?> list) {
            list.forEach(one -> collect(one, texts, depth + 1));
        } else if (value instanceof Map<?, ?> map) {
            map.values().forEach(one -> collect(one, texts, depth + 1));
        } else if (value instanceof Scripts.Constructed constructed) {
            constructed.arguments().forEach(one -> collect(one, texts, depth + 1));
        }
    }

    private static String excerpt(String text) {
        return "'" + (text.length() <= 80 ? text : text.substring(0, 80) + "...") + "'";
    }
}
