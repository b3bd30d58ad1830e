package dev.porthole.routers.internal.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each kind of mistake is told with its place and what would be right. */
class ProfileReaderTest {
    static final String VALID = """
            id: acme
            name: Acme
            verified: {by: unverified, source: nobody}
            match: [{get: /, contains: Acme}]
            auth:
              type: steps
              steps:
                - {post: /login, form: {u: "${user}", p: "${md5(password)}"}, extract: {sid: {json: sid}}}
              refusedWhen: {status: 403}
            session:
              logout: [{post: "/logout/${sid}"}]
            list:
              request: {get: "/list?sid=${sid}"}
              rows: {codec: delimited, text: {json: rules}, row: ";", field: ","}
              fields:
                name: 0
                externalPort: 1
                internalIp: 2
                internalPort: 3
                protocol: {from: 4, map: {TCP: "1", UDP: "2", BOTH: "3"}}
            write:
              replace: [{post: /save, form: {rules: "${rows}"}}]
              new: ["${rule.name}", "${rule.externalPort}", "${rule.internalIp}", "${rule.internalPort}", "${rule.protocol}"]
            limits: {maxRules: 32, minInterval: 100ms}
            """;

    static List<String> problems(String yaml) {
        return catchThrowableOfType(ProfileProblems.class, () -> ProfileReader.read("my.yaml", yaml))
                .problems();
    }

    @Test
    void a_valid_profile_is_read() throws ProfileProblems {
        Profile profile = ProfileReader.read("my.yaml", VALID);
        assertThat(profile.id()).isEqualTo("acme");
        assertThat(profile.limits().maxRules()).hasValue(32);
        assertThat(profile.write().replace()).hasSize(1);
        assertThat(ProfileSummary.of(profile)).anyMatch(line -> line.contains("POST /login"));
    }

    static List<Arguments> mistakes() {
        return List.of(
                Arguments.of(
                        "name: Acme\n", "nmae: Acme\n", "2:1: the profile has no key 'nmae'; did you mean 'name'?"),
                Arguments.of("name: Acme\n", "", "1:1: the profile lacks the key 'name'"),
                Arguments.of("name: Acme\n", "name: [Acme]\n", "2:7: 'name' must be text"),
                Arguments.of("name: Acme\n", "name: Acme\nname: Acme\n", "3:1: the key 'name' is there twice"),
                Arguments.of("id: acme", "id: Acme AX", "1:1: an id is of lower-case letters"),
                Arguments.of(
                        "by: unverified", "by: fixture", "3:16: 'by' cannot be 'fixture'; did you mean 'fixtures'?"),
                Arguments.of("by: unverified", "by: real", "names its firmware"),
                Arguments.of("{get: /, contains: Acme}", "{get: /}", "4:9: match recognises nothing"),
                Arguments.of("type: steps", "type: stpes", "did you mean 'steps'?"),
                Arguments.of("type: steps", "type: none", "'steps' is never used with this type of auth"),
                Arguments.of("type: steps", "type: challenge", "auth lacks the key 'plugin'"),
                Arguments.of(
                        "${md5(password)}",
                        "${md6(password)}",
                        "8:46: there is no function 'md6'; did you mean 'md5'?"),
                Arguments.of("${md5(password)}", "${md5(password", "is never closed"),
                Arguments.of("${md5(password)}", "${md5(user,password)}", "md5 takes 1 names, and 2 are given"),
                Arguments.of(
                        "/logout/${sid}",
                        "/logout/${sdi}",
                        "11:19: the variable 'sdi' is not known here; did you mean 'sid'?"),
                Arguments.of("/logout/${sid}", "/logout/${password}", "11:19: ${password} is known in auth only"),
                Arguments.of("/list?sid=${sid}", "/list?sid=${md5(password)}", "${password} is known in auth only"),
                Arguments.of("\"/list?sid=${sid}\"", "list.htm", "13:18: a path starts with one slash"),
                Arguments.of("get: \"/list", "get: /x, post: \"/list", "this has get and post"),
                Arguments.of("codec: delimited", "codec: delimted", "did you mean 'delimited'?"),
                Arguments.of("codec: delimited", "codec: json-path", "rows of codec json-path has no key 'text'"),
                Arguments.of("row: \";\"", "row: \",\"", "separated by the same characters"),
                Arguments.of(
                        "internalIp: 2", "internalIp: host", "18:17: fields of a delimited row are numbered from 0"),
                Arguments.of("    internalIp: 2\n", "", "fields lacks the key 'internalIp'"),
                Arguments.of("UDP: \"2\", ", "", "does not say how UDP is written"),
                Arguments.of("    internalPort: 3\n", "", "cannot translate"),
                Arguments.of("maxRules: 32", "maxRules: many", "'maxRules' must be a number from 1 to 5000"),
                Arguments.of("100ms", "100 years", "must be a time such as 500ms"),
                Arguments.of("maxRules: 32", "source: cidr", "rules without the field source cannot be restricted"),
                Arguments.of("maxRules: 32", "address: last-octet", "'network' names the variable"),
                Arguments.of("maxRules: 32", "network: sid", "never used unless address is last-octet"),
                Arguments.of("replace: [", "add: [", "the variable 'rows' is not known here"),
                Arguments.of("${rows}", "none", "no request of replace sends the rows"),
                Arguments.of("${rows}", "${rule.name}", "the variable 'rule.name' is not known here"),
                Arguments.of(
                        "new: [\"${rule.name}\", ",
                        "new: {a: \"b\"}\n  x: [",
                        "a new row of a delimited list is a list"),
                Arguments.of("  new: [", "  grow: [{post: /grow}]\n  new: [", "'grow' is for the codec indexed-inputs"),
                Arguments.of("form: {rules:", "json: {}, form: {rules:", "a request has one body"),
                Arguments.of("status: 403", "status: 999", "must be a status of HTTP"),
                Arguments.of("{json: sid}", "{json: sid, header: X}", "found in one part of an answer"),
                Arguments.of("{json: sid}", "{json: a//b}", "is no place"),
                Arguments.of("{json: sid}", "{decode: url}", "needs where it is found"),
                Arguments.of("{json: sid}", "{json: sid, decode: bas64}", "did you mean 'base64'?"),
                Arguments.of("extract: {sid:", "extract: {password:", "is no name for a variable"),
                Arguments.of("session:\n", "session: &a\n", "anchors and aliases"),
                Arguments.of("name: Acme\n", "name: *a\n", "anchors and aliases"),
                Arguments.of("name: Acme\n", "name: !!int 1\n", "tags (!) are not allowed"),
                Arguments.of(
                        "name: Acme\n", "name: " + "[".repeat(30) + "]".repeat(30) + "\n", "nested more than 20 deep"),
                Arguments.of("name: Acme\n", "name: [\n", "this is not YAML"),
                Arguments.of("name: Acme\n", "name: Acme\n---\n", "this is not YAML"),
                Arguments.of("name: Acme\n", "name: \"" + "x".repeat(70_000) + "\"\n", "larger than 64 KiB"));
    }

    @ParameterizedTest
    @MethodSource("mistakes")
    void a_mistake_is_told_with_its_place_and_what_would_be_right(String right, String wrong, String told) {
        assertThat(VALID).contains(right);
        List<String> problems = problems(VALID.replace(right, wrong));
        assertThat(problems).anyMatch(problem -> problem.contains(told));
        assertThat(problems).allMatch(problem -> problem.matches("(?s)my\\.yaml:[0-9]+:[0-9]+: .+"));
    }

    @Test
    void several_mistakes_are_told_at_once_and_not_without_end() {
        assertThat(problems(VALID.replace("name: Acme", "nmae: Acme").replace("codec: delimited", "codec: lines")))
                .hasSizeGreaterThanOrEqualTo(3);
        StringBuilder many = new StringBuilder(VALID);
        for (int i = 0; i < 100; i++) {
            many.append("unknown").append(i).append(": 1\n");
        }
        assertThat(problems(many.toString())).hasSize(21).last().asString().contains("there are more problems");
    }

    @Test
    void an_empty_file_and_a_list_are_no_profiles() {
        assertThat(problems("")).containsExactly("my.yaml:1:1: the file is empty; a profile starts with its id");
        assertThat(problems("- a")).first().asString().contains("my.yaml:1:1: here must be a mapping with keys out of");
    }

    @Test
    void xml_that_is_not_well_formed_is_told() {
        String yaml = VALID.replace("form: {rules: \"${rows}\"}", "xml: \"<a>${rows}</b>\"");
        assertThat(problems(yaml)).anyMatch(problem -> problem.contains("this is not well-formed XML"));
    }
}
