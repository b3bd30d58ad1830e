package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.testing.Fault;
import dev.porthole.testing.SimulatedHome;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class InterruptionTest {
    private SimulatedHome home;

    @BeforeEach
    void startHome() throws IOException {
        home = SimulatedHome.start();
    }

    @AfterEach
    void closeHome() {
        home.close();
    }

    /** Publishes, interrupts when the router gets its second request for a mapping, and never answers that. */
    private CommandLineRun interrupted(String... more) throws Exception {
        CountDownLatch second = new CountDownLatch(1);
        Fault hang = exchange -> {
            second.countDown();
            Fault.lostReply().answer(exchange);
        };
        home.gateway().faults().onCall("AddPortMapping", 2, hang).onCall("AddAnyPortMapping", 2, hang);
        String[] args = new String[more.length + 3];
        args[0] = "publish";
        args[1] = "--camera";
        args[2] = "192.168.69.110";
        System.arraycopy(more, 0, args, 3, more.length);
        FutureTask<CommandLineRun> run = new FutureTask<>(() -> CommandLineRun.in(home, args));
        Thread thread = new Thread(run);
        thread.start();
        second.await();
        thread.interrupt();
        return run.get().exits(ExitStatus.INTERRUPTED);
    }

    @Test
    void an_interrupted_publication_is_taken_back_and_says_so() throws Exception {
        assertThat(interrupted().err()).contains("Interrupted. The 2 mappings that this run had made were released.");
        assertThat(home.gateway().mappings()).isEmpty();
    }

    @Test
    void an_interrupted_publication_is_one_document_too() throws Exception {
        CommandLineRun run = interrupted("--json");
        assertThat(run.codes()).containsExactly("INTERRUPTED");
        assertThat(run.list("endpoints")).isEmpty();
    }

    @Test
    void what_could_not_be_taken_back_is_told_instead() throws Exception {
        home.gateway().faults().always("DeletePortMapping", Fault.upnpError(501));
        assertThat(interrupted("--json").codes()).containsExactly("ROLLBACK_PENDING");
    }

    /** Interrupts a run that waits for standard input, which never ends. */
    private static int interruptedAtInput(String... args) throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch never = new CountDownLatch(1);
        InputStream in = new InputStream() {
            @Override
            public int read() {
                asked.countDown();
                awaitWhateverHappens(never);
                return -1;
            }
        };
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
        Session here = Session.ofProcess();
        Session session = new Session(
                in, nowhere, nowhere, false, List::of, here.relays(), here.surroundings(), here.defaultGateway());
        FutureTask<Integer> run = new FutureTask<>(() -> PortholeCommand.run(session, args));
        Thread thread = new Thread(run, "waiting");
        thread.setDaemon(true);
        thread.start();
        asked.await();
        thread.interrupt();
        int status = run.get();
        never.countDown();
        return status;
    }

    /** As reading from a terminal does. */
    private static void awaitWhateverHappens(CountDownLatch latch) {
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                // Goes on waiting.
            }
        }
    }

    @Test
    void an_interrupt_ends_the_waiting_for_enter() throws Exception {
        int status = interruptedAtInput(
                "instructions",
                "--camera",
                "192.168.69.110",
                "--offline",
                "--external-address",
                "203.0.113.7",
                "--then-verify");
        assertThat(status).isEqualTo(ExitStatus.INTERRUPTED.number());
    }

    @Test
    void an_interrupt_ends_the_waiting_for_a_password() throws Exception {
        int status =
                interruptedAtInput("publish", "--camera", "192.168.69.110", "--user", "admin", "--password-file", "-");
        assertThat(status).isEqualTo(ExitStatus.INTERRUPTED.number());
    }

    @Test
    void a_signal_interrupts_the_process_and_its_status_is_that_of_the_shells() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        home.gateway().faults().always("GetExternalIPAddress", exchange -> {
            asked.countDown();
            Fault.timeout().answer(exchange);
        });
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PortholeCommand.class.getName(),
                        "publish",
                        "--camera",
                        "192.168.69.110",
                        "--gateway",
                        "127.0.0.1:" + home.gateway().ssdpAddress().getPort(),
                        "--json")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        asked.await();
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).isEqualTo(130);
        assertThat(said).contains("\"INTERRUPTED\"").contains("Nothing was changed.");
    }
}
