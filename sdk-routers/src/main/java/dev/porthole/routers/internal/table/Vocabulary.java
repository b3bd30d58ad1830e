package dev.porthole.routers.internal.table;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What headers, labels and field names say, in the languages that routers speak. Immutable. */
final class Vocabulary {
    private static final Map<String, Set<Trait>> PHRASES = load();
    private static final int LONGEST = 5;

    /** Shorter pieces of a glued word would make words out of anything. */
    private static final int MIN_GLUED = 5;

    /** The only words of two letters that fields' names are glued of. */
    private static final Set<String> SHORT_PIECES =
            Set.of("ip", "in", "to", "id", "no", "nr", "pc", "ex", "en", "on", "pt", "rm");

    private Vocabulary() {}

    private static Map<String, Set<Trait>> load() {
        Map<String, Set<Trait>> phrases = new HashMap<>();
        Words.read("vocabulary.txt").forEach((key, values) -> {
            Set<Trait> traits = EnumSet.noneOf(Trait.class);
            for (String name : key.split(" ")) {
                traits.add(Trait.valueOf(name.toUpperCase(Locale.ROOT)));
            }
            // The first line that names a phrase counts: a word with two meanings stands where it is met more often.
            values.forEach(phrase -> phrases.putIfAbsent(phrase, traits));
        });
        return phrases;
    }

    /** What a header or a label says; empty where it holds no known word. */
    static Set<Trait> ofText(String text) {
        return ofPlain(Words.plain(text), false);
    }

    /** What a field's name or a script's identifier says. */
    static Set<Trait> ofIdentifier(String identifier) {
        return ofPlain(Words.ofIdentifier(identifier), true);
    }

    /** Whether a text or an identifier is a phrase for just this, without a word beside it. */
    static boolean names(String text, Trait trait) {
        return PHRASES.getOrDefault(Words.ofIdentifier(text), Set.of()).equals(EnumSet.of(trait));
    }

    private static Set<Trait> ofPlain(String plain, boolean identifier) {
        Set<Trait> found = EnumSet.noneOf(Trait.class);
        if (plain.isEmpty()) {
            return found;
        }
        String[] words = plain.split(" ");
        for (int i = 0; i < words.length; ) {
            int taken = phraseAt(words, i, found);
            if (taken == 0) {
                found.addAll(ofWord(words[i], identifier));
                taken = 1;
            }
            i += taken;
        }
        return found;
    }

    private static int phraseAt(String[] words, int from, Set<Trait> found) {
        for (int length = Math.min(LONGEST, words.length - from); length > 0; length--) {
            Set<Trait> traits = PHRASES.get(String.join(" ", List.of(words).subList(from, from + length)));
            if (traits != null) {
                found.addAll(traits);
                return length;
            }
        }
        return 0;
    }

    private static Set<Trait> ofWord(String word, boolean identifier) {
        if (Words.unspaced(word)) {
            return ofUnspaced(word);
        }
        if (word.length() >= MIN_GLUED || (identifier && word.length() >= 4)) {
            Set<Trait> glued = ofGlued(word);
            if (glued != null) {
                return glued;
            }
        }
        return EnumSet.noneOf(Trait.class);
    }

    private static Set<Trait> ofUnspaced(String word) {
        Set<Trait> found = EnumSet.noneOf(Trait.class);
        for (int i = 0; i < word.length(); ) {
            int taken = 1;
            for (int length = Math.min(12, word.length() - i); length > 0; length--) {
                Set<Trait> traits = PHRASES.get(word.substring(i, i + length));
                if (traits != null) {
                    found.addAll(traits);
                    taken = length;
                    break;
                }
            }
            i += taken;
        }
        return found;
    }

    /** Splits a word such as {@code startport} or {@code Zielport} into known ones, as few as possible. */
    private static @Nullable Set<Trait> ofGlued(String word) {
        int length = Math.min(word.length(), 40);
        List<@Nullable List<String>> best = new ArrayList<>();
        best.add(List.of());
        for (int end = 1; end <= length; end++) {
            List<String> found = null;
            for (int start = Math.max(0, end - 16); start <= end - 2; start++) {
                List<String> before = best.get(start);
                String piece = word.substring(start, end);
                if (before != null
                        && (piece.length() > 2 || SHORT_PIECES.contains(piece))
                        && PHRASES.containsKey(piece)
                        && (found == null || before.size() + 1 < found.size())) {
                    found = new ArrayList<>(before);
                    found.add(piece);
                }
            }
            best.add(found);
        }
        List<String> pieces = best.get(length);
        if (pieces == null || length < word.length()) {
            return null;
        }
        Set<Trait> traits = EnumSet.noneOf(Trait.class);
        pieces.forEach(piece -> traits.addAll(PHRASES.get(piece)));
        return traits;
    }
}
