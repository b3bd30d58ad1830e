package dev.porthole.routers.internal.table;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;

/** Brings words of routers' pages into the form in which they are compared. */
final class Words {
    /** Nothing that is a header, a label or a field's name is longer. */
    private static final int MAX_LENGTH = 200;

    private static final Pattern ACCENTS = Pattern.compile("[\\u0300-\\u036f]");
    private static final Pattern CAMEL = Pattern.compile("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])");
    private static final Pattern NO_WORD = Pattern.compile("[^\\p{L}\\p{M}\\p{N}#+ー-]+|(?<=.)-(?=.)");

    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Pattern NO_LETTER = Pattern.compile("[^\\p{L} ]+");

    private Words() {}

    /** Lower case, no accents, one space between words; long text is cut. */
    static String plain(String text) {
        String cut = text.length() <= MAX_LENGTH ? text : text.substring(0, MAX_LENGTH);
        return squash(cut);
    }

    /** As {@link #plain}, without a limit: for searching phrases in whole messages. */
    static String squash(String text) {
        return ascii(text) ? squashAscii(text) : squashAny(text);
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    /** What {@link #squashAny} does, without patterns: nearly every cell of every table goes through here. */
    private static String squashAscii(String text) {
        char[] squashed = new char[text.length()];
        int length = 0;
        int last = text.length() - 1;
        for (int i = 0; i <= last; i++) {
            char c = text.charAt(i);
            boolean hyphen =
                    c == '-' && (i == 0 || i == last || text.charAt(i - 1) == '\n' || text.charAt(i + 1) == '\n');
            if (c >= 'A' && c <= 'Z') {
                squashed[length++] = (char) (c + ('a' - 'A'));
            } else if (c >= 'a' && c <= 'z' || c >= '0' && c <= '9' || c == '#' || c == '+' || hyphen) {
                squashed[length++] = c;
            } else if (length > 0 && squashed[length - 1] != ' ') {
                squashed[length++] = ' ';
            }
        }
        boolean spaceBehind = length > 0 && squashed[length - 1] == ' ';
        return new String(squashed, 0, spaceBehind ? length - 1 : length);
    }

    private static String squashAny(String text) {
        String lower = Normalizer.normalize(text, Normalizer.Form.NFKD).toLowerCase(Locale.ROOT);
        String bare = Normalizer.normalize(ACCENTS.matcher(lower).replaceAll(""), Normalizer.Form.NFC)
                .replace('ł', 'l')
                .replace('ı', 'i');
        return SPACES.matcher(NO_WORD.matcher(bare).replaceAll(" ").strip()).replaceAll(" ");
    }

    /** The words in an identifier such as {@code extStartPort_3}, without its digits. */
    static String ofIdentifier(String identifier) {
        String cut = identifier.length() <= MAX_LENGTH ? identifier : identifier.substring(0, MAX_LENGTH);
        String spaced = CAMEL.matcher(cut).replaceAll(" ");
        return plain(NO_LETTER.matcher(spaced).replaceAll(" "));
    }

    /** Whether a character belongs to a script that writes no spaces. */
    static boolean unspaced(int codePoint) {
        Character.UnicodeScript script = Character.UnicodeScript.of(codePoint);
        return script == Character.UnicodeScript.HAN
                || script == Character.UnicodeScript.HIRAGANA
                || script == Character.UnicodeScript.KATAKANA
                || codePoint == 'ー';
    }

    static boolean unspaced(String text) {
        return text.codePoints().anyMatch(Words::unspaced);
    }

    /** Reads a resource of lines {@code KEY = phrase | phrase}; a key may stand on several lines. */
    static Map<String, List<String>> read(String resource) {
        Map<String, List<String>> found = new LinkedHashMap<>();
        try (InputStream stream = Objects.requireNonNull(
                        Words.class.getResourceAsStream(resource), "missing resource " + resource);
                BufferedReader reader = new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                int equals = line.indexOf(" = ");
                if (line.startsWith("# ") || equals < 0) {
                    continue;
                }
                List<String> phrases =
                        found.computeIfAbsent(line.substring(0, equals).strip(), key -> new ArrayList<>());
                for (String phrase : line.substring(equals + 3).split("\\|")) {
                    String plain = plain(phrase);
                    if (!plain.isEmpty()) {
                        phrases.add(plain);
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return found;
    }
}
