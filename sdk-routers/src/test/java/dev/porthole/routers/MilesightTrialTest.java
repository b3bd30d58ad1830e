package dev.porthole.routers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Camera;
import dev.porthole.Credentials;
import dev.porthole.Diagnosis;
import dev.porthole.ExaminedService;
import dev.porthole.Porthole;
import dev.porthole.Secret;
import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.testing.MilesightFlavour;
import dev.porthole.testing.SimulatedMilesight;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the doctor maps for a trial, on a router that loses at its restart what was not committed. */
@Timeout(60)
class MilesightTrialTest {
    private static final Camera CAMERA =
            Camera.at("192.168.69.110").name("front-door").build();

    private final InMemoryLedger ledger = new InMemoryLedger();
    private SimulatedMilesight router;

    @BeforeEach
    void start() throws IOException {
        router = SimulatedMilesight.options(MilesightFlavour.UG65)
                .pace(Duration.ZERO)
                .start()
                .addRule(2121, "192.168.1.5", 21, "ftp");
    }

    @AfterEach
    void stop() {
        router.close();
    }

    private Diagnosis doctor() throws InterruptedException {
        WebRouter web = WebRouter.builder(router.uri(), Milesight.router())
                .credentials(new Credentials("admin", Secret.of("password")))
                .pace(Duration.ZERO)
                .build();
        try (Porthole porthole =
                Porthole.builder().finder(web).routedLans(true).ledger(ledger).build()) {
            return porthole.diagnose(CAMERA);
        }
    }

    @Test
    void nothing_of_the_trial_is_left_after_the_router_restarts() throws InterruptedException {
        // The session ends between the release and its commit, which is made in a session of its own.
        router.faults().onCall(SimulatedMilesight.COMMIT, 2, exchange -> {
            router.endSessions();
            exchange.reply();
        });
        Diagnosis diagnosis = doctor();
        assertThat(diagnosis.services()).allMatch(ExaminedService::trial);
        assertThat(diagnosis.findings()).extracting(Finding::code).doesNotContain(FindingCode.ROLLBACK_PENDING);
        assertThat(router.count(SimulatedMilesight.DELETE)).isEqualTo(2);
        router.reboot();
        assertThat(router.rules()).extracting(rule -> rule.get("description")).containsExactly("ftp");
        assertThat(ledger.entries(gatewayId())).isEmpty();
    }

    @Test
    void what_the_router_may_bring_back_is_told_and_stays_on_record() throws InterruptedException {
        router.faults().always(SimulatedMilesight.COMMIT, exchange -> {
            if (router.count(SimulatedMilesight.DELETE) > 0) {
                exchange.reset();
            } else {
                exchange.reply();
            }
        });
        Diagnosis diagnosis = doctor();
        assertThat(diagnosis.findings())
                .filteredOn(finding -> finding.code() == FindingCode.ROLLBACK_PENDING)
                .hasSize(2);
        router.reboot();
        assertThat(router.rules()).hasSize(3);
        assertThat(ledger.entries(gatewayId())).hasSize(2);
    }

    private String gatewayId() {
        return "web:" + router.uri().getAuthority();
    }
}
