package dev.porthole.pcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.porthole.Deadline;
import dev.porthole.NatTraversalException;
import dev.porthole.SourcePolicy;
import dev.porthole.diagnose.FindingCode;
import dev.porthole.mapping.ExternalAddress;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.mapping.TransportProtocol;
import dev.porthole.testing.FakePcpServer.Trait;
import dev.porthole.testing.PcpCall;
import dev.porthole.testing.PcpCall.Kind;
import dev.porthole.testing.PcpFault;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatPmpMappingTest extends ServerTest {
    private PortMappingProvider provider() throws InterruptedException {
        return only(new NatPmpGatewayFinder());
    }

    @Test
    void a_service_of_this_host_is_mapped_renewed_and_released() throws InterruptedException {
        start(Trait.NATPMP_ONLY);
        PortMappingProvider provider = provider();
        PortMapping mapping = mapped(provider.map(to(HERE, 8554).build(), soon()));
        assertThat(mapping.externalPort()).isEqualTo(8554);
        assertThat(mapping.lease()).contains(Duration.ofHours(1));
        assertThat(provider.mapping(TransportProtocol.TCP, 8554, soon())).contains(mapping);
        mapped(provider.renew(mapping, to(HERE, 8554).build(), soon()));
        assertThat(server.table()).hasSize(1);
        provider.release(mapping, soon());
        provider.release(mapping, soon());
        assertThat(server.table()).isEmpty();
    }

    @Test
    void another_host_is_refused_without_asking() throws InterruptedException {
        start(Trait.NATPMP_ONLY);
        PortMappingProvider provider = provider();
        int before = server.calls().size();
        assertThat(refused(provider.map(to(CAMERA, 8554).build(), soon())).reason())
                .isEqualTo(Refusal.THIRD_PARTY);
        assertThat(server.calls()).hasSize(before);
        assertThat(provider.capabilities().thirdParty()).isFalse();
    }

    @Test
    void a_restricted_source_is_refused_rather_than_widened() throws InterruptedException {
        start(Trait.NATPMP_ONLY);
        assertThat(refused(provider()
                                .map(
                                        to(HERE, 8554)
                                                .source(SourcePolicy.only("198.51.100.7"))
                                                .build(),
                                        soon()))
                        .reason())
                .isEqualTo(Refusal.SOURCE_RESTRICTION_UNSUPPORTED);
    }

    @Test
    void another_port_than_the_one_asked_for_is_taken_or_given_back() throws InterruptedException {
        start(Trait.NATPMP_ONLY).foreign(6, 8554);
        assertThat(refused(provider().map(to(HERE, 8554).build(), soon())).reason())
                .isEqualTo(Refusal.CONFLICT);
        assertThat(server.table()).hasSize(1);
        assertThat(mapped(provider().map(to(HERE, 8554).otherPortAccepted(true).build(), soon()))
                        .externalPort())
                .isEqualTo(8555);
    }

    @Test
    void a_permanent_mapping_is_asked_for_by_the_day_because_zero_would_release() throws InterruptedException {
        start(Trait.NATPMP_ONLY);
        mapped(provider().map(to(HERE, 8554).lease(Duration.ZERO).build(), soon()));
        assertThat(server.table()).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource({"1, OTHER", "2, NOT_AUTHORIZED", "3, OTHER", "4, TABLE_FULL", "5, OTHER", "77, OTHER"})
    void every_result_code_is_a_refusal(int code, Refusal reason) throws InterruptedException {
        start(Trait.NATPMP_ONLY).refuse(Kind.NATPMP_MAP, code);
        Refused refused = refused(provider().map(to(HERE, 8554).build(), soon()));
        assertThat(refused.reason()).isEqualTo(reason);
        assertThat(refused.protocolCode()).hasValue(code);
    }

    @ParameterizedTest
    @CsvSource({"length, 7", "length, 14", "byte 0, 2", "byte 1, 2", "byte 1, 129", "byte 9, 1", "elsewhere, 0"})
    void a_wrong_reply_is_passed_over_and_the_right_one_behind_it_taken(String what, int value)
            throws InterruptedException {
        start(Trait.NATPMP_ONLY);
        PcpFault fault = what.equals("length")
                ? PcpFault.length(value)
                : what.equals("elsewhere")
                        ? PcpFault.fromElsewhere()
                        : PcpFault.byteAt(Integer.parseInt(what.substring(5)), value);
        PortMappingProvider provider = provider();
        server.next(Kind.NATPMP_MAP, PcpFault.before(fault));
        mapped(provider.map(to(HERE, 8554).build(), soon()));
        assertThat(server.calls()).filteredOn(c -> c.kind() == Kind.NATPMP_MAP).hasSize(1);
    }

    @Test
    void silence_ends_with_the_deadline() throws InterruptedException {
        start(Trait.NATPMP_ONLY);
        PortMappingProvider provider = provider();
        server.always(Kind.NATPMP_MAP, PcpFault.LOST_REPLY);
        assertThatThrownBy(() -> provider.map(to(HERE, 8554).build(), Deadline.after(Duration.ofMillis(300))))
                .isInstanceOfSatisfying(
                        NatTraversalException.class, e -> assertThat(e.code()).isEqualTo(FindingCode.TIMED_OUT));
    }

    @Test
    void the_searchs_answer_is_the_first_external_address_and_later_ones_are_asked_for() throws InterruptedException {
        start(Trait.NATPMP_ONLY);
        PortMappingProvider provider = provider();
        server.external("192.168.100.2");
        assertThat(provider.externalAddress(soon()).kind()).isEqualTo(ExternalAddress.Kind.PUBLIC);
        assertThat(provider.externalAddress(soon()).kind()).isEqualTo(ExternalAddress.Kind.DOUBLE_NAT);
        assertThat(server.calls()).extracting(PcpCall::kind).containsOnly(Kind.NATPMP_ADDRESS);
    }

    @Test
    void a_lost_state_is_told() throws InterruptedException {
        start(Trait.NATPMP_ONLY);
        PortMappingProvider provider = provider();
        List<String> told = new ArrayList<>();
        provider.onStateLost((gateway, why) -> told.add(gateway.id()));
        server.restart();
        mapped(provider.map(to(HERE, 8554).build(), soon()));
        assertThat(told).hasSize(1);
    }
}
