package dev.porthole.http.internal;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * What a {@link SmallServer} answers.
 *
 * @param status 200 to 599
 * @param headers besides those of framing and content
 * @param json the body, a JSON document
 */
public record ServerReply(int status, HeaderFields headers, String json) {
    /**
     * A reply without further header fields.
     *
     * @param status 200 to 599
     * @param json a JSON document
     * @return the reply
     */
    public static ServerReply of(int status, String json) {
        return new ServerReply(status, HeaderFields.NONE, json);
    }

    /**
     * This reply with one more header field.
     *
     * @param name the name
     * @param value the value
     * @return a new reply
     */
    public ServerReply with(String name, String value) {
        List<HeaderFields.Field> fields = new ArrayList<>(headers.fields());
        fields.add(new HeaderFields.Field(name, value));
        return new ServerReply(status, new HeaderFields(fields), json);
    }

    byte[] bytes() {
        return json.getBytes(StandardCharsets.UTF_8);
    }
}
