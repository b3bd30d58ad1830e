package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.mapping.IpLiteral;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SourcePolicyTest {
    @Test
    void one_address_is_told_from_a_block() {
        assertThat(SourcePolicy.only("198.51.100.7").singleAddress()).isPresent();
        assertThat(SourcePolicy.only("198.51.100.7/32").singleAddress()).isPresent();
        assertThat(SourcePolicy.only("198.51.100.0/24").singleAddress()).isEmpty();
        assertThat(SourcePolicy.only("198.51.100.7", "198.51.100.8").singleAddress())
                .isEmpty();
        assertThat(SourcePolicy.anyone().singleAddress()).isEmpty();
    }

    @Test
    void everything_means_anyone() {
        assertThat(SourcePolicy.only("0.0.0.0/0")).isEqualTo(SourcePolicy.anyone());
        assertThat(SourcePolicy.only("0.0.0.0/0").isAnyone()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "any", "198.51.100.7/33", "198.51.100.7/24", "198.51.100.0/-1", "198.51.100.0/", "a/8"})
    void malformed_blocks_are_refused_by_name(String text) {
        assertThatThrownBy(() -> SourcePolicy.only(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void nobody_is_not_a_policy() {
        assertThatThrownBy(SourcePolicy::only)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("anyone");
    }

    @ParameterizedTest
    @CsvSource({
        "198.51.100.0/24,198.51.100.255,true",
        "198.51.100.0/24,198.51.101.0,false",
        "198.51.100.7,198.51.100.7,true",
        "198.51.100.7,198.51.100.6,false",
        "fd00::/8,fdff::1,true",
        "fd00::/8,fe00::1,false",
        "fd00::/8,198.51.100.7,false",
        "128.0.0.0/1,127.255.255.255,false",
        "0.0.0.0/0,203.0.113.7,true"
    })
    void a_policy_tells_who_may_connect(String block, String source, boolean allowed) {
        assertThat(SourcePolicy.only(block).allows(IpLiteral.parse(source).orElseThrow()))
                .isEqualTo(allowed);
    }
}
