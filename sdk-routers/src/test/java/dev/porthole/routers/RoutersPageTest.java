package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The page docs/ROUTERS.md shows a profile that works. */
class RoutersPageTest {
    private static String example() throws IOException {
        String page = Files.readString(Path.of("../docs/ROUTERS.md"));
        int start = page.indexOf("```yaml\n") + 8;
        return page.substring(start, page.indexOf("```", start));
    }

    @Test
    void its_profile_is_valid() throws IOException {
        RouterProfile profile = RouterProfile.read(
                "acme.yaml", new ByteArrayInputStream(example().getBytes(StandardCharsets.UTF_8)));
        assertThat(profile.id()).isEqualTo("acme");
    }
}
