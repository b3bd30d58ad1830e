package dev.porthole.verify.internal.web;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HtmlTextTest {
    @Test
    void findsTheTitle() {
        assertThat(new HtmlText("<HTML><Title lang=en>\n Network&nbsp;Camera\n A </TITLE>").title())
                .isEqualTo("Network Camera A");
        assertThat(new HtmlText("<title>never ends").title()).isEmpty();
        assertThat(new HtmlText("no title").title()).isEmpty();
        // The upper-case dotted I is longer in lower case.
        assertThat(new HtmlText("\u0130\u0130\u0130<title>x</title>").title()).isEqualTo("x");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<input type=password>",
                "<INPUT NAME=p TYPE='Password'/>",
                "<input name=u><input\n type = \"password\" name=p>"
            })
    void findsAFieldForAPassword(String html) {
        assertThat(new HtmlText(html).passwordField()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"<input type=text>", "type=password", "<input type=pass", "<input name=x>password"})
    void anythingElseIsNone(String html) {
        assertThat(new HtmlText(html).passwordField()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "'<meta http-equiv=\"refresh\" content=\"0; url=/login.htm\">', /login.htm",
        "'<META HTTP-EQUIV=Refresh CONTENT=0;URL=index.asp>', index.asp",
        "'<script>window.location.href=\"/doc/page/login.asp?_\" + now</script>', /doc/page/login.asp?_",
        "'<script>location.replace(''/main.html'');</script>', /main.html"
    })
    void findsWhereAPageLeadsOn(String html, String place) {
        assertThat(new HtmlText(html).refresh()).contains(place);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<script>window.location.href = target</script>",
                "<meta http-equiv=Content-Type content=text/html>url=/x",
                "<script>location.href=\"/x\"</script><input type=password>"
            })
    void aPageThatNamesNoPlaceOrAsksForALoginLeadsNowhere(String html) {
        assertThat(new HtmlText(html).refresh()).isEmpty();
    }
}
