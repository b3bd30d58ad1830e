package dev.porthole.routers.internal.table;

import dev.porthole.routers.internal.RouterRequest;
import java.util.Optional;
import java.util.regex.Pattern;

/** Finds the next page of a list that is shown in parts. */
final class Paging {
    /** 500 rules at 8 a page, which is TP-Link's. */
    static final int MAX_PAGES = 64;

    private static final Pattern ARROW = Pattern.compile("[>»›→]{1,2}");

    private Paging() {}

    /** The request for the next part; empty where this is the last. */
    static Optional<RouterRequest> next(Page page) throws NotUnderstoodException {
        for (Button button : Button.in(page.document())) {
            String words = button.words();
            boolean next =
                    Phrases.NEXT.is(words) || ARROW.matcher(words.strip()).matches();
            if (!next) {
                continue;
            }
            Optional<RouterRequest> request = Press.alone(page, button);
            boolean samePage = request.filter(one -> one.body().isEmpty())
                    .flatMap(one -> page.resolve(one.target()))
                    .filter(uri -> uri.getPath().equals(page.uri().getPath()) && !uri.equals(page.uri()))
                    .isPresent();
            if (samePage) {
                return request;
            }
        }
        return Optional.empty();
    }
}
