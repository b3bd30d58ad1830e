package dev.porthole.routers.internal.identify;

import dev.porthole.http.internal.HeaderFields;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterRequest;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * By what a brand's web administration is recognised without an account: one request, and what its answer shows. All of it
 * must be there. Immutable.
 *
 * @param request what is asked; it changes nothing on any router and holds no secret
 * @param statuses one of which the answer has; empty for any
 * @param headers header fields of the answer, each with words that its value contains
 * @param words what the body contains, without regard to case
 */
public record Fingerprint(
        RouterRequest request, Set<Integer> statuses, List<HeaderFields.Field> headers, List<String> words) {
    /** Copies the collections. */
    public Fingerprint {
        statuses = Set.copyOf(statuses);
        headers = List.copyOf(headers);
        words = List.copyOf(words);
        if (statuses.isEmpty() && headers.isEmpty() && words.isEmpty()) {
            throw new IllegalArgumentException("a fingerprint that any answer has recognises nothing");
        }
    }

    /**
     * Whether an answer to the request has all of it.
     *
     * @param reply the answer
     * @return true where the brand is recognised
     */
    public boolean matches(RouterReply reply) {
        if (!statuses.isEmpty() && !statuses.contains(reply.status())) {
            return false;
        }
        for (HeaderFields.Field field : headers) {
            if (reply.headers().all(field.name()).stream().noneMatch(value -> contains(value, field.value()))) {
                return false;
            }
        }
        if (words.isEmpty()) {
            return true;
        }
        String text = reply.text();
        return words.stream().allMatch(word -> contains(text, word));
    }

    private static boolean contains(String text, String word) {
        return text.toLowerCase(Locale.ROOT).contains(word.toLowerCase(Locale.ROOT));
    }
}
