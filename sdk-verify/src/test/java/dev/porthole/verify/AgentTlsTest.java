package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.SourcePolicy.Cidr;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import dev.porthole.testing.FakeCamera;
import dev.porthole.verify.agent.ProbeAgent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Key;
import java.security.KeyStore;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class AgentTlsTest {
    private static final Secret TOKEN = Secret.of("0123456789abcdef");

    @TempDir
    Path folder;

    private Path chain;
    private Path key;

    @BeforeEach
    void makePems() throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        try (var in = Files.newInputStream(TlsDevice.newKey(folder, "agent"))) {
            store.load(in, "changeit".toCharArray());
        }
        Key privateKey = store.getKey("camera", "changeit".toCharArray());
        chain = pem("chain.pem", "CERTIFICATE", store.getCertificate("camera").getEncoded());
        key = pem("key.pem", "PRIVATE KEY", privateKey.getEncoded());
    }

    private Path pem(String name, String kind, byte[] der) throws IOException {
        String text = "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(der)
                + "\n-----END " + kind + "-----\n";
        return Files.writeString(folder.resolve(name), text, StandardCharsets.US_ASCII);
    }

    private ProbeAgent agent(boolean video) throws IOException {
        return ProbeAgent.builder()
                .listen(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .token("site", TOKEN)
                .tls(chain, key)
                .video(video)
                .allowedNetworks(List.of(Cidr.parse("127.0.0.0/8")))
                .start();
    }

    private static URI url(ProbeAgent agent) {
        return URI.create("https://127.0.0.1:" + agent.address().getPort());
    }

    @Test
    void aPinnedKeyIsTrustedAndNothingElseThatIsSelfSigned() throws Exception {
        try (ProbeAgent agent = agent(false)) {
            String pin = agent.keyPin().orElseThrow();
            AgentVerifier pinned =
                    AgentVerifier.builder(url(agent), TOKEN).pin(pin).build();
            assertThat(pinned.reflexiveAddress(Deadline.after(Tries.AMPLE)))
                    .isEqualTo(InetAddress.getLoopbackAddress());
            AgentVerifier other =
                    AgentVerifier.builder(url(agent), TOKEN).pin("0".repeat(64)).build();
            AgentVerifier platform = AgentVerifier.builder(url(agent), TOKEN).build();
            for (AgentVerifier distrusting : List.of(other, platform)) {
                assertThatThrownBy(() -> distrusting.reflexiveAddress(Deadline.after(Tries.AMPLE)))
                        .isInstanceOf(NatTraversalException.class)
                        .hasMessageContaining("certificate is not accepted");
            }
        }
    }

    @Test
    void inVideoModeTheStreamIsDescribedWithTheAccount() throws Exception {
        try (FakeCamera camera = FakeCamera.start();
                ProbeAgent agent = agent(true)) {
            AgentVerifier.Builder builder =
                    AgentVerifier.builder(url(agent), TOKEN).pin(agent.keyPin().orElseThrow());
            Target target = Target.at(
                            Target.Scheme.RTSP,
                            camera.rtspAddress().getAddress(),
                            camera.rtspAddress().getPort())
                    .path(camera.path())
                    .credentials(Optional.of(camera.credentials()))
                    .build();
            AgentVerifier video = builder.video(true).build();
            Verdict verdict = video.verify(target, video.vantage(), Deadline.after(Tries.AMPLE));
            assertThat(verdict.status()).as("%s", verdict).isEqualTo(Verdict.Status.REACHABLE);
            assertThat(verdict.evidence()).containsKey("codecs").containsEntry("login", "digest MD5");
            String password = camera.credentials().password().use(String::new);
            assertThat(verdict.toString()).doesNotContain(password);
        }
    }

    @Test
    void anAgentWithoutVideoModeSaysSo() throws Exception {
        try (FakeCamera camera = FakeCamera.start();
                ProbeAgent agent = agent(false)) {
            AgentVerifier video = AgentVerifier.builder(url(agent), TOKEN)
                    .pin(agent.keyPin().orElseThrow())
                    .video(true)
                    .build();
            Target target = Target.at(Target.Scheme.RTSP, InetAddress.getLoopbackAddress(), 554)
                    .credentials(Optional.of(camera.credentials()))
                    .build();
            Verdict verdict = video.verify(target, video.vantage(), Deadline.after(Tries.AMPLE));
            assertThat(Tries.codes(verdict)).containsExactly(FindingCode.AGENT_UNUSABLE);
            assertThat(verdict.findings().get(0).message()).contains("video mode");
        }
    }

    @Test
    void anotherFormOfTheKeyIsNamedWithTheWayOut() throws Exception {
        Path old = pem("old.pem", "RSA PRIVATE KEY", new byte[20]);
        assertThatThrownBy(() -> ProbeAgent.builder().tls(chain, old))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RSA PRIVATE KEY")
                .hasMessageContaining("openssl pkcs8 -topk8");
        assertThatThrownBy(() -> ProbeAgent.builder().tls(key, key)).hasMessageContaining("holds no certificate");
        assertThatThrownBy(() -> ProbeAgent.builder().tls(chain, chain)).hasMessageContaining("PKCS#8");
    }
}
