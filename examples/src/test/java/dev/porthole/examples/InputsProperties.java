package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class InputsProperties {
    private static final List<Consumer<String>> READERS = List.of(
            text -> Inputs.port("--x", text),
            text -> Inputs.timeout("--x", text),
            text -> Inputs.lease("--x", text),
            text -> Inputs.user("--x", text),
            text -> Inputs.brand("--x", text),
            text -> Inputs.policy("--x", text),
            text -> Inputs.service("--x", text),
            text -> Inputs.source("--x", List.of(text)),
            text -> Inputs.ports("--x", List.of(text)),
            text -> YamlNode.parse("f", text));

    @Property
    void any_text_is_read_or_refused_in_one_plain_sentence(@ForAll("texts") String text) {
        for (Consumer<String> reader : READERS) {
            try {
                reader.accept(text);
            } catch (InvalidInput e) {
                assertThat(e.getMessage().length()).isLessThan(500);
                assertThat(e.getMessage().codePoints()).noneMatch(Character::isISOControl);
            }
        }
    }

    @Property
    void every_port_is_read(@ForAll @IntRange(min = 1, max = 65_535) int port) {
        assertThat(Inputs.port("--x", Integer.toString(port))).isEqualTo(port);
    }

    @Property
    void an_account_in_a_url_is_never_repeated(@ForAll("words") String user, @ForAll("words") String password) {
        String secret = "S3cret" + password;
        assertThat(Words.quoted("rtsp://" + user + ":" + secret + "@host/x")).doesNotContain("S3cret");
        assertThat(Words.quoted(user + ":" + secret + "@host")).doesNotContain("S3cret");
    }

    @Property
    void no_line_is_longer_than_the_screen(@ForAll("words") String lead, @ForAll("sentences") String text) {
        String page = new Page().paragraph("  " + lead + " ", text).toString();
        assertThat(page.lines()).allMatch(line -> line.length() <= 80);
        assertThat(page.replaceAll("\\s+", "")).isEqualTo((lead + text).replaceAll("\\s+", ""));
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(40),
                Arbitraries.strings()
                        .withChars("0123456789.,-/:+ae []{}&*!#'\"\n\t")
                        .ofMaxLength(40));
    }

    @Provide
    Arbitrary<String> words() {
        return Arbitraries.strings().alpha().numeric().ofMinLength(1).ofMaxLength(12);
    }

    @Provide
    Arbitrary<String> sentences() {
        return words().list().ofMinSize(1).ofMaxSize(60).map(words -> String.join(" ", words));
    }
}
