package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.Serializable;
import org.junit.jupiter.api.Test;

class SecretTest {
    @Test
    void the_value_is_shown_to_a_function_only() {
        Secret secret = Secret.of("canary-7391");
        assertThat(secret.<String>use(String::new)).isEqualTo("canary-7391");
        assertThat(new Credentials("admin", secret).toString()).doesNotContain("canary");
        assertThat(Camera.at("10.0.0.1")
                        .credentials(new Credentials("admin", secret))
                        .build()
                        .toString())
                .doesNotContain("canary");
        assertThat(secret).isNotInstanceOf(Serializable.class);
    }

    @Test
    void closing_overwrites_the_value() {
        char[][] seen = new char[1][];
        Secret secret = Secret.of("canary");
        secret.use(chars -> seen[0] = chars);
        secret.close();
        assertThat(seen[0]).containsOnly('\0');
        assertThatThrownBy(() -> secret.<String>use(String::new)).isInstanceOf(IllegalStateException.class);
    }
}
