package dev.porthole.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.Secret;
import dev.porthole.SourcePolicy.Cidr;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.reach.Stage;
import dev.porthole.reach.Target;
import dev.porthole.reach.Verdict;
import dev.porthole.reach.Verdict.Status;
import dev.porthole.testing.CameraLook;
import dev.porthole.testing.FakeCamera;
import dev.porthole.testing.HomeCamera;
import dev.porthole.testing.SimulatedHome;
import dev.porthole.testing.TableEntry;
import dev.porthole.verify.agent.ProbeAgent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A recorder inside a simulated home and an agent outside. The agent sees the recorder at 127.0.0.1, which therefore stands
 * for the home's external address.
 */
@Timeout(60)
class AgentVerifierTest {
    private static final Secret TOKEN = Secret.of("0123456789abcdef");
    private static final InetAddress OUTSIDE = InetAddress.getLoopbackAddress();

    private SimulatedHome home;
    private ProbeAgent agent;
    private AgentVerifier verifier;

    @BeforeEach
    void build() throws Exception {
        home = SimulatedHome.options()
                .camera("front-door", FakeCamera.options().look(CameraLook.MILESIGHT))
                .camera("garage", FakeCamera.options().look(CameraLook.AXIS))
                .start();
        InetAddress external =
                IpLiteral.parse(home.gateway().wan().externalAddress()).orElseThrow();
        agent = ProbeAgent.builder()
                .listen(new InetSocketAddress(OUTSIDE, 0))
                .token("test", TOKEN)
                .plain()
                .allowedNetworks(List.of(Cidr.parse("127.0.0.0/8")))
                .route(asked -> home.route().apply(new InetSocketAddress(external, asked.getPort())))
                .start();
        verifier = verifier(TOKEN);
    }

    @AfterEach
    void leave() {
        agent.close();
        home.close();
    }

    private AgentVerifier verifier(Secret token) {
        URI url = URI.create("http://127.0.0.1:" + agent.address().getPort());
        return AgentVerifier.builder(url, token).route(home.route()).build();
    }

    private void map(int externalPort, InternalEndpoint to) {
        home.gateway().addForeign(TableEntry.tcp(externalPort, to.address().getHostAddress(), to.port(), "test"));
    }

    private Target.Builder target(Target.Scheme scheme, InetAddress address, int port) {
        HomeCamera camera = home.camera("front-door");
        boolean stream = scheme == Target.Scheme.RTSP;
        return Target.at(scheme, address, port)
                .path(stream ? camera.device().path() : "/")
                .credentials(Optional.of(camera.device().credentials()))
                .internal(stream ? camera.rtsp() : camera.http());
    }

    private Verdict verify(Target.Builder target) throws InterruptedException {
        return verifier.verify(target.build(), verifier.vantage(), Deadline.after(Tries.AMPLE));
    }

    private Verdict verify(Target.Scheme scheme, int port) throws InterruptedException {
        return verify(target(scheme, OUTSIDE, port));
    }

    @Test
    void theCameraOfTheLanIsRecognisedOutside() throws Exception {
        map(8888, home.camera("front-door").http());
        map(8889, home.camera("front-door").rtsp());
        Verdict web = verify(Target.Scheme.HTTP, 8888);
        assertThat(web.status()).as("%s", web).isEqualTo(Status.REACHABLE);
        assertThat(web.vantage()).isEqualTo(verifier.vantage());
        assertThat(web.evidence())
                .containsEntry("identity", "THIS_CAMERA")
                .containsEntry("reflexiveAddress", "127.0.0.1");
        Verdict stream = verify(Target.Scheme.RTSP, 8889);
        assertThat(stream.status()).as("%s", stream).isEqualTo(Status.REACHABLE);
        assertThat(stream.evidence()).containsEntry("identity", "THIS_CAMERA");
        assertThat(Tries.codes(stream)).contains(FindingCode.AUTH_REQUIRED);
        assertThat(stream.times()).containsKeys(Stage.CONNECT, Stage.PROTOCOL);
    }

    @Test
    void theAgentNeverSendsAnAccount() throws Exception {
        map(8889, home.camera("front-door").rtsp());
        verify(Target.Scheme.RTSP, 8889);
        assertThat(home.camera("front-door").device().rtspRequests())
                .isNotEmpty()
                .allSatisfy(
                        request -> assertThat(request.header("Authorization")).isEmpty());
    }

    @Test
    void anotherCameraIsNotThisOne() throws Exception {
        map(8888, home.camera("garage").http());
        map(8889, home.camera("garage").rtsp());
        for (Target.Scheme scheme : List.of(Target.Scheme.HTTP, Target.Scheme.RTSP)) {
            Verdict verdict = verify(scheme, scheme == Target.Scheme.HTTP ? 8888 : 8889);
            assertThat(verdict.status()).as("%s", verdict).isEqualTo(Status.UNREACHABLE);
            assertThat(Tries.codes(verdict)).startsWith(FindingCode.WRONG_DEVICE);
        }
    }

    @Test
    void theRoutersOwnPageIsNotTheCamera() throws Exception {
        home.routerAnswersOn(8888);
        Verdict verdict = verify(Target.Scheme.HTTP, 8888);
        assertThat(verdict.status()).as("%s", verdict).isEqualTo(Status.UNREACHABLE);
        assertThat(Tries.codes(verdict)).startsWith(FindingCode.WRONG_DEVICE);
    }

    @Test
    void aCameraThatIsOffIsTheFirstCause() throws Exception {
        HomeCamera camera = home.camera("front-door");
        map(8888, camera.http());
        camera.device().close();
        Verdict verdict = verify(Target.Scheme.HTTP, 8888);
        assertThat(verdict.status()).isEqualTo(Status.UNREACHABLE);
        assertThat(Tries.codes(verdict)).startsWith(FindingCode.CAMERA_DOWN);
    }

    @Test
    void aBlockedPortIsNotReachableWhileTheCameraAnswersOnTheLan() throws Exception {
        map(554, home.camera("front-door").rtsp());
        home.blockPort(554);
        Verdict verdict = verify(Target.Scheme.RTSP, 554);
        assertThat(verdict.status()).as("%s", verdict).isEqualTo(Status.UNREACHABLE);
        assertThat(verdict.stage()).isEqualTo(Stage.CONNECT);
        assertThat(verdict.evidence()).containsEntry("onLan", "answers");
        assertThat(Tries.codes(verdict)).containsExactly(FindingCode.NOT_REACHABLE);
    }

    @Test
    void anotherAddressThanOursIsNotKnownFromThere() throws Exception {
        InetAddress external = IpLiteral.parse("203.0.113.7").orElseThrow();
        Verdict mapped = verify(target(Target.Scheme.HTTP, external, 8888));
        assertThat(mapped.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(Tries.codes(mapped)).containsExactly(FindingCode.DOUBLE_NAT);
        assertThat(mapped.evidence()).containsEntry("reflexiveAddress", "127.0.0.1");
        Verdict foreign = verify(Target.at(Target.Scheme.HTTP, external, 8888));
        assertThat(Tries.codes(foreign)).containsExactly(FindingCode.AGENT_UNUSABLE);
        assertThat(foreign.findings().get(0).message()).contains("127.0.0.1").contains("203.0.113.7");
    }

    @Test
    void aWrongTokenSaysWhatToDo() throws Exception {
        verifier = verifier(Secret.of("another-token-of-ours"));
        Verdict verdict = verify(Target.Scheme.HTTP, 8888);
        assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
        assertThat(Tries.codes(verdict)).containsExactly(FindingCode.AGENT_UNUSABLE);
        assertThat(verdict.findings().get(0).message()).contains("refuses the token");
        assertThatThrownBy(() -> verifier.reflexiveAddress(Deadline.after(Tries.AMPLE)))
                .isInstanceOf(NatTraversalException.class)
                .hasMessageContaining("refuses the token")
                .hasMessageNotContaining("another-token-of-ours");
    }

    @Test
    void theAgentTellsTheReflexiveAddress() throws Exception {
        assertThat(verifier.reflexiveAddress(Deadline.after(Tries.AMPLE))).isEqualTo(OUTSIDE);
    }

    @Test
    void nobodyThereOrAnotherServerIsNoAgent() throws Exception {
        try (Peer web = Peer.web(request -> "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello")) {
            for (int port : new int[] {web.port(), Peer.deadPort()}) {
                verifier = AgentVerifier.builder(URI.create("http://127.0.0.1:" + port), TOKEN)
                        .build();
                Verdict verdict = verify(Target.Scheme.HTTP, 8888);
                assertThat(verdict.status()).isEqualTo(Status.INCONCLUSIVE);
                assertThat(Tries.codes(verdict)).containsExactly(FindingCode.AGENT_UNUSABLE);
                assertThat(verdict.findings().get(0).remedy()).isNotEmpty();
            }
        }
    }

    @Test
    void anAgentThatNeverAnswersIsLeftByTheDeadline() throws Exception {
        try (Peer silent = Peer.holding(Peer.Connection::silence)) {
            verifier = AgentVerifier.builder(URI.create("http://127.0.0.1:" + silent.port()), TOKEN)
                    .build();
            long start = System.nanoTime();
            Target target = target(Target.Scheme.HTTP, OUTSIDE, 8888).build();
            Verdict verdict = verifier.verify(target, verifier.vantage(), Deadline.after(Duration.ofMillis(300)));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            assertThat(Tries.codes(verdict)).containsExactly(FindingCode.AGENT_UNUSABLE);
        }
    }
}
