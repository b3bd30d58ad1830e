package dev.porthole.routers.internal.table;

import dev.porthole.mapping.TransportProtocol;
import dev.porthole.routers.internal.script.ScriptLexer.Kind;
import dev.porthole.routers.internal.script.ScriptLexer.Token;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jsoup.nodes.Element;

/**
 * What numbers in a protocol column mean, where the page's scripts turn them into words, by a list such as {@code ["",
 * "ALL", "TCP", "UDP"]} or by comparing, {@code if (p == 1) s = "TCP"}, or where a select offers both.
 */
final class ProtocolCodes {
    /** From a comparison to the word that it chooses there are fewer tokens. */
    private static final int NEAR = 14;

    private static final int MOST_WORDS = 8;

    private static final Pattern CODE = Pattern.compile("[0-9]{1,3}");

    private ProtocolCodes() {}

    /** What the scripts of a page tell, else what a select on it offers. */
    static Map<String, Set<TransportProtocol>> in(Page page) {
        Map<String, Set<TransportProtocol>> told = in(page.scripts());
        return told.isEmpty() ? offered(page) : told;
    }

    /** The numbers and words that the page's selects offer; empty where two selects contradict each other. */
    private static Map<String, Set<TransportProtocol>> offered(Page page) {
        Map<String, Set<TransportProtocol>> codes = new HashMap<>();
        boolean consistent = true;
        for (Element select : page.elements("select")) {
            List<Field.Option> options = Field.of(List.of(select)).get(0).options();
            boolean protocols = options.size() >= 2
                    && options.stream()
                            .allMatch(option -> CODE.matcher(option.value()).matches() && word(option.text()));
            for (Field.Option option : protocols ? options : List.<Field.Option>of()) {
                consistent &= put(codes, option.value(), option.text());
            }
        }
        return consistent ? Map.copyOf(codes) : Map.of();
    }

    /** The codes; empty where the scripts name none, or contradict each other. */
    private static Map<String, Set<TransportProtocol>> in(Scripts scripts) {
        Map<String, Set<TransportProtocol>> codes = new HashMap<>();
        boolean consistent = true;
        for (Scripts.Given given : scripts.given()) {
            if (given.value() instanceof List<?> list && wordsOnly(list)) {
                for (int i = 0; i < list.size(); i++) {
                    consistent &= put(codes, String.valueOf(i), String.valueOf(list.get(i)));
                }
            }
        }
        List<Token> tokens = scripts.tokens();
        for (int i = 0; i < tokens.size(); i++) {
            boolean equals =
                    i >= 2 && tokens.get(i - 1).is("=") && tokens.get(i - 2).is("=");
            boolean compared = equals || i >= 1 && tokens.get(i - 1).isName("case");
            if (compared && CODE.matcher(tokens.get(i).text()).matches()) {
                consistent &= put(codes, tokens.get(i).text(), chosen(tokens, i + 1));
            }
        }
        return consistent && codes.values().stream().distinct().count() >= 2 ? Map.copyOf(codes) : Map.of();
    }

    /** A list of words for protocols alone, at least two of them. */
    private static boolean wordsOnly(List<?> list) {
        return list.size() <= MOST_WORDS
                && list.stream().filter(ProtocolCodes::word).count() >= 2
                && list.stream().allMatch(one -> word(one) || "".equals(one))
                && list.stream().anyMatch(one -> "TCP".equalsIgnoreCase(String.valueOf(one)));
    }

    private static boolean word(Object value) {
        return value instanceof String text
                && text.chars().anyMatch(c -> c < '0' || c > '9')
                && !Values.protocols(text).isEmpty();
    }

    private static boolean put(Map<String, Set<TransportProtocol>> codes, String code, String word) {
        if (!word(word)) {
            return true;
        }
        Set<TransportProtocol> before = codes.putIfAbsent(code, Values.protocols(word));
        return before == null || before.equals(Values.protocols(word));
    }

    /** The first text behind a comparison, before the next comparison. */
    private static String chosen(List<Token> tokens, int from) {
        for (int i = from; i < Math.min(tokens.size(), from + NEAR); i++) {
            Token token = tokens.get(i);
            boolean next =
                    token.isName("case") || token.is("=") && tokens.get(i - 1).is("=");
            if (next) {
                return "";
            }
            if (token.kind() == Kind.STRING) {
                return token.text().replaceAll("<[^>]*>", " ").strip();
            }
        }
        return "";
    }
}
