package dev.porthole.routers.internal.profile;

import dev.porthole.http.internal.HeaderFields;
import dev.porthole.http.internal.xml.SafeXml;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterUrl;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Answers of a router, for tests. */
final class Answers {
    private Answers() {}

    static Seen of(String body) {
        return of(200, List.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    static Seen of(int status, List<HeaderFields.Field> headers, byte[] body) {
        RouterUrl url = RouterUrl.parse("http://192.168.1.1/page").orElseThrow();
        return new Seen(new RouterReply(url, status, new HeaderFields(headers), body), new SafeXml());
    }
}
