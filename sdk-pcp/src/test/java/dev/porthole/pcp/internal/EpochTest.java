package dev.porthole.pcp.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochTest {
    @ParameterizedTest(name = "{0}: from {1} to {2} within {3} s")
    @CsvSource({
        // RFC 6887 section 8.5.
        "PCP, 1000, 1000, 0, false",
        "PCP, 1000, 999, 0, false",
        "PCP, 1000, 998, 0, true",
        "PCP, 1000, 1100, 100, false",
        "PCP, 1000, 1000, 2, false",
        "PCP, 1000, 1000, 3, true",
        "PCP, 1000, 1002, 0, false",
        "PCP, 1000, 1003, 0, true",
        "PCP, 1000, 1160, 150, false",
        "PCP, 1000, 1170, 150, true",
        "PCP, 1000, 1150, 160, false",
        "PCP, 1000, 1150, 170, true",
        "PCP, 4294967295, 0, 1, true",
        // RFC 6886 section 3.6: slow by an eighth and two seconds, as fast as it likes.
        "NATPMP, 1000, 1000, 0, false",
        "NATPMP, 1000, 998, 0, false",
        "NATPMP, 1000, 997, 0, true",
        "NATPMP, 1000, 1686, 800, true",
        "NATPMP, 1000, 1698, 800, false",
        "NATPMP, 1000, 5000, 1, false",
    })
    void drift_is_told_from_a_restart(EpochRule rule, long before, long now, long elapsed, boolean lost) {
        assertThat(rule.lost(before, now, elapsed)).isEqualTo(lost);
    }

    @Test
    void a_restart_is_told_once_and_the_first_reply_tells_nothing() {
        EpochWatch watch = new EpochWatch(EpochRule.PCP);
        long second = TimeUnit.SECONDS.toNanos(1);
        assertThat(watch.lost(5000, 0)).isFalse();
        assertThat(watch.lost(5010, 10 * second)).isFalse();
        assertThat(watch.lost(3, 20 * second)).isTrue();
        assertThat(watch.lost(4, 21 * second)).isFalse();
    }
}
