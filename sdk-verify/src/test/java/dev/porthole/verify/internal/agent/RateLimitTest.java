package dev.porthole.verify.internal.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {
    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000);
    private final RateLimit limit = new RateLimit(4, Duration.ofSeconds(1), now::get);

    @Test
    void soManyAtOnceThenOnePerInterval() {
        assertThat(limit.take("a", 3)).isZero();
        assertThat(limit.take("a", 2)).isEqualTo(Duration.ofSeconds(1));
        assertThat(limit.take("a", 1)).isZero();
        assertThat(limit.take("a", 1)).isEqualTo(Duration.ofSeconds(1));
        assertThat(limit.take("b", 4)).isZero();
        now.addAndGet(Duration.ofSeconds(1).toNanos());
        assertThat(limit.take("a", 1)).isZero();
        assertThat(limit.take("a", 1)).isPositive();
    }

    @Test
    void aLongPauseFillsTheBucketAndNotMore() {
        limit.take("a", 4);
        now.addAndGet(Duration.ofHours(1).toNanos());
        assertThat(limit.take("a", 4)).isZero();
        assertThat(limit.take("a", 1)).isPositive();
    }
}
