package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.ExternalAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PublicationTest {
    @Test
    void a_copy_differs_in_what_was_given_alone_and_tells_errors_first() {
        Publication whole = new Publication(
                Optional.empty(),
                ExternalAddress.reported("203.0.113.7"),
                Optional.empty(),
                List.of(),
                List.of(Camera.at("192.168.1.10").name("door").build()),
                List.of(),
                List.of(),
                new Publication.Timings(Duration.ofMillis(1), Duration.ofMillis(2), Duration.ofMillis(3)));
        Finding error = Finding.of(FindingCode.SECURE_MODE, "refused", "");
        Finding overcome = Findings.overcome(Finding.of(FindingCode.NO_GATEWAY, "nobody", ""));
        Publication copy = whole.with(List.of(), List.of(overcome, error, error));
        assertThat(copy.findings()).containsExactly(error, overcome);
        assertThat(copy.with(List.of(), List.of())).isEqualTo(whole);
    }
}
