package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Publication;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Vantage;
import dev.porthole.reach.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExitStatusTest {
    @ParameterizedTest
    @CsvSource({
        "REACHABLE, true, 0",
        "MAPPED, false, 0",
        "MAPPED, true, 5",
        "INCONCLUSIVE, true, 5",
        "UNREACHABLE, true, 4",
        "NOT_PUBLISHED, true, 3",
        "NOT_PUBLISHED, false, 3"
    })
    void a_publication_has_the_status_of_the_contract(Publication.Status status, boolean verify, int number) {
        assertThat(ExitStatus.of(status, verify).number()).isEqualTo(number);
    }

    @Test
    void one_unreachable_target_decides_then_one_that_is_inconclusive() {
        Optional<Verdict> reachable = verdict(Verdict.Status.REACHABLE);
        Optional<Verdict> unreachable = verdict(Verdict.Status.UNREACHABLE);
        Optional<Verdict> inconclusive = verdict(Verdict.Status.INCONCLUSIVE);
        assertThat(ExitStatus.of(List.of(reachable, reachable))).isEqualTo(ExitStatus.DONE);
        assertThat(ExitStatus.of(List.of(reachable, inconclusive))).isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(ExitStatus.of(List.of(reachable, Optional.empty()))).isEqualTo(ExitStatus.INCONCLUSIVE);
        assertThat(ExitStatus.of(List.of(inconclusive, unreachable))).isEqualTo(ExitStatus.NOT_REACHABLE);
    }

    private static Optional<Verdict> verdict(Verdict.Status status) {
        return Optional.of(new Verdict(status, Stage.CONNECT, Vantage.HERE, Map.of(), Map.of(), List.of()));
    }
}
