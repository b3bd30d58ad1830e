package dev.porthole.verify.internal.onvif;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SoapLeavesTest {
    private static Optional<SoapLeaves> parse(String text) {
        return SoapLeaves.parse(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void textsAndTokensAreFoundByNamesWithoutPrefixes() {
        SoapLeaves leaves = parse("<?xml version=\"1.0\"?><s:Envelope><trt:Profiles fixed=\"1\" token=\"a&amp;b\">"
                        + "<tt:Name> one </tt:Name></trt:Profiles><trt:Profiles token=\"c\"><tt:Name>two</tt:Name>"
                        + "</trt:Profiles></s:Envelope>")
                .orElseThrow();
        assertThat(leaves.token("Profiles")).contains("a&b");
        assertThat(leaves.text("Profiles/Name")).contains("one");
        assertThat(leaves.text("Name")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<a>",
                "<a></b>",
                "not xml",
                "<!DOCTYPE a [<!ENTITY b \"c\">]><a>&b;</a>",
                "<!DOCTYPE a SYSTEM \"file:///etc/hostname\"><a/>",
                "<a>&undeclared;</a>"
            })
    void whatIsNotWellFormedOrHasADocumentTypeGivesNothing(String text) {
        assertThat(parse(text)).isEmpty();
    }

    @Test
    void depthAndNumberAreBounded() {
        assertThat(parse("<a>".repeat(41) + "</a>".repeat(41))).isEmpty();
        StringBuilder many = new StringBuilder("<a>");
        for (int i = 0; i < 3_000; i++) {
            many.append("<b").append(i).append("/>");
        }
        assertThat(parse(many + "</a>")).isEmpty();
    }
}
