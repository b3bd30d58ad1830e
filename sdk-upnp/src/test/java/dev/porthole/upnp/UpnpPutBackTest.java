package dev.porthole.upnp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.mapping.MappingOutcome;
import dev.porthole.mapping.MappingOutcome.Refused;
import dev.porthole.mapping.PortMapping;
import dev.porthole.mapping.Refusal;
import dev.porthole.testing.FakeGateway;
import dev.porthole.testing.Fault;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.TableEntry;
import java.time.Duration;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A mapping of ours that had to make room for another, which then does not come to be, stands again as it was. */
class UpnpPutBackTest {
    /** Long enough that what is left after a silence of two thirds suffices for four questions on loopback. */
    private static final Duration TIME = Duration.ofSeconds(3);

    /** As a relay's mapping: for this host, under the name of the camera's service. */
    private static final TableEntry RELAY =
            TableEntry.tcp(8889, "127.0.0.1", 40001, Home.TAG).withLease(Duration.ofHours(1));

    private static void standsAgain(Home home, Duration least, Duration most) {
        assertThat(home.gateway.mappings()).singleElement().satisfies(entry -> {
            assertThat(entry.internalClient()).isEqualTo(RELAY.internalClient());
            assertThat(entry.internalPort()).isEqualTo(RELAY.internalPort());
            assertThat(entry.description()).isEqualTo(RELAY.description());
            assertThat(entry.lease()).isBetween(least, most);
        });
    }

    @ParameterizedTest
    @EnumSource(
            value = Quirk.class,
            names = {"SECURE_MODE", "SECURE_MODE_IGD1", "SECURE_MODE_IGD2"})
    void whereTheNewOneIsRefusedWithWhatRemainedOfItsLease(Quirk quirk) throws Exception {
        try (Home home = Home.with(quirk)) {
            home.gateway.addForeign(RELAY);
            home.gateway.advance(Duration.ofMinutes(20));
            assertThat(home.refused(8889).reason()).isEqualTo(Refusal.THIRD_PARTY);
            standsAgain(home, Duration.ofMinutes(39), Duration.ofMinutes(40));
        }
    }

    @Test
    void aPermanentOneStaysPermanent() throws Exception {
        try (Home home = Home.with(Quirk.SECURE_MODE, Quirk.PERMANENT_LEASES)) {
            home.gateway.addForeign(RELAY.withLease(Duration.ZERO));
            home.refused(8889);
            standsAgain(home, Duration.ZERO, Duration.ZERO);
        }
    }

    static Stream<Arguments> silences() {
        return Stream.of(
                Arguments.of("AddPortMapping", Fault.timeout()),
                Arguments.of("DeletePortMapping", Fault.timeout()),
                Arguments.of("DeletePortMapping", Fault.lostReply()));
    }

    /** Not an exception, after which the caller would release what may have been made: by name, and so the old one. */
    @ParameterizedTest
    @MethodSource("silences")
    void whereNoAnswerCame(String action, Fault fault) throws Exception {
        try (Home home = Home.with()) {
            home.gateway.addForeign(RELAY);
            home.gateway.faults().next(action, fault);
            assertThat(home.provider().map(Home.request(8889).build(), Deadline.after(TIME)))
                    .isInstanceOf(Refused.class);
            standsAgain(home, Duration.ofMinutes(59), Duration.ofHours(1));
        }
    }

    /** A gateway that does not extend a lease has it deleted and added again. */
    @Test
    void whereItsOwnRenewalIsRefused() throws Exception {
        try (Home home = Home.of(FakeGateway.options().behaviour(b -> b.ignoreRefresh()))) {
            PortMapping mapping = home.mapped(8889);
            home.gateway.advance(Duration.ofMinutes(40));
            home.gateway.faults().onCall("AddPortMapping", 2, Fault.upnpError(728));
            MappingOutcome outcome =
                    home.provider().renew(mapping, Home.request(8889).build(), Home.soon());
            assertThat(outcome).isInstanceOf(Refused.class);
            assertThat(home.gateway.mappings()).singleElement().satisfies(entry -> {
                assertThat(entry.internalClient()).isEqualTo("192.168.1.20");
                assertThat(entry.lease()).isBetween(Duration.ofMinutes(19), Duration.ofMinutes(20));
            });
        }
    }

    /** Who takes the port meanwhile keeps it, also on a gateway that lets anybody overwrite anything. */
    @Test
    void notWhereSomebodyElseHasThePortByThen() throws Exception {
        try (Home home =
                Home.of(FakeGateway.options().behaviour(b -> b.store(entry -> Home.foreign(entry.externalPort()))))) {
            home.gateway.addForeign(RELAY);
            home.refused(8889);
            assertThat(home.gateway.mappings()).containsExactly(Home.foreign(8889));
            assertThat(home.adds()).isEqualTo(1);
        }
    }
}
