package dev.porthole.diagnose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class FindingCodeTest {
    @Test
    void the_page_of_findings_tells_every_code_and_no_other() throws Exception {
        String page = Files.readString(Path.of("..", "docs", "FINDINGS.md"));
        assertThat(Pattern.compile("^\\| `([A-Z_]+)` \\|", Pattern.MULTILINE)
                        .matcher(page)
                        .results())
                .extracting(row -> row.group(1))
                .containsExactlyInAnyOrderElementsOf(
                        Arrays.stream(FindingCode.values()).map(Enum::name).toList());
    }
}
