package dev.porthole.routers.internal.table;

import org.jsoup.nodes.Element;

/** Recognises the row that says that there are none. */
final class NoRows {
    private NoRows() {}

    static boolean in(Element row) {
        String text = row.text();
        return text.length() <= 120
                && Values.address(text).isEmpty()
                && !Inside.any(row, Inside::shownField)
                && Phrases.NO_ROWS.in(text);
    }
}
