package dev.porthole.verify.internal.agent;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import dev.porthole.diagnose.Finding;
import dev.porthole.reach.Stage;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Writes what the agent answers and what its client asks. */
final class AgentJson {
    private static final JsonFactory JSON =
            JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

    private interface Writing {
        void to(JsonGenerator json) throws IOException;
    }

    private AgentJson() {}

    static String error(String code, String message) {
        return text(json -> {
            json.writeObjectFieldStart("error");
            json.writeStringField("code", code);
            json.writeStringField("message", message);
            json.writeEndObject();
        });
    }

    static String address(InetAddress caller) {
        return text(json -> address(json, caller));
    }

    static String answers(InetAddress caller, List<ProbeRequest> requests, List<ProbeAnswer> answers) {
        return text(json -> {
            address(json, caller);
            json.writeArrayFieldStart("probes");
            for (int i = 0; i < answers.size(); i++) {
                answer(json, requests.get(i), answers.get(i));
            }
            json.writeEndArray();
        });
    }

    /** The body of a request for one probe. */
    static String request(ProbeRequest request) {
        return text(json -> {
            json.writeStringField("kind", request.kind().id());
            json.writeNumberField("port", request.port());
            if (request.family().isPresent()) {
                json.writeStringField("family", word(request.family().get() == ProbeRequest.Family.IPV4));
            }
            json.writeStringField("path", request.path());
            if (request.account().isPresent()) {
                json.writeStringField("user", request.account().get().user());
                json.writeStringField(
                        "password", request.account().get().password().use(String::new));
            }
        });
    }

    private static void address(JsonGenerator json, InetAddress caller) throws IOException {
        json.writeStringField("address", caller.getHostAddress());
        json.writeStringField("family", word(caller instanceof Inet4Address));
    }

    private static String word(boolean v4) {
        return v4 ? "ipv4" : "ipv6";
    }

    private static void answer(JsonGenerator json, ProbeRequest request, ProbeAnswer answer) throws IOException {
        json.writeStartObject();
        json.writeStringField("kind", request.kind().id());
        json.writeNumberField("port", request.port());
        json.writeStringField("status", answer.status().name());
        json.writeStringField("stage", answer.stage().name());
        json.writeObjectFieldStart("timesMs");
        for (Map.Entry<Stage, Duration> time : answer.times().entrySet()) {
            json.writeNumberField(time.getKey().name(), time.getValue().toMillis());
        }
        json.writeEndObject();
        if (answer.evidence().containsKey("status")) {
            json.writeStringField("statusLine", answer.evidence().get("status"));
        }
        json.writeArrayFieldStart("findings");
        for (Finding finding : answer.findings()) {
            json.writeStartObject();
            json.writeStringField("code", finding.code().name());
            json.writeStringField("message", finding.message());
            json.writeStringField("remedy", finding.remedy());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("evidence");
        for (Map.Entry<String, String> seen : answer.evidence().entrySet()) {
            json.writeStringField(seen.getKey(), seen.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String text(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            writing.to(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException("a StringWriter does not fail", e);
        }
        return text.toString();
    }
}
