package dev.porthole.upnp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.Capabilities.SourceRestriction;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.ExternalAddress.Kind;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.InternalEndpoint;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.MappingRequest;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.testing.FakeGateway;
import dev.porthole.testing.Fault;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.TableEntry;
import dev.porthole.testing.WanSpec;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UpnpMappingTest {
    private static final InternalEndpoint HIGH = new InternalEndpoint(Home.CAMERA, 5554);

    private static TableEntry ours(int externalPort, String client, int port) {
        return TableEntry.tcp(externalPort, client, port, Home.TAG);
    }

    @Test
    void aGatewayIsFoundAndAMappingMadeListedAndReleased() throws Exception {
        try (Home home = Home.with()) {
            Found found = home.search();
            assertThat(found.findings()).isEmpty();
            assertThat(found.providers()).hasSize(1);
            assertThat(home.provider().gateway().model()).isNotEmpty();
            assertThat(home.provider().gateway().id()).startsWith("uuid:");
            assertThat(home.provider().capabilities().sourceRestriction()).isEqualTo(SourceRestriction.SINGLE_ADDRESS);
            assertThat(home.provider().externalAddress(Home.soon()).kind()).isEqualTo(Kind.PUBLIC);
            assertThat(home.provider().mappings(Home.soon())).isEmpty();

            PortMapping mapping = home.mapped(8889);

            assertThat(mapping.externalPort()).isEqualTo(8889);
            assertThat(mapping.leadsTo(Home.RTSP)).isTrue();
            assertThat(mapping.ours()).isTrue();
            assertThat(mapping.lease().orElseThrow()).isBetween(Duration.ofMinutes(59), Duration.ofHours(1));
            assertThat(home.provider().mappings(Home.soon())).hasSize(1);
            assertThat(home.gateway.mappings()).hasSize(1);

            home.provider().release(mapping, Home.soon());
            assertThat(home.gateway.mappings()).isEmpty();
            home.provider().release(mapping, Home.soon());
        }
    }

    @Test
    void tcpAndUdpOfOnePortAreTwoMappings() throws Exception {
        try (Home home = Home.with()) {
            home.mapped(8889);
            home.mapped(Home.request(8889).protocol(TransportProtocol.UDP).build());
            assertThat(home.gateway.mappings())
                    .extracting(TableEntry::protocol)
                    .containsExactlyInAnyOrder("TCP", "UDP");
        }
    }

    @Test
    void aForeignMappingInTheWayIsAConflictAndLeftAlone() throws Exception {
        for (TableEntry foreign : new TableEntry[] {
            Home.foreign(8889),
            Home.foreign(8889).withEnabled(false),
            // Even where it leads to the same endpoint.
            TableEntry.tcp(8889, "192.168.1.20", 554, "RTSP")
        }) {
            try (Home home = Home.with()) {
                home.gateway.addForeign(foreign);
                Refused refused = home.refused(8889);
                assertThat(refused.reason()).isEqualTo(Refusal.CONFLICT);
                assertThat(refused.detail()).contains("8889", foreign.internalClient());
                assertThat(home.gateway.mappings()).hasSize(1);
                assertThat(home.adds()).isZero();
                assertThat(home.gateway.count("DeletePortMapping")).isZero();
            }
        }
    }

    @Test
    void ourOwnMappingToTheSameEndpointIsRefreshed() throws Exception {
        try (Home home = Home.with()) {
            home.mapped(8889);
            home.gateway.advance(Duration.ofMinutes(30));
            PortMapping again = home.mapped(8889);
            assertThat(again.lease().orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
            assertThat(home.gateway.mappings()).hasSize(1);
        }
    }

    @Test
    void ourOwnMappingThatLeadsElsewhereIsReplaced() throws Exception {
        try (Home home = Home.with()) {
            home.gateway.addForeign(ours(8889, "192.168.1.77", 554));
            PortMapping mapping = home.mapped(8889);
            assertThat(mapping.leadsTo(Home.RTSP)).isTrue();
            assertThat(home.gateway.mappings()).hasSize(1);
        }
    }

    @Test
    void itIsToldWhetherAMappingWasThere() throws Exception {
        try (Home home = Home.with()) {
            MappingRequest request = Home.request(8889).build();
            Mapped made = (Mapped) home.map(request);
            assertThat(made.how()).isEqualTo(Mapped.How.MADE);
            assertThat(((Mapped) home.provider().renew(made.mapping(), request, Home.soon())).how())
                    .isEqualTo(Mapped.How.REFRESHED);
            home.gateway.advance(Duration.ofMinutes(5));
            assertThat(((Mapped) home.map(request)).how()).isEqualTo(Mapped.How.UNCHANGED);
            home.gateway.advance(Duration.ofMinutes(35));
            assertThat(((Mapped) home.map(request)).how()).isEqualTo(Mapped.How.REFRESHED);
            home.gateway.reboot();
            assertThat(((Mapped) home.map(request)).how()).isEqualTo(Mapped.How.MADE);
            home.gateway.reboot();
            home.gateway.addForeign(ours(8889, "192.168.1.77", 554));
            assertThat(((Mapped) home.map(request)).how()).isEqualTo(Mapped.How.MADE);
        }
    }

    @Test
    void ourOwnMappingThatIsDisabledIsReplaced() throws Exception {
        try (Home home = Home.with()) {
            home.gateway.addForeign(ours(8889, "192.168.1.20", 554).withEnabled(false));
            assertThat(home.mapped(8889).enabled()).isTrue();
        }
    }

    @Test
    void aLeaseThatAddingAgainDoesNotExtendIsExtendedByDeletingAndAdding() throws Exception {
        try (Home home = Home.with()) {
            PortMapping mapping = home.mapped(8889);
            home.gateway.advance(Duration.ofMinutes(30));
            home.gateway.faults().next("AddPortMapping", Fault.lie());
            Mapped renewed =
                    (Mapped) home.provider().renew(mapping, Home.request(8889).build(), Home.soon());
            assertThat(renewed.mapping().lease().orElseThrow()).isGreaterThan(Duration.ofMinutes(59));
            assertThat(home.gateway.count("DeletePortMapping")).isEqualTo(1);
        }
    }

    @Test
    void renewingAMappingThatWentAwayMakesItAgain() throws Exception {
        try (Home home = Home.with()) {
            PortMapping mapping = home.mapped(8889);
            home.gateway.reboot();
            assertThat(home.provider().renew(mapping, Home.request(8889).build(), Home.soon()))
                    .isInstanceOf(Mapped.class);
            assertThat(home.gateway.mappings()).hasSize(1);
        }
    }

    @Test
    void renewingKnowsOurMappingWithoutItsDescription() throws Exception {
        try (Home home = Home.with(Quirk.FORGETS_DESCRIPTION)) {
            PortMapping mapping = home.mapped(8889);
            assertThat(mapping.ours()).isFalse();
            assertThat(home.provider().renew(mapping, Home.request(8889).build(), Home.soon()))
                    .isInstanceOf(Mapped.class);
            home.provider().release(mapping, Home.soon());
            assertThat(home.gateway.mappings()).isEmpty();
        }
    }

    @Test
    void renewingAPortThatSomebodyElseHasTakenIsAConflict() throws Exception {
        try (Home home = Home.with()) {
            PortMapping mapping = home.mapped(8889);
            home.gateway.reboot();
            home.gateway.addForeign(Home.foreign(8889));
            assertThat(home.provider().renew(mapping, Home.request(8889).build(), Home.soon()))
                    .isInstanceOfSatisfying(
                            Refused.class, r -> assertThat(r.reason()).isEqualTo(Refusal.CONFLICT));
        }
    }

    @Test
    void aPortSeenFreeInAFreshListingIsNotLookedAtAgain() throws Exception {
        try (Home home = Home.with()) {
            home.provider().mappings(Home.soon());
            home.gateway.forgetRequests();
            home.mapped(8889);
            assertThat(home.gateway.counts())
                    .containsOnly(
                            java.util.Map.entry("AddPortMapping", 1),
                            java.util.Map.entry("GetSpecificPortMappingEntry", 1));
            home.mapped(8889);
            assertThat(home.gateway.count("GetSpecificPortMappingEntry")).isEqualTo(3);
        }
    }

    @Test
    void permanentMappingsAreAskedForAndKept() throws Exception {
        try (Home home = Home.with(Quirk.PERMANENT_LEASES)) {
            assertThat(home.mapped(Home.request(8889).lease(Duration.ZERO).build())
                            .lease())
                    .isEmpty();
        }
    }

    @Test
    void aGatewayThatWantsPermanentMappingsIsAskedForThemAtOnceTheNextTime() throws Exception {
        for (Quirk quirk : new Quirk[] {Quirk.ONLY_PERMANENT_LEASES, Quirk.LEASE_IS_INVALID}) {
            try (Home home = Home.with(quirk)) {
                assertThat(home.mapped(8889).lease()).isEmpty();
                assertThat(home.adds()).isEqualTo(2);
                home.mapped(8890);
                assertThat(home.adds()).isEqualTo(3);
                assertThat(home.provider().capabilities().leases()).isFalse();
            }
        }
    }

    @Test
    void aGatewayThatWantsFiniteLeasesGetsAWeek() throws Exception {
        try (Home home = Home.with(Quirk.LEASE_ZERO_IS_INVALID)) {
            assertThat(home.mapped(Home.request(8889).lease(Duration.ZERO).build())
                            .lease())
                    .hasValueSatisfying(lease -> assertThat(lease).isGreaterThan(Duration.ofDays(6)));
        }
    }

    @Test
    void anotherLeaseThanAskedForIsTold() throws Exception {
        try (Home home = Home.with(Quirk.FORCED_LEASE)) {
            assertThat(home.mapped(8889).lease().orElseThrow()).isGreaterThan(Duration.ofHours(23));
        }
    }

    @Test
    void aLeaseThatFailsWithoutACodeForItIsTriedWithoutOne() throws Exception {
        try (Home home = Home.of(FakeGateway.options()
                .behaviour(b -> b.refuse(501, call -> !call.wanted().lease().isZero())))) {
            home.mapped(8889);
            assertThat(home.adds()).isEqualTo(2);
        }
    }

    @Test
    void lowExternalPortsRefusedByARuleAreNamed() throws Exception {
        try (Home home = Home.with(Quirk.ONLY_HIGH_EXTERNAL_PORTS)) {
            Refused refused = home.refused(443);
            assertThat(refused.reason()).isEqualTo(Refusal.POLICY);
            assertThat(refused.detail()).contains("external port 443");
            assertThat(home.gateway.mappings()).isEmpty();
            home.mapped(8889);
        }
    }

    @Test
    void lowInternalPortsRefusedByARuleAreNamed() throws Exception {
        try (Home home = Home.with(Quirk.ONLY_HIGH_PORTS)) {
            for (int port : new int[] {8889, 443}) {
                Refused refused = home.refused(port);
                assertThat(refused.reason()).isEqualTo(Refusal.POLICY);
                assertThat(refused.detail()).contains("internal port 554");
                assertThat(home.gateway.mappings()).isEmpty();
            }
            home.mapped(MappingRequest.to(HIGH, 8889).description(Home.TAG).build());
        }
    }

    @Test
    void aRuleForARangeOfExternalPortsIsNamed() throws Exception {
        try (Home home = Home.of(FakeGateway.options()
                .behaviour(b -> b.refusePort(606, call -> call.wanted().externalPort() < 40_000)))) {
            Refused refused = home.refused(8889);
            assertThat(refused.reason()).isEqualTo(Refusal.POLICY);
            assertThat(refused.detail()).contains("external port 8889");
            assertThat(home.adds()).isLessThanOrEqualTo(4);
        }
    }

    @Test
    void secureModeIsToldWithoutTryingPortAfterPort() throws Exception {
        try (Home home = Home.with(Quirk.SECURE_MODE)) {
            Refused refused = home.refused(8889);
            assertThat(refused.reason()).isEqualTo(Refusal.THIRD_PARTY);
            assertThat(refused.protocolCode()).hasValue(718);
            assertThat(refused.detail()).contains("secure mode");
            assertThat(home.adds()).as("one trial of another port").isEqualTo(2);
            assertThat(home.gateway.mappings()).isEmpty();
        }
        try (Home home = Home.with(Quirk.SECURE_MODE_IGD2)) {
            Refused refused = home.refused(8889);
            assertThat(refused.reason()).isEqualTo(Refusal.THIRD_PARTY);
            assertThat(refused.protocolCode()).hasValue(606);
            assertThat(home.adds()).isLessThanOrEqualTo(4);
            assertThat(home.gateway.mappings()).isEmpty();
        }
    }

    @Test
    void inSecureModeThisHostMayMapForItself() throws Exception {
        InternalEndpoint self = new InternalEndpoint(InetAddress.getLoopbackAddress(), 8080);
        for (Quirk quirk : new Quirk[] {Quirk.SECURE_MODE, Quirk.SECURE_MODE_IGD1, Quirk.SECURE_MODE_IGD2}) {
            try (Home home = Home.with(quirk)) {
                home.mapped(MappingRequest.to(self, 8889).description(Home.TAG).build());
            }
        }
    }

    @Test
    void aPortOfTheRouterThatAnswers718IsNotTakenForSecureMode() throws Exception {
        try (Home home = Home.of(FakeGateway.options()
                .behaviour(b -> b.refuse(718, call -> call.wanted().externalPort() == 8080)))) {
            assertThat(home.refused(8080).reason()).isEqualTo(Refusal.CONFLICT);
            assertThat(home.gateway.mappings()).isEmpty();
        }
        try (Home home = Home.of(FakeGateway.options()
                .behaviour(b -> b.refuse(718, call -> call.wanted().externalPort() == 9999)))) {
            home.mapped(8889);
            assertThat(home.refused(9999).reason()).as("it maps for others").isEqualTo(Refusal.CONFLICT);
        }
    }

    @Test
    void aConflictThatOnlyTheGatewayKnowsOfIsAConflict() throws Exception {
        for (Quirk quirk : new Quirk[] {Quirk.CONFLICT_IS_501, Quirk.CONFLICT_IS_729}) {
            try (Home home = Home.with(quirk)) {
                home.provider().mappings(Home.soon());
                home.gateway.addForeign(Home.foreign(8889));
                assertThat(home.refused(8889).reason().aboutThisPort())
                        .as(quirk.name())
                        .isTrue();
                assertThat(home.gateway.mappings()).hasSize(1);
            }
        }
    }

    @Test
    void aPortOfTheRouterItselfIsToldAndRemembered() throws Exception {
        try (Home home = Home.of(FakeGateway.options().routerPorts(8889))) {
            assertThat(home.refused(8889).reason()).isEqualTo(Refusal.ROUTER_SERVICE);
            assertThat(home.provider().reservedPorts(Home.soon()))
                    .anyMatch(port -> port.ports().contains(8889));
        }
    }

    @Test
    void whereAnotherPortIsAcceptedTheGatewayChoosesOne() throws Exception {
        MappingRequest request = Home.request(8889).otherPortAccepted(true).build();
        try (Home home = Home.of(FakeGateway.options().routerPorts(8889))) {
            assertThat(home.mapped(request).externalPort()).isNotEqualTo(8889);
            assertThat(home.gateway.mappings()).hasSize(1);
            assertThat(home.gateway.count("scpd")).isEqualTo(1);
        }
        try (Home home = Home.with()) {
            home.gateway.addForeign(Home.foreign(8889));
            PortMapping mapping = home.mapped(request);
            assertThat(mapping.externalPort()).isNotEqualTo(8889);
            assertThat(home.gateway.mappings()).hasSize(2);
        }
        try (Home home = Home.with(Quirk.NO_ADD_ANY)) {
            home.gateway.addForeign(Home.foreign(8889));
            assertThat(home.refused(request).reason()).isEqualTo(Refusal.CONFLICT);
        }
    }

    @Test
    void theServiceDescriptionIsNotFetchedWhereItIsNotNeeded() throws Exception {
        try (Home home = Home.with()) {
            home.mapped(Home.request(8889).otherPortAccepted(true).build());
            assertThat(home.gateway.count("scpd")).isZero();
        }
    }

    @Test
    void aSingleSourceIsPassedOnAndWiderOnesAreRefusedWithoutAsking() throws Exception {
        try (Home home = Home.with(Quirk.SHOWS_REMOTE_HOST)) {
            PortMapping mapping = home.mapped(
                    Home.request(8889).source(SourcePolicy.only("198.51.100.7")).build());
            assertThat(mapping.remoteHost()).isEqualTo("198.51.100.7");
            assertThat(home.gateway.mappings().get(0).remoteHost()).isEqualTo("198.51.100.7");
            home.gateway.forgetRequests();
            for (SourcePolicy policy : new SourcePolicy[] {
                SourcePolicy.only("198.51.100.0/24"),
                SourcePolicy.only("198.51.100.7", "198.51.100.8"),
                SourcePolicy.only("2001:db8::1")
            }) {
                assertThat(home.refused(Home.request(8890).source(policy).build())
                                .reason())
                        .isEqualTo(Refusal.SOURCE_RESTRICTION_UNSUPPORTED);
            }
            assertThat(home.gateway.counts()).isEmpty();
        }
        try (Home home = Home.with(Quirk.REMOTE_HOST_WILDCARD_ONLY)) {
            Refused refused = home.refused(
                    Home.request(8889).source(SourcePolicy.only("198.51.100.7")).build());
            assertThat(refused.reason()).isEqualTo(Refusal.SOURCE_RESTRICTION_UNSUPPORTED);
            assertThat(home.gateway.mappings()).isEmpty();
        }
    }

    @Test
    void aSourceThatTheGatewayDropsOrChangesIsNotWidened() throws Exception {
        for (String stored : new String[] {"", "255.255.255.255"}) {
            try (Home home = Home.of(FakeGateway.options()
                    .quirks(Quirk.SHOWS_REMOTE_HOST, Quirk.NO_SPECIFIC_ENTRY)
                    .behaviour(b -> b.store(entry -> entry.withRemoteHost(stored))))) {
                Refused refused = home.refused(Home.request(8889)
                        .source(SourcePolicy.only("198.51.100.7"))
                        .build());
                assertThat(refused.reason()).isEqualTo(Refusal.SOURCE_RESTRICTION_UNSUPPORTED);
                assertThat(home.gateway.mappings()).isEmpty();
            }
        }
    }

    @Test
    void aMappingForOneSourceIsFoundAgain() throws Exception {
        try (Home home = Home.with(Quirk.SHOWS_REMOTE_HOST)) {
            PortMapping mapping = home.mapped(
                    Home.request(8889).source(SourcePolicy.only("198.51.100.7")).build());
            assertThat(home.provider().mapping(TransportProtocol.TCP, 8889, Home.soon()))
                    .hasValueSatisfying(
                            found -> assertThat(found.leadsTo(Home.RTSP)).isTrue());
            home.provider().release(mapping, Home.soon());
            assertThat(home.provider().mapping(TransportProtocol.TCP, 8889, Home.soon()))
                    .isEmpty();
        }
    }

    @Test
    void anIpv6CameraIsRefusedWithoutAsking() throws Exception {
        try (Home home = Home.with()) {
            home.provider();
            home.gateway.forgetRequests();
            InternalEndpoint camera =
                    new InternalEndpoint(IpLiteral.parse("fd00::20").orElseThrow(), 554);
            assertThat(home.refused(MappingRequest.to(camera, 8889).build()).detail())
                    .contains("IPv4");
            assertThat(home.gateway.counts()).isEmpty();
        }
    }

    @Test
    void theTableIsFull() throws Exception {
        try (Home home = Home.with(Quirk.TABLE_OF_32)) {
            for (int i = 0; i < 32; i++) {
                home.gateway.addForeign(Home.foreign(1000 + i));
            }
            assertThat(home.refused(8889).reason()).isEqualTo(Refusal.TABLE_FULL);
        }
        try (Home home = Home.with(Quirk.FORGETS_BEYOND_32)) {
            for (int i = 0; i < 32; i++) {
                home.gateway.addForeign(Home.foreign(1000 + i));
            }
            assertThat(home.refused(8889).reason()).isEqualTo(Refusal.NOT_STORED);
        }
    }

    @Test
    void undocumentedCodesAreTold() throws Exception {
        try (Home home = Home.with(Quirk.UNDOCUMENTED_ERROR)) {
            Refused refused = home.refused(8889);
            assertThat(refused.protocolCode()).hasValue(-911);
            assertThat(refused.detail()).contains("-911");
        }
        for (int code : new int[] {715, 716, 727, 732, 733, 401, 402, 600, 800, 899}) {
            try (Home home = Home.of(FakeGateway.options().behaviour(b -> b.refuse(code, call -> true)))) {
                Refused refused = home.refused(8889);
                assertThat(refused.reason()).isEqualTo(Refusal.OTHER);
                assertThat(refused.protocolCode()).hasValue(code);
            }
        }
    }

    @Test
    void withoutAUsableUplinkTheRefusalSaysSo() throws Exception {
        try (Home home = Home.of(FakeGateway.options()
                .wan(WanSpec.ip(2).withExternalAddress("0.0.0.0"))
                .quirks(Quirk.ACTION_FAILED))) {
            assertThat(home.refused(8889).detail()).contains("no usable external address");
        }
    }

    @Test
    void aMappingThatDoesNotShowAtOnceIsWaitedForBriefly() throws Exception {
        try (Home home = Home.with()) {
            home.provider().mappings(Home.soon());
            for (int call = 1; call <= 3; call++) {
                home.gateway.faults().onCall("GetSpecificPortMappingEntry", call, Fault.upnpError(714));
            }
            home.mapped(8889);
            assertThat(home.gateway.count("GetSpecificPortMappingEntry")).isEqualTo(4);
        }
    }

    @Test
    void aForeignMappingIsNotReleased() throws Exception {
        try (Home home = Home.with()) {
            PortMapping mapping = home.mapped(8889);
            home.gateway.reboot();
            home.gateway.addForeign(Home.foreign(8889));
            home.provider().release(mapping, Home.soon());
            assertThat(home.gateway.mappings()).hasSize(1);
            assertThat(home.gateway.count("DeletePortMapping")).isZero();
        }
        try (Home home = Home.with()) {
            PortMapping mapping = home.mapped(8889);
            home.gateway.reboot();
            home.gateway.addForeign(TableEntry.tcp(8889, "192.168.1.20", 554, "set by hand"));
            home.provider().release(mapping, Home.soon());
            assertThat(home.gateway.mappings()).as("same endpoint, other owner").hasSize(1);
        }
    }

    @Test
    void aGatewayThatKeepsWhatItSaysItDeletedIsTold() throws Exception {
        try (Home home = Home.with()) {
            PortMapping mapping = home.mapped(8889);
            home.gateway.faults().always("DeletePortMapping", Fault.lie());
            assertThatThrownBy(() -> home.provider().release(mapping, Home.soon()))
                    .isInstanceOfSatisfying(
                            NatTraversalException.class,
                            e -> assertThat(e.code()).isEqualTo(FindingCode.ROUTER_ERROR));
        }
    }

    @Test
    void aLostReplyToADeletionIsDecidedByLooking() throws Exception {
        try (Home home = Home.with()) {
            PortMapping mapping = home.mapped(8889);
            home.gateway.faults().next("DeletePortMapping", Fault.lostReplyReset());
            home.provider().release(mapping, Home.soon());
            assertThat(home.gateway.mappings()).isEmpty();
        }
    }

    @Test
    void externalAddresses() throws Exception {
        Object[][] cases = {
            {"203.0.113.7", "Connected", Kind.PUBLIC},
            {"203.0.113.7", "Up", Kind.PUBLIC},
            {"0.0.0.0", "Connected", Kind.UNUSABLE},
            {"127.0.0.1", "Connected", Kind.UNUSABLE},
            {"not an address", "Connected", Kind.UNUSABLE},
            {"192.168.100.2", "Connected", Kind.DOUBLE_NAT},
            {"100.64.3.4", "Connected", Kind.CGNAT},
            {"", "Disconnected", Kind.UNUSABLE},
            // The simulated gateway names itself miniupnpd.
            {"", "Connected", Kind.DOUBLE_NAT},
        };
        for (Object[] row : cases) {
            try (Home home = Home.of(FakeGateway.options()
                    .wan(WanSpec.ip(2).withExternalAddress((String) row[0]).withStatus((String) row[1])))) {
                ExternalAddress address = home.provider().externalAddress(Home.soon());
                assertThat(address.kind()).as("%s %s", row[0], row[1]).isEqualTo(row[2]);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {402, 605})
    void aRefusedDescriptionIsTriedAgainBriefly(int code) throws Exception {
        try (Home home = Home.with()) {
            // Every lease first: 402 says that of a lease more often than of a description.
            int refusals = code == 402 ? 2 : 1;
            for (int call = 1; call <= refusals; call++) {
                home.gateway.faults().onCall("AddPortMapping", call, Fault.upnpError(code));
            }
            PortMapping mapping = home.mapped(8889);
            assertThat(mapping.description()).matches("porthole-[0-9a-z]{6}");
            assertThat(mapping.ours()).isTrue();
            home.provider().release(mapping, Home.soon());
            assertThat(home.gateway.mappings()).isEmpty();
        }
    }

    @Test
    void whatTheSearchWasToldIsAskedAgainOnlyLater() throws Exception {
        try (Home home = Home.with()) {
            PortMappingProvider provider = home.provider();
            assertThat(provider.externalAddress(Home.soon()).kind()).isEqualTo(Kind.PUBLIC);
            assertThat(home.gateway.count("GetExternalIPAddress")).isEqualTo(1);
            provider.externalAddress(Home.soon());
            assertThat(home.gateway.count("GetExternalIPAddress")).isEqualTo(2);
        }
        // What cannot be used may have come up by now.
        try (Home home = Home.of(
                FakeGateway.options().wan(WanSpec.ip(2).withExternalAddress("").withStatus("Disconnected")))) {
            home.provider().externalAddress(Home.soon());
            assertThat(home.gateway.count("GetExternalIPAddress")).isEqualTo(2);
        }
    }

    @Test
    void aGatewayThatCannotTellItsAddressIsStillUsed() throws Exception {
        try (Home home = Home.of(FakeGateway.options().behaviour(b -> b.without("GetExternalIPAddress")))) {
            assertThat(home.provider().externalAddress(Home.soon())).isEqualTo(ExternalAddress.UNKNOWN);
            home.mapped(8889);
        }
        try (Home home = Home.of(FakeGateway.options().behaviour(b -> b.without("GetStatusInfo")))) {
            assertThat(home.provider().externalAddress(Home.soon()).kind()).isEqualTo(Kind.PUBLIC);
        }
    }
}
