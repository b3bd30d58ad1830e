package dev.porthole.examples;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Secret;
import dev.porthole.SourcePolicy.Cidr;
import dev.porthole.testing.FakeCamera;
import dev.porthole.verify.agent.ProbeAgent;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentCommandTest {
    private static final String TOKEN = "0123456789abcdef0123";

    @TempDir
    Path folder;

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static CommandLineRun usage(String... args) {
        CommandLineRun run = CommandLineRun.of(args).exits(ExitStatus.USAGE);
        assertThat(run.err()).doesNotContain(TOKEN).doesNotContain("shorttoken");
        return run;
    }

    private static String said(CommandLineRun run) {
        return run.err().replaceAll("\\s+", " ");
    }

    @Test
    void what_is_missing_or_wrong_is_told() throws Exception {
        String tokens = file("tokens", "# sites\nshop-7:" + TOKEN + "\n");
        assertThat(said(usage("agent", "--plain"))).contains("--token-file: say who may call");
        assertThat(said(usage("agent", "--token-file", tokens))).contains("--tls-cert: give --tls-cert and --tls-key");
        assertThat(said(usage("agent", "--plain", "--token-file", file("short", "shorttoken\n"))))
                .contains("the token of line 1 is too short");
        assertThat(said(usage("agent", "--plain", "--token-file", file("none", "# nothing\n"))))
                .contains("holds no token");
        assertThat(said(usage("agent", "--plain", "--video", "--token-file", tokens)))
                .contains("accounts are taken over TLS only");
        assertThat(said(usage("agent", "--plain", "--listen", "8443", "--token-file", tokens)))
                .contains("is not ADDR:PORT");
        assertThat(said(usage("agent", "--plain", "--proxy", "10.0.0.0/33", "--token-file", tokens)))
                .contains("--proxy:");
        assertThat(said(usage("agent", "--token-file", tokens, "--tls-cert", tokens, "--tls-key", tokens)))
                .contains("holds no certificate");
    }

    @Test
    void a_vantage_that_cannot_be_is_told() throws Exception {
        String token = file("token", TOKEN + "\n");
        String url = "http://203.0.113.7/";
        assertThat(said(usage("verify", "--http", url, "--verify-from", "https://a.example")))
                .contains("give --agent-token-file FILE");
        assertThat(said(usage("verify", "--http", url, "--agent-token-file", token)))
                .contains("there is no agent to use it for");
        String[] agent = {"verify", "--http", url, "--agent-token-file", token, "--verify-from"};
        assertThat(said(usage(with(agent, "ftp://a.example")))).contains("nor the URL of a probe agent");
        assertThat(said(usage(with(agent, "http://a.example", "--agent-pin", "12"))))
                .contains("64 hexadecimal digits");
        assertThat(said(usage(with(agent, "http://a.example", "--agent-video"))))
                .contains("needs an agent with an https");
        assertThat(said(usage("verify", "--http", url, "--stun", "a b"))).contains("is not a STUN server");
        String named = file("named", "shop-7:" + TOKEN + "\n");
        assertThat(said(usage(
                        "verify", "--http", url, "--verify-from", "http://a.example", "--agent-token-file", named)))
                .contains("give the TOKEN alone");
    }

    private static String[] with(String[] args, String... more) {
        String[] all = Arrays.copyOf(args, args.length + more.length);
        System.arraycopy(more, 0, all, args.length, more.length);
        return all;
    }

    @Test
    void a_camera_is_tried_from_the_agent() throws Exception {
        try (FakeCamera camera = FakeCamera.start();
                ProbeAgent agent = ProbeAgent.builder()
                        .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                        .token("site", Secret.of(TOKEN))
                        .plain()
                        .allowedNetworks(List.of(Cidr.parse("127.0.0.0/8")))
                        .start()) {
            String token = file("token", TOKEN + "\n");
            String url = "http://127.0.0.1:" + agent.address().getPort();
            String web = "http://127.0.0.1:" + camera.httpAddress().getPort() + "/";
            CommandLineRun run = CommandLineRun.of(
                            "verify", "--http", web, "--verify-from", url, "--agent-token-file", token, "--json")
                    .exits(ExitStatus.DONE);
            assertThat(run.out())
                    .contains(url)
                    .contains("\"reflexiveAddress\":\"127.0.0.1\"")
                    .doesNotContain(TOKEN);
            CommandLineRun elsewhere = CommandLineRun.of(
                            "verify",
                            "--http",
                            "http://203.0.113.7/",
                            "--verify-from",
                            url,
                            "--agent-token-file",
                            token)
                    .exits(ExitStatus.INCONCLUSIVE);
            assertThat(elsewhere.out().replaceAll("\\s+", " "))
                    .contains("sees this host at 127.0.0.1 and dials only that");
        }
    }

    @Test
    void it_says_where_it_listens_and_a_signal_ends_it_well() throws Exception {
        String tokens = file("tokens", TOKEN + "\n");
        Process process = new ProcessBuilder(
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        PortholeCommand.class.getName(),
                        "agent",
                        "--listen",
                        "127.0.0.1:0",
                        "--token-file",
                        tokens,
                        "--plain")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).matches("listening at http://127\\.0\\.0\\.1:[0-9]+");
            new ProcessBuilder("kill", "-TERM", Long.toString(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor()).isZero();
            assertThat(out.readLine()).isNull();
        }
    }
}
