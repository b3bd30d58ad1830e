package dev.porthole.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.diagnose.Finding;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.Refusal;
import dev.porthole.testing.Quirk;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each quirk of the simulated gateways, one at a time: a mapping is made, or refused for the right reason. */
class UpnpQuirksTest {
    private static final Map<Quirk, Refusal> REFUSED = new EnumMap<>(Map.ofEntries(
            Map.entry(Quirk.SECURE_MODE, Refusal.THIRD_PARTY),
            Map.entry(Quirk.SECURE_MODE_IGD2, Refusal.THIRD_PARTY),
            Map.entry(Quirk.NOT_AUTHORIZED, Refusal.NOT_AUTHORIZED),
            Map.entry(Quirk.ONLY_HIGH_PORTS, Refusal.POLICY),
            Map.entry(Quirk.SECURE_MODE_IGD1, Refusal.THIRD_PARTY),
            Map.entry(Quirk.ACTION_FAILED, Refusal.OTHER),
            Map.entry(Quirk.UNDOCUMENTED_ERROR, Refusal.OTHER),
            Map.entry(Quirk.SAME_PORT_REQUIRED, Refusal.SAME_PORT_REQUIRED),
            Map.entry(Quirk.REMOTE_HOST_REQUIRED, Refusal.OTHER),
            Map.entry(Quirk.STORES_NOTHING, Refusal.NOT_STORED),
            Map.entry(Quirk.STORES_DISABLED, Refusal.NOT_STORED),
            Map.entry(Quirk.STORES_ANOTHER_INTERNAL_PORT, Refusal.NOT_STORED),
            Map.entry(Quirk.STORES_ANOTHER_EXTERNAL_PORT, Refusal.NOT_STORED)));

    private static final Map<Quirk, FindingCode> NOT_FOUND = new EnumMap<>(Map.of(
            Quirk.LOCATION_ON_ANOTHER_HOST, FindingCode.MALFORMED_REPLY,
            Quirk.LOCATION_ON_LOOPBACK_V6, FindingCode.MALFORMED_REPLY,
            Quirk.LOCATION_IS_A_FILE, FindingCode.MALFORMED_REPLY,
            Quirk.NO_WAN_SERVICE, FindingCode.MALFORMED_REPLY,
            Quirk.SSDP_SILENT, FindingCode.NO_GATEWAY));

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void isMappedOrRefusedForTheRightReason(Quirk quirk) throws Exception {
        try (Home home = Home.with(quirk)) {
            Found found = home.search();
            if (NOT_FOUND.containsKey(quirk)) {
                assertThat(found.providers()).isEmpty();
                FindingCode expected = NOT_FOUND.get(quirk);
                if (expected == FindingCode.NO_GATEWAY) {
                    assertThat(found.findings()).isEmpty();
                } else {
                    assertThat(found.findings()).extracting(Finding::code).contains(expected);
                }
                return;
            }
            assertThat(found.providers()).as("%s", found.findings()).hasSize(1);
            MappingOutcome outcome = home.map(8889);
            Optional<Refusal> expected = Optional.ofNullable(REFUSED.get(quirk));
            if (expected.isPresent()) {
                assertThat(outcome)
                        .isInstanceOfSatisfying(
                                Refused.class,
                                refused -> assertThat(refused.reason()).isEqualTo(expected.get()));
                assertThat(home.gateway.mappings()).isEmpty();
                assertThat(home.adds()).isLessThanOrEqualTo(4);
            } else {
                assertThat(outcome).isInstanceOf(Mapped.class);
                assertThat(home.gateway.mappings()).hasSize(1);
                home.provider().release(((Mapped) outcome).mapping(), Home.soon());
                assertThat(home.gateway.mappings()).isEmpty();
            }
        }
    }
}
