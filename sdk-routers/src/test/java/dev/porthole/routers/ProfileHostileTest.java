package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Credentials;
import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.SearchScope;
import dev.porthole.routers.profiles.FakeRouter.Answer;
import dev.porthole.routers.profiles.ScriptedRouter;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a router answers, a profile's list is read, or the answer is told to be none; soon, and nothing is written. */
@Timeout(120)
class ProfileHostileTest {
    private static final int LARGE = 1 << 20;

    private static String profile(String rows) {
        String places = rows.contains("delimited") || rows.contains("js-array")
                ? "{name: 0, externalPort: 1, internalIp: 2, internalPort: 3}"
                : rows.contains("inputs")
                        ? "{name: n#, externalPort: e#, internalIp: h#, internalPort: i#}"
                        : "{name: n, externalPort: e, internalIp: h, internalPort: i}";
        return """
                id: hostile
                name: Hostile
                verified: {by: unverified, source: nobody}
                match: [{get: /, status: 200}]
                auth: {type: none}
                list:
                  request: {get: /list}
                  rows: ROWS
                  fields: FIELDS
                write:
                  add: [{post: /add}]
                  remove: [{post: /remove}]
                """.replace("ROWS", rows).replace("FIELDS", places);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> answers() {
        Map<String, byte[]> answers = new LinkedHashMap<>();
        byte[] random = new byte[LARGE];
        new java.util.Random(7).nextBytes(random);
        answers.put("nothing", new byte[0]);
        answers.put("random bytes", random);
        answers.put("the largest page", bytes(" ".repeat((4 << 20) - 1) + "x"));
        answers.put("brackets", bytes("[".repeat(LARGE)));
        answers.put("nested objects", bytes("{\"r\":".repeat(LARGE / 5)));
        answers.put("nested elements", bytes("<r>".repeat(LARGE / 3)));
        answers.put("many rows of JSON", bytes("{\"r\":[" + "{},".repeat(LARGE / 3 - 10) + "{}]}"));
        answers.put("many rows of XML", bytes("<r><r>" + "<s/>".repeat(LARGE / 4 - 10) + "</r></r>"));
        answers.put("assignments", bytes("r='".repeat(LARGE / 3)));
        answers.put("lists", bytes("r=[".repeat(LARGE / 3)));
        answers.put("comments", bytes("r=/*".repeat(LARGE / 4)));
        answers.put("escapes", bytes("r=\"" + "\\u".repeat(LARGE / 2 - 10) + "\""));
        answers.put("separators", bytes("<>".repeat(LARGE / 2)));
        answers.put("many controls", bytes("<form>" + "<input name=e1>".repeat(LARGE / 15)));
        answers.put("long name", bytes("<form><input name=e" + "1".repeat(LARGE - 100) + ">"));
        answers.put("selects", bytes("<form>" + "<select name=e1><script>".repeat(100_000)));
        answers.put(
                "entities",
                bytes("<!DOCTYPE r [<!ENTITY a \"" + "x".repeat(1000) + "\">]><r><r><s><e>&a;&a;</e></s></r></r>"));
        answers.put("wrong charset", "r=\"\u00e9<\u00fc\"".getBytes(StandardCharsets.UTF_16));
        return answers;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{codec: json-path, at: r}",
                "{codec: json-path, at: \"\", keyed: true}",
                "{codec: xml-path, at: r/r/s}",
                "{codec: delimited, text: {variable: r}, row: \"<\", field: \">\"}",
                "{codec: delimited, text: {after: \"<\"}, row: \"<\", field: \">\"}",
                "{codec: js-array, variable: r}",
                "{codec: js-array, variable: r, width: 3}",
                "{codec: indexed-inputs, free: {e#: \"0\"}}"
            })
    void any_answer_is_a_list_or_told_to_be_none(String rows) throws Exception {
        AtomicReference<byte[]> body = new AtomicReference<>(new byte[0]);
        RouterProfile profile = RouterProfile.read("hostile.yaml", new ByteArrayInputStream(bytes(profile(rows))));
        try (ScriptedRouter router = new ScriptedRouter(ask -> ask.path().equals("/")
                ? Answer.of(200, "text/html", "x")
                : new Answer(200, "text/html", body.get(), Map.of()))) {
            for (Map.Entry<String, byte[]> answer : answers().entrySet()) {
                body.set(answer.getValue());
                list(router, profile, answer.getKey());
            }
            byte[] whole = bytes("<r><r><s><n>a</n><e>80</e></s></r></r>{\"r\":[{\"n\":1}]} r=[[1,2]]; r='a>1<b>2'");
            for (int length = 0; length < whole.length; length++) {
                body.set(Arrays.copyOf(whole, length));
                list(router, profile, "cut at " + length);
            }
            assertThat(router.asked()).noneMatch(ask -> ask.startsWith("POST"));
        }
    }

    private static void list(ScriptedRouter router, RouterProfile profile, String what) throws InterruptedException {
        WebRouter web = WebRouter.builder(router.uri(), profile)
                .credentials(new Credentials("admin", Secret.of("x")))
                .build();
        Deadline deadline = Deadline.after(Duration.ofSeconds(10));
        try (PortMappingProvider provider =
                web.find(SearchScope.builder().build(), deadline).providers().get(0)) {
            assertThat(List.copyOf(provider.mappings(deadline))).as(what).isNotNull();
        } catch (NatTraversalException e) {
            assertThat(e).as(what).hasMessageNotContaining("\u0000");
        }
        assertThat(deadline.expired()).as(what).isFalse();
    }
}
