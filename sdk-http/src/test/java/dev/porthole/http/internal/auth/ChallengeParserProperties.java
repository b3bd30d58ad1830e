package dev.porthole.http.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

class ChallengeParserProperties {
    @Property
    void neverFails(@ForAll @Size(max = 3) List<@StringLength(max = 100) String> values) {
        assertThat(ChallengeParser.parse(values))
                .allSatisfy(challenge -> assertThat(challenge.scheme()).isNotEmpty());
    }

    @Property
    void neverFailsOnItsOwnPunctuation(@ForAll @StringLength(max = 60) @CharRange(from = ' ', to = '?') String value) {
        assertThat(ChallengeParser.parse(List.of("Digest " + value))).isNotNull();
    }

    @Property
    void quotedValuesComeBack(@ForAll @CharRange(from = ' ', to = '~') String value) {
        String quoted = value.replace("\\", "\\\\").replace("\"", "\\\"");
        List<Challenge> challenges = ChallengeParser.parse(List.of("Digest nonce=\"n\", realm=\"" + quoted + "\""));
        assertThat(challenges).hasSize(1);
        assertThat(challenges.get(0).realm()).contains(value);
    }
}
