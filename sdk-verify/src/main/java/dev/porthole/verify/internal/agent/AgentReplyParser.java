package dev.porthole.verify.internal.agent;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads what an agent answers. Fields that are not known are skipped: the agent may be newer. */
final class AgentReplyParser {
    /** Four probes with all their findings and evidence need a few kB. */
    static final int MAX_BODY = 64 * 1024;

    private static final int MOST_ENTRIES = 40;

    private static final JsonFactory JSON = JsonFactory.builder()
            .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
            .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
            .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(8)
                    .maxNumberLength(20)
                    .maxNameLength(64)
                    .maxStringLength(4096)
                    .build())
            .build();

    private final JsonParser parser;

    private AgentReplyParser(JsonParser parser) {
        this.parser = parser;
    }

    /** Reads a body; empty where no agent wrote it. */
    static Optional<AgentReply> parse(byte[] body) {
        try (JsonParser parser = JSON.createParser(body)) {
            return new AgentReplyParser(parser).document();
        } catch (JacksonException e) {
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<AgentReply> document() throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        String address = "";
        Map<String, String> error = Map.of();
        List<ProbeAnswer> answers = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("address") && value == JsonToken.VALUE_STRING) {
                address = parser.getText();
            } else if (name.equals("error") && value == JsonToken.START_OBJECT) {
                error = texts();
            } else if (name.equals("probes") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT && answers.size() < MOST_ENTRIES) {
                    answer().ifPresent(answers::add);
                }
            } else {
                parser.skipChildren();
            }
        }
        return Optional.of(
                new AgentReply(address, error.getOrDefault("code", ""), error.getOrDefault("message", ""), answers));
    }

    private Optional<ProbeAnswer> answer() throws IOException {
        Verdict.Status status = null;
        Stage stage = null;
        Map<Stage, Duration> times = new EnumMap<>(Stage.class);
        Map<String, String> evidence = Map.of();
        List<Finding> findings = new ArrayList<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("status") && value == JsonToken.VALUE_STRING) {
                status = constant(Verdict.Status.values(), parser.getText()).orElse(null);
            } else if (name.equals("stage") && value == JsonToken.VALUE_STRING) {
                stage = constant(Stage.values(), parser.getText()).orElse(null);
            } else if (name.equals("timesMs") && value == JsonToken.START_OBJECT) {
                times(times);
            } else if (name.equals("evidence") && value == JsonToken.START_OBJECT) {
                evidence = texts();
            } else if (name.equals("findings") && value == JsonToken.START_ARRAY) {
                findings(findings);
            } else {
                parser.skipChildren();
            }
        }
        return status == null || stage == null
                ? Optional.empty()
                : Optional.of(new ProbeAnswer(status, stage, times, evidence, findings));
    }

    private void times(Map<Stage, Duration> times) throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Optional<Stage> stage = constant(Stage.values(), parser.currentName());
            JsonToken value = parser.nextToken();
            if (stage.isPresent() && value == JsonToken.VALUE_NUMBER_INT) {
                times.put(stage.get(), Duration.ofMillis(Math.floorMod(parser.getLongValue(), 86_400_000L)));
            } else {
                parser.skipChildren();
            }
        }
    }

    private void findings(List<Finding> findings) throws IOException {
        while (parser.nextToken() == JsonToken.START_OBJECT) {
            Map<String, String> finding = texts();
            Optional<FindingCode> code = constant(FindingCode.values(), finding.get("code"));
            if (code.isPresent() && findings.size() < MOST_ENTRIES) {
                findings.add(Finding.of(
                        code.get(), finding.getOrDefault("message", ""), finding.getOrDefault("remedy", "")));
            }
        }
    }

    /** The strings of an object. */
    private Map<String, String> texts() throws IOException {
        Map<String, String> texts = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            if (parser.nextToken() == JsonToken.VALUE_STRING && texts.size() < MOST_ENTRIES) {
                texts.put(name, parser.getText());
            } else {
                parser.skipChildren();
            }
        }
        return texts;
    }

    private static <E extends Enum<E>> Optional<E> constant(E[] values, @Nullable String name) {
        return Arrays.stream(values).filter(value -> value.name().equals(name)).findFirst();
    }
}
