package dev.porthole.verify.internal.web;

import dev.porthole.http.internal.DeviceReply;
import dev.porthole.http.internal.TlsPeer;
import dev.porthole.http.internal.auth.Challenge;
import dev.porthole.http.internal.auth.ChallengeParser;
import java.util.List;
import java.util.Optional;

/**
 * A page as far as it tells something of the device behind it.
 *
 * @param status the status code
 * @param server the {@code Server} header, or empty
 * @param challenges the ways to log in that it offers
 * @param location where it redirects to by status or by its first lines
 * @param body the text, bounded
 * @param title the title on one line, or empty
 * @param passwordField whether the page has a field for a password
 * @param key the device's TLS key, over TLS
 */
record WebPage(
        int status,
        String server,
        List<Challenge> challenges,
        Optional<String> location,
        String body,
        String title,
        boolean passwordField,
        Optional<String> key) {

    static WebPage of(DeviceReply reply) {
        String body = BodyText.of(reply);
        HtmlText html = new HtmlText(body);
        boolean redirect = reply.status() >= 300 && reply.status() < 400;
        return new WebPage(
                reply.status(),
                reply.headers().first("Server").orElse(""),
                ChallengeParser.parse(reply.headers().all("WWW-Authenticate")),
                redirect ? reply.headers().first("Location") : html.refresh(),
                body,
                html.title(),
                html.passwordField(),
                reply.tls().map(TlsPeer::spkiSha256));
    }

    /** The realm of the first challenge that names one, or empty. */
    String realm() {
        return challenges.stream()
                .flatMap(challenge -> challenge.realm().stream())
                .findFirst()
                .orElse("");
    }
}
