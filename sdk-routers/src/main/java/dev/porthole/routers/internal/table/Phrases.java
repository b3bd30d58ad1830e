package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Words on buttons, links and messages, by what they are for. */
enum Phrases {
    ADD,
    SAVE,
    DELETE,
    EDIT,
    ALL,
    CANCEL,
    YES,
    FORWARDING,
    FORWARDING_ADDRESS,
    NEARBY,
    ELSEWHERE,
    NOT_FORWARDING,
    DANGER,
    LOGOUT,
    LOGIN_REFUSED,
    LOGIN_LOCKED,
    SESSION_TAKEN,
    ERROR_EXISTS,
    ERROR_FULL,
    ERROR,
    PENDING,
    BOTH,
    AND,
    TRUE,
    FALSE,
    TURNS_ON,
    TURNS_OFF,
    UNSET,
    NO_ROWS,
    NEXT,
    SAME_PORT;

    private static final Map<Phrases, Set<String>> EXACT = new EnumMap<>(Phrases.class);
    private static final Map<Phrases, List<String>> SPACED = new EnumMap<>(Phrases.class);
    private static final Map<Phrases, List<String>> UNSPACED = new EnumMap<>(Phrases.class);

    static {
        Words.read("phrases.txt").forEach((key, values) -> {
            Phrases kind = valueOf(key);
            EXACT.put(kind, new HashSet<>(values));
            List<String> spaced = new ArrayList<>();
            List<String> unspaced = new ArrayList<>();
            for (String value : values) {
                if (Words.unspaced(value)) {
                    unspaced.add(value);
                } else {
                    spaced.add(" " + value + " ");
                }
            }
            SPACED.put(kind, spaced);
            UNSPACED.put(kind, unspaced);
        });
    }

    private Set<String> exact() {
        return EXACT.getOrDefault(this, Set.of());
    }

    /** Whether the text is one of the phrases. */
    boolean is(String text) {
        return isPlain(Words.plain(text));
    }

    /** As {@link #is}, for a text that is plain already. */
    boolean isPlain(String plain) {
        return exact().contains(plain);
    }

    /** Whether the text holds one of the phrases, as whole words. */
    boolean in(String text) {
        return inSquashed(Words.squash(text));
    }

    private boolean inSquashed(String squashed) {
        String padded = " " + squashed + " ";
        return SPACED.getOrDefault(this, List.of()).stream().anyMatch(padded::contains)
                || UNSPACED.getOrDefault(this, List.of()).stream().anyMatch(squashed::contains);
    }

    /** Whether an address or an identifier holds one of the phrases, as words of it or glued. */
    boolean inIdentifier(String identifier) {
        return inSquashed(Words.ofIdentifier(identifier));
    }

    /** Whether an address holds one of the longer phrases, glued to others. */
    boolean glued(String address) {
        return exact().stream()
                .filter(phrase -> phrase.length() >= 6)
                .anyMatch(phrase -> address.contains(phrase.replace(" ", "")));
    }
}
