package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DemoCommandTest {
    @Test
    void the_demo_tells_the_whole_story() {
        CommandLineRun run = CommandLineRun.of("demo").exits(ExitStatus.DONE);
        assertThat(run.out())
                .contains("Gateway  ", "external port", "Published and reachable.")
                .containsPattern("rtsp://203\\.0\\.113\\.7:\\d+/main")
                .contains("SECURE_MODE (error)", "-> ", "released  TCP ");
        assertThat(run.out().lines()).allMatch(line -> line.length() <= 80);
    }

    @Test
    void the_demo_prints_the_document_of_publish() {
        CommandLineRun run = CommandLineRun.of("demo", "--json").exits(ExitStatus.DONE);
        assertThat(run.list("endpoints")).hasSize(2);
        assertThat(run.json()).containsKeys("gateway", "externalAddress", "findings", "timings");
    }
}
