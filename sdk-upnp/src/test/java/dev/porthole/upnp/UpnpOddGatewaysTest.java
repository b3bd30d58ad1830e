package dev.porthole.upnp;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import dev.porthole.Deadline;
import dev.porthole.mapping.GatewayFinder.Found;
import dev.porthole.mapping.IpLiteral;
import dev.porthole.mapping.MappingOutcome.Mapped;
import dev.porthole.mapping.PortMappingProvider;
import dev.porthole.mapping.Refusal;
import dev.porthole.testing.FakeGateway;
import dev.porthole.testing.Fault;
import dev.porthole.testing.GatewayOptions;
import dev.porthole.testing.HttpReply;
import dev.porthole.testing.Quirk;
import dev.porthole.testing.TableEntry;
import dev.porthole.testing.WanSpec;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Gateways beyond the collected quirks: odd, broken in new ways, or hostile. */
class UpnpOddGatewaysTest {
    private static GatewayOptions dressed(UnaryOperator<HttpReply> dress) {
        return FakeGateway.options().behaviour(b -> b.dressReplies(dress));
    }

    private static void maps(GatewayOptions options) throws Exception {
        try (Home home = Home.of(options)) {
            home.mapped(8889);
            assertThat(home.provider().mappings(Home.soon())).hasSize(1);
            home.provider().release(home.mapped(8889), Home.soon());
            assertThat(home.gateway.mappings()).isEmpty();
        }
    }

    @Test
    void lengthsThatAreWrongInEitherDirection() throws Exception {
        for (int off : new int[] {-60, -20, -2, 2, 5000}) {
            maps(dressed(reply ->
                    reply.withContentLength(Optional.of(Integer.toString(Math.max(1, reply.body().length + off))))));
        }
    }

    @Test
    void connectionsThatStayOpen() throws Exception {
        long start = System.nanoTime();
        maps(FakeGateway.options().keepAlive());
        maps(dressed(reply -> reply.withContentLength(Optional.empty())).keepAlive());
        assertThat(Duration.ofNanos(System.nanoTime() - start))
                .as("the closing tag ends a reply")
                .isLessThan(Duration.ofSeconds(8));
    }

    @Test
    void strangeButHarmlessHeads() throws Exception {
        maps(dressed(reply -> reply.withStatusLine("HTTP/1.0 200")));
        maps(dressed(reply -> reply.withStatusLine("HTTP/1.1 200 Alles gut")));
        maps(dressed(reply -> reply.with("Content-Type", "text/html")));
        maps(dressed(reply -> reply.with("Content-Type", "application/x-nonsense; charset=klingon")));
        maps(dressed(reply -> reply.without("Content-Type")));
        maps(dressed(reply -> reply.with("Content-Encoding", "identity").with("Connection", "Keep-Alive, Upgrade")));
        maps(dressed(reply -> reply.withHeaderNames(name -> name.toUpperCase(java.util.Locale.ROOT))));
        maps(dressed(reply -> reply.withAlso("Set-Cookie", "a=b").withAlso("Set-Cookie", "c=d")));
    }

    @Test
    void bodiesWithLeadingAndTrailingBytes() throws Exception {
        maps(dressed(reply ->
                reply.withBody("\r\n\r\n" + reply.text() + "\r\n\u0000\u0000").withContentLength(Optional.empty())));
        maps(dressed(reply -> reply.withBody("\ufeff" + reply.text()).withContentLength(Optional.empty())));
        maps(dressed(
                reply -> reply.withBody(reply.text().replace("><", ">\r\n\t<")).withContentLength(Optional.empty())));
        maps(dressed(reply ->
                reply.withBody(reply.text().replaceAll("<\\?xml[^>]*\\?>", "")).withContentLength(Optional.empty())));
        maps(dressed(reply -> reply.withBody(reply.text().replaceAll("<(/?)(s|u):", "<$1SOAP-ENV:"))
                .withContentLength(Optional.empty())));
    }

    @Test
    void aWebServerThatAsksForALoginMeansNotAuthorized() throws Exception {
        for (int status : new int[] {401, 403}) {
            try (Home home = Home.with()) {
                home.provider();
                home.gateway
                        .faults()
                        .always(
                                "AddPortMapping",
                                Fault.reply(HttpReply.html(status, "No", "<html>Login</html>")
                                        .with("WWW-Authenticate", "Basic realm=\"x\"")));
                assertThat(home.refused(8889).reason()).isEqualTo(Refusal.NOT_AUTHORIZED);
            }
        }
    }

    @Test
    void aCodeThatStandsOnlyInWords() throws Exception {
        try (Home home = Home.of(FakeGateway.options()
                .behaviour(b -> b.refuse(728, call -> true)
                        .dressFaults(reply -> reply.withBody(reply.text()
                                .replaceAll(
                                        "(?s)<faultstring>.*</detail>",
                                        "<faultstring>728 NoPortMapsAvailable</faultstring>")))))) {
            assertThat(home.refused(8889).reason()).isEqualTo(Refusal.TABLE_FULL);
        }
    }

    @Test
    void anEntryAskedForByItsKeyIsAnothersThoughTheListingIsRight() throws Exception {
        try (Home home = Home.with()) {
            home.gateway.addForeign(Home.foreign(1000));
            PortMappingProvider provider = home.provider();
            provider.mappings(Home.soon());
            String others =
                    "<s:Envelope><s:Body><u:GetSpecificPortMappingEntryResponse><NewInternalPort>80</NewInternalPort>"
                            + "<NewInternalClient>192.168.1.99</NewInternalClient><NewEnabled>1</NewEnabled>"
                            + "<NewPortMappingDescription>someone else</NewPortMappingDescription><NewLeaseDuration>0"
                            + "</NewLeaseDuration></u:GetSpecificPortMappingEntryResponse></s:Body></s:Envelope>";
            home.gateway.faults().always("GetSpecificPortMappingEntry", Fault.reply(HttpReply.xml(200, "OK", others)));
            Mapped mapped = (Mapped) provider.map(Home.request(8889).build(), Home.soon());
            provider.release(mapped.mapping(), Home.soon());
            assertThat(home.gateway.mappings())
                    .extracting(TableEntry::externalPort)
                    .containsExactly(1000);
        }
    }

    @Test
    void anEntryAskedForByItsKeyNeverComesThoughTheListingDoes() throws Exception {
        try (Home home = Home.with()) {
            home.provider().mappings(Home.soon());
            home.gateway.faults().always("GetSpecificPortMappingEntry", Fault.timeout());
            assertThat(home.provider().map(Home.request(8889).build(), Deadline.after(Duration.ofMillis(1500))))
                    .isInstanceOf(Mapped.class);
            home.mapped(8890);
        }
    }

    @Test
    void aListingThatFailsAtItsFirstEntryIsNotTakenForAnEmptyOne() throws Exception {
        try (Home home = Home.with()) {
            home.mapped(8889);
            home.gateway.faults().always("GetGenericPortMappingEntry", Fault.upnpError(501));
            assertThat(home.provider().mappings(Home.soon())).isEmpty();
            assertThat(home.provider().capabilities().listing()).isFalse();
            home.gateway.faults().clear();
            assertThat(home.provider().mappings(Home.soon())).hasSize(1);
            assertThat(home.provider().capabilities().listing()).isTrue();
        }
    }

    @Test
    void anEntryOfZeroesIsNone() throws Exception {
        try (Home home = Home.with()) {
            String zeroes =
                    "<s:Envelope><s:Body><u:GetSpecificPortMappingEntryResponse><NewInternalPort>0</NewInternalPort>"
                            + "<NewInternalClient>0.0.0.0</NewInternalClient><NewEnabled>0</NewEnabled><NewPortMappingDescription/>"
                            + "<NewLeaseDuration>0</NewLeaseDuration></u:GetSpecificPortMappingEntryResponse></s:Body></s:Envelope>";
            home.gateway.faults().next("GetSpecificPortMappingEntry", Fault.reply(HttpReply.xml(200, "OK", zeroes)));
            home.mapped(8889);
        }
    }

    @Test
    void valuesThatContradictEachOtherAreRefused() throws Exception {
        try (Home home = Home.with()) {
            // The first question is answered by what the search was told.
            home.provider().externalAddress(Home.soon());
            String two = "<s:Envelope><s:Body><u:GetExternalIPAddressResponse><NewExternalIPAddress>203.0.113.7"
                    + "</NewExternalIPAddress><NewExternalIPAddress>10.0.0.1</NewExternalIPAddress>"
                    + "</u:GetExternalIPAddressResponse></s:Body></s:Envelope>";
            home.gateway.faults().always("GetExternalIPAddress", Fault.reply(HttpReply.xml(200, "OK", two)));
            assertThat(org.assertj.core.api.Assertions.catchThrowable(
                            () -> home.provider().externalAddress(Home.soon())))
                    .hasMessageContaining("two different values");
        }
    }

    @Test
    void aStateThatNeverComesDoesNotEatTheSearch() throws Exception {
        try (Home home = Home.with()) {
            home.gateway.faults().always("GetStatusInfo", Fault.timeout());
            long start = System.nanoTime();
            Found found = home.search();
            assertThat(found.providers()).hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
            home.gateway.faults().clear();
            home.mapped(8889);
        }
    }

    @Test
    void aFloodOfAnswersDoesNotKeepTheGatewayOut() throws Exception {
        try (Home home = Home.with();
                DatagramSocket flood = new DatagramSocket(
                        new InetSocketAddress(IpLiteral.parse("127.0.0.8").orElseThrow(), 0))) {
            Thread flooder = new Thread(() -> {
                byte[] buffer = new byte[2000];
                try {
                    DatagramPacket search = new DatagramPacket(buffer, buffer.length);
                    flood.receive(search);
                    for (int i = 0; i < 300; i++) {
                        byte[] reply = ("HTTP/1.1 200 OK\r\nST: urn:schemas-upnp-org:device:InternetGatewayDevice:1\r\n"
                                        + "LOCATION: http://127.0.0.8:1/" + i + "\r\n\r\n")
                                .getBytes(US_ASCII);
                        flood.send(new DatagramPacket(reply, reply.length, search.getSocketAddress()));
                    }
                } catch (java.io.IOException e) {
                    // The test is over.
                }
            });
            flooder.setDaemon(true);
            flooder.start();
            InetSocketAddress hostile = (InetSocketAddress) flood.getLocalSocketAddress();
            Found found = Home.FINDER.find(
                    Home.scope(hostile, home.gateway.ssdpAddress())
                            .firstUsable(false)
                            .build(),
                    Home.soon());
            found.providers().forEach(PortMappingProvider::close);
            assertThat(found.providers()).hasSize(1);
            assertThat(found.findings().size()).isLessThanOrEqualTo(64);
        }
    }

    @Test
    void aDeviceThatDripsDoesNotHoldUpTheOthers() throws Exception {
        List<Home> drips = new ArrayList<>();
        try (Home good = Home.of(FakeGateway.options()
                .address(IpLiteral.parse("127.0.0.30").orElseThrow())
                .behaviour(b -> b.describe(xml -> xml.replace("<UDN>uuid:", "<UDN>uuid:good-"))))) {
            List<InetSocketAddress> addresses = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                Home drip = Home.of(FakeGateway.options()
                        .address(IpLiteral.parse("127.0.0." + (40 + i)).orElseThrow()));
                drip.gateway.faults().always("description", Fault.timeout());
                drips.add(drip);
                addresses.add(drip.gateway.ssdpAddress());
            }
            addresses.add(good.gateway.ssdpAddress());
            long start = System.nanoTime();
            Found found = Home.FINDER.find(
                    Home.scope(addresses.toArray(InetSocketAddress[]::new)).build(), Home.soon());
            found.providers().forEach(PortMappingProvider::close);
            assertThat(found.providers()).hasSize(1);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        } finally {
            drips.forEach(Home::close);
        }
    }

    @Test
    void manyServicesOfWhichTheLastIsGood() throws Exception {
        WanSpec[] specs = new WanSpec[6];
        for (int i = 0; i < specs.length; i++) {
            WanSpec spec = WanSpec.ip(1).withControlUrl("/ctl/" + i);
            specs[i] = i == specs.length - 1 ? spec : spec.down();
        }
        try (Home home = Home.of(FakeGateway.options().wan(specs))) {
            home.mapped(8889);
            assertThat(home.gateway.wans().get(5).mappings()).hasSize(1);
        }
    }

    @Test
    void capsOnLeasesArePassedOnWithoutAddingTwice() throws Exception {
        try (Home home = Home.of(FakeGateway.options().behaviour(b -> b.grantLease(lease -> Duration.ofMinutes(2))))) {
            assertThat(home.mapped(8889).lease().orElseThrow()).isLessThanOrEqualTo(Duration.ofMinutes(2));
            assertThat(home.adds()).isEqualTo(1);
        }
    }

    @Test
    void aDescriptionOfAMegabyteIsTooMuchAndAHalfIsNot() throws Exception {
        maps(FakeGateway.options()
                .behaviour(b -> b.describe(
                        xml -> xml.replace("<deviceList>", "<!--" + "x".repeat(500_000) + "--><deviceList>"))));
        try (Home home = Home.of(FakeGateway.options()
                .behaviour(b -> b.describe(
                        xml -> xml.replace("<deviceList>", "<!--" + "x".repeat(1_100_000) + "--><deviceList>"))))) {
            Found found = home.search();
            assertThat(found.providers()).isEmpty();
            assertThat(found.findings()).hasSize(1);
        }
    }

    @Test
    void aReplyLostWithTheDeadlineNearIsStillDecided() throws Exception {
        try (Home home = Home.with()) {
            home.provider();
            home.gateway.faults().next("AddPortMapping", Fault.lostReply());
            Object outcome = home.provider().map(Home.request(8889).build(), Deadline.after(Duration.ofMillis(900)));
            assertThat(outcome).isInstanceOf(Mapped.class);
        }
    }

    @Test
    void ourTagInCapitalsOrCutIsStillOurs() throws Exception {
        for (UnaryOperator<String> change : List.<UnaryOperator<String>>of(
                text -> text.toUpperCase(java.util.Locale.ROOT),
                text -> text.substring(0, Math.min(12, text.length())),
                text -> text.replace(':', '_'))) {
            try (Home home = Home.of(FakeGateway.options()
                    .behaviour(b -> b.store(entry -> entry.withDescription(change.apply(entry.description())))))) {
                home.mapped(8889);
                home.mapped(8889);
                home.provider().release(home.mapped(8889), Home.soon());
                assertThat(home.gateway.mappings()).isEmpty();
            }
        }
    }

    @Test
    void secureModeWithoutALookAtEntriesIsStillNamed() throws Exception {
        try (Home home = Home.with(Quirk.SECURE_MODE_IGD1, Quirk.NO_SPECIFIC_ENTRY)) {
            assertThat(home.refused(8889).reason()).isEqualTo(Refusal.THIRD_PARTY);
        }
        try (Home home = Home.with(Quirk.SECURE_MODE_IGD1, Quirk.NO_SPECIFIC_ENTRY, Quirk.NO_LISTING)) {
            assertThat(home.refused(8889).reason()).isEqualTo(Refusal.THIRD_PARTY);
        }
    }
}
