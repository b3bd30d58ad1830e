package dev.porthole.routers.fakes;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What a simulated router answers. */
record Answer(int status, List<Map.Entry<String, String>> headers, String body) {
    static Answer json(int status, Object value) {
        try {
            String text = JSON.std.with(JSON.Feature.WRITE_NULL_PROPERTIES).asString(value);
            return new Answer(status, List.of(Map.entry("Content-Type", "application/json")), text);
        } catch (IOException e) {
            throw new IllegalStateException("maps of text and numbers can be written", e);
        }
    }

    static Answer xml(int status, String body) {
        return new Answer(
                status,
                List.of(Map.entry("Content-Type", "text/xml; charset=\"utf-8\"")),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + body);
    }

    static Answer html(int status, String body) {
        return new Answer(status, List.of(Map.entry("Content-Type", "text/html; charset=utf-8")), body);
    }

    Answer with(String name, String value) {
        List<Map.Entry<String, String>> more = new ArrayList<>(headers);
        more.add(Map.entry(name, value));
        return new Answer(status, more, body);
    }
}
