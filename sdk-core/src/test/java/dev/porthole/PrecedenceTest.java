package dev.porthole;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Precedence.Aim;
import dev.porthole.internal.LocalNetwork;
import dev.porthole.ledger.FileLedger;
import dev.porthole.ledger.InMemoryLedger;
import dev.porthole.ledger.Ledger;
import dev.porthole.ledger.LedgerEntry;
import dev.porthole.mapping.Capabilities;
import dev.porthole.mapping.MappingProtocol;
import dev.porthole.mapping.RouterTurns;
import dev.porthole.mapping.SearchScope;
import dev.porthole.plan.PlanItem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How long each waits for whom. */
class PrecedenceTest {
    private static final Camera DOOR = Camera.at("192.168.1.10").name("door").build();
    private static final Set<MappingProtocol> ALL =
            EnumSet.of(MappingProtocol.UPNP, MappingProtocol.PCP, MappingProtocol.NATPMP, MappingProtocol.WEB);

    private final LocalNetwork network = RaceTest.network();
    private final InMemoryLedger ledger = new InMemoryLedger();
    private final Settings settings = settings(ledger);

    private Settings settings(Ledger ledger) {
        return new Settings(
                List.of(),
                List.of(),
                List.of(),
                false,
                1,
                Optional.empty(),
                new Events(List.of()),
                ledger,
                new Memory(ledger),
                new RouterTurns(),
                Porthole.DEFAULT_TIMEOUT,
                Duration.ofDays(1),
                SourcePolicy.anyone(),
                Set.of(),
                false,
                SearchScope.builder().build(),
                () -> network,
                new Relays(Optional.empty()));
    }

    private static InMemoryGateway by(MappingProtocol protocol) {
        InMemoryGateway gateway = new InMemoryGateway();
        gateway.protocol = protocol;
        boolean lists = protocol == MappingProtocol.UPNP || protocol == MappingProtocol.WEB;
        gateway.capabilities = Capabilities.builder()
                .listing(lists)
                .thirdParty(protocol != MappingProtocol.NATPMP)
                .build();
        return gateway;
    }

    private Duration patience(InMemoryGateway gateway, Aim aim, MappingProtocol... searching) {
        return patience(settings, gateway, aim, searching);
    }

    private Duration patience(Settings settings, InMemoryGateway gateway, Aim aim, MappingProtocol... searching) {
        return new Precedence(settings, network, List.of(DOOR), aim)
                .patience(gateway, List.of(DOOR), searching.length == 0 ? Set.of() : Set.of(searching));
    }

    private void published(InMemoryGateway gateway) {
        settings.memory().remember(gateway, network, settings.scope());
        PlanItem item = DOOR.planItem(DOOR.services().get(0));
        ledger.done(new LedgerEntry(gateway.gateway().id(), item.tag(), item.protocol(), 20_000, item.internal()));
    }

    @Test
    void upnp_and_pcp_wait_for_nobody_on_a_router_of_which_nothing_is_known(@TempDir Path directory) {
        try (FileLedger file = FileLedger.open(directory.resolve("ledger"))) {
            for (MappingProtocol protocol : List.of(MappingProtocol.UPNP, MappingProtocol.PCP)) {
                assertThat(patience(settings(file), by(protocol), Aim.MAP, ALL.toArray(MappingProtocol[]::new)))
                        .isZero();
            }
        }
    }

    @Test
    void pcp_waits_a_moment_for_upnp_where_no_later_process_could_release_what_it_maps() {
        assertThat(patience(by(MappingProtocol.PCP), Aim.MAP, MappingProtocol.UPNP))
                .isEqualTo(Precedence.GRACE);
        assertThat(patience(by(MappingProtocol.UPNP), Aim.MAP, MappingProtocol.PCP))
                .isZero();
    }

    @Test
    void one_that_maps_for_this_host_only_waits_a_moment_for_those_before_it() {
        assertThat(patience(by(MappingProtocol.NATPMP), Aim.MAP, MappingProtocol.PCP))
                .isEqualTo(Precedence.GRACE);
        assertThat(patience(by(MappingProtocol.NATPMP), Aim.MAP, MappingProtocol.WEB))
                .isZero();
    }

    @Test
    void the_web_administration_waits_until_the_others_would_have_answered() {
        assertThat(patience(by(MappingProtocol.WEB), Aim.MAP, MappingProtocol.NATPMP))
                .isEqualTo(Precedence.ANSWER_TIME);
        assertThat(patience(by(MappingProtocol.WEB), Aim.MAP)).isZero();
    }

    @Test
    void pcp_waits_for_upnp_where_that_is_known_to_be_on_the_router() {
        settings.memory().remember(by(MappingProtocol.UPNP), network, settings.scope());
        assertThat(patience(by(MappingProtocol.PCP), Aim.MAP, MappingProtocol.UPNP))
                .isEqualTo(Precedence.ANSWER_TIME);
        assertThat(patience(by(MappingProtocol.PCP), Aim.MAP, MappingProtocol.NATPMP))
                .isZero();
    }

    @Test
    void pcp_waits_where_the_gateway_is_only_looked_at_and_not_where_all_are() {
        assertThat(patience(by(MappingProtocol.PCP), Aim.LOOK, MappingProtocol.UPNP))
                .isEqualTo(Precedence.LOOKING_TIME);
        assertThat(patience(by(MappingProtocol.WEB), Aim.ALL, MappingProtocol.UPNP))
                .isZero();
    }

    @Test
    void who_holds_the_cameras_ports_waits_for_nobody_and_the_others_for_him_though_not_for_ever() {
        published(by(MappingProtocol.PCP));
        assertThat(patience(by(MappingProtocol.PCP), Aim.MAP, MappingProtocol.UPNP))
                .isZero();
        assertThat(patience(by(MappingProtocol.UPNP), Aim.MAP, MappingProtocol.PCP))
                .isEqualTo(Precedence.HOLDER_TIME);
        assertThat(patience(by(MappingProtocol.UPNP), Aim.MAP, MappingProtocol.NATPMP))
                .isZero();
    }

    @Test
    void pcp_waits_for_upnp_where_the_ledger_holds_the_ports_on_a_gateway_that_is_not_remembered() {
        PlanItem item = DOOR.planItem(DOOR.services().get(0));
        ledger.done(new LedgerEntry("uuid:9", item.tag(), item.protocol(), 20_000, item.internal()));
        assertThat(patience(by(MappingProtocol.PCP), Aim.MAP, MappingProtocol.UPNP))
                .isEqualTo(Precedence.ANSWER_TIME);
        assertThat(patience(by(MappingProtocol.UPNP), Aim.MAP, MappingProtocol.PCP))
                .isZero();
    }

    @Test
    void another_router_waits_for_that_of_the_default_route() {
        InMemoryGateway other = by(MappingProtocol.UPNP);
        other.lanAddress = "192.168.1.254";
        assertThat(patience(other, Aim.MAP, MappingProtocol.PCP)).isEqualTo(Precedence.ANSWER_TIME);
        assertThat(patience(other, Aim.MAP)).isZero();
    }

    @Test
    void a_gateway_is_remembered_only_for_where_it_was_used() {
        published(by(MappingProtocol.PCP));
        LocalNetwork otherRoute = new LocalNetwork(network.attachments(), Optional.of(RaceTest.ip("192.168.1.2")));
        LocalNetwork elsewhere = new LocalNetwork(
                List.of(new LocalNetwork.Attachment(
                        network.attachments().get(0).networkInterface(), RaceTest.ip("192.168.1.77"), 24)),
                network.defaultGateway());
        assertThat(settings.memory().here(network, settings.scope())).hasSize(1);
        assertThat(settings.memory().here(otherRoute, settings.scope())).isEmpty();
        assertThat(settings.memory().here(elsewhere, settings.scope())).isEmpty();
    }
}
