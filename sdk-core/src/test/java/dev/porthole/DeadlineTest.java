package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class DeadlineTest {
    @Test
    void extremes_do_not_overflow() {
        assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)).expired()).isFalse();
        assertThat(Deadline.after(Duration.ofSeconds(Long.MAX_VALUE)).remaining())
                .isGreaterThan(Duration.ofDays(36_000));
        assertThat(Deadline.after(Duration.ofSeconds(Long.MIN_VALUE)).expired()).isTrue();
        assertThat(Deadline.after(Duration.ZERO).remainingMillis()).isZero();
        assertThat(Deadline.after(Duration.ofDays(100)).remainingMillis()).isEqualTo(Integer.MAX_VALUE);
    }

    @Test
    void the_earlier_of_two_counts() {
        Deadline hour = Deadline.after(Duration.ofHours(1));
        assertThat(hour.within(Duration.ofHours(2))).isSameAs(hour);
        assertThat(hour.within(Duration.ofMinutes(1)).remaining()).isLessThanOrEqualTo(Duration.ofMinutes(1));
        assertThat(hour.minus(Duration.ofHours(2)).expired()).isTrue();
    }

    @Test
    void what_is_left_rounds_up_so_that_zero_means_past() {
        Deadline deadline = Deadline.after(Duration.ofSeconds(5).plusNanos(1));
        assertThat(deadline.remainingMillis()).isBetween(1, 5001);
    }
}
