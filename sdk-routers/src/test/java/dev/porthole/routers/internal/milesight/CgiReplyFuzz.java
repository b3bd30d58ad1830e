package dev.porthole.routers.internal.milesight;

import dev.porthole.NatTraversalException;
import dev.porthole.http.internal.HeaderFields;
import dev.porthole.routers.internal.RouterReply;
import dev.porthole.routers.internal.RouterUrl;
import java.util.List;
import java.util.Map;

/** Any bytes as the answer of a Milesight router: rules, own ports, or a refusal. */
public final class CgiReplyFuzz {
    private static final RouterUrl PLACE =
            RouterUrl.parse("http://192.168.1.1/cgi").orElseThrow();

    private CgiReplyFuzz() {}

    /** What {@code fuzz/run} calls. */
    public static void fuzzerTestOneInput(byte[] bytes) {
        CgiReply.parse(new RouterReply(PLACE, 200, HeaderFields.NONE, bytes)).ifPresent(CgiReplyFuzz::read);
    }

    private static void read(CgiReply reply) {
        reply.sessionEnded();
        SecurityPage.ports(reply.entries().orElse(List.of()));
        List<Map<String, Object>> values = reply.entries().orElse(List.of()).stream()
                .map(entry -> CgiReply.map(CgiReply.map(entry).get("value")))
                .filter(value -> !value.isEmpty())
                .toList();
        if (values.isEmpty()) {
            return;
        }
        try {
            RuleForm form = new RuleForm(Echo.infer(values));
            values.forEach(form::read);
        } catch (NatTraversalException e) {
            if (String.valueOf(e.getMessage()).isBlank()) {
                throw new AssertionError("a refusal without a reason", e);
            }
        }
    }
}
