package dev.porthole.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Tables as the systems print them, with addresses changed. */
class RoutingTableTest {
    private static final String HEADING =
            "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";

    private static final String MAC = """
            Routing tables

            Internet:
            Destination        Gateway            Flags               Netif Expire
            default            192.168.1.1        UGScg                 en0
            default            link#18            UCSIg           bridge100      !
            127                127.0.0.1          UCS                   lo0
            192.168.1          link#11            UCS                   en0      !

            Internet6:
            Destination                             Gateway                                 Flags               Netif Expire
            default                                 fe80::1%lo                              UGcg                  en0
            default                                 fe80::%utun0                            UGcIg               utun0
            ::1                                     ::1                                     UHL                   lo0
            """;

    private static final String WINDOWS = """
            ===========================================================================
            Schnittstellenliste
             12...00 1c 42 00 00 08 ......Intel(R) 82574L Gigabit Network Connection
            ===========================================================================

            IPv4-Routentabelle
            ===========================================================================
            Aktive Routen:
                 Netzwerkziel    Netzwerkmaske          Gateway    Schnittstelle Metrik
                      0.0.0.0          0.0.0.0      192.168.7.1     192.168.7.20     50
                      0.0.0.0          0.0.0.0      192.168.1.1     192.168.1.20     25
                    127.0.0.0        255.0.0.0   Auf Verbindung         127.0.0.1    331
            ===========================================================================
            Ständige Routen:
              Netzwerkadresse          Netzmaske  Gatewayadresse  Metrik
                      0.0.0.0          0.0.0.0      192.168.9.1  Standard

            IPv6-Routentabelle
            ===========================================================================
            Aktive Routen:
             If Metrik Netzwerkziel             Gateway
             12    281 ::/0                     fe80::9
              1    331 ::1/128                  Auf Verbindung
            ===========================================================================
            """;

    @Test
    void linux_the_default_route_of_the_lowest_metric_wins() {
        assertThat(shown(RoutingTable.linux(List.of(
                        HEADING,
                        "wlan0\t00000000\t0100A8C0\t0003\t0\t0\t600\t00000000\t0\t0\t0",
                        "eth0\t00000000\t0101A8C0\t0003\t0\t0\t100\t00000000\t0\t0\t0",
                        "eth0\t0001A8C0\t00000000\t0001\t0\t0\t100\t00FFFFFF\t0\t0\t0"))))
                .isEqualTo("192.168.1.1");
    }

    @Test
    void linux_no_default_route_and_nonsense_give_none() {
        assertThat(RoutingTable.linux(List.of())).isEmpty();
        assertThat(RoutingTable.linux(List.of(HEADING))).isEmpty();
        assertThat(RoutingTable.linux(List.of(HEADING, "tun0\t00000000\t00000000\t1\t0\t0\t0\t00000000\t0\t0\t0")))
                .isEmpty();
        assertThat(RoutingTable.linux(List.of(HEADING, "eth0\t00000000\tzzzz\t1\t0\t0\t0\t00000000\t0\t0\t0", "x")))
                .isEmpty();
    }

    @Test
    void linux_ipv6_the_next_hop_keeps_its_interface() {
        String zeros = "0".repeat(32);
        String tail = " 00000001 00000000 00000003       lo";
        Optional<InetAddress> found = RoutingTable.linuxIpv6(List.of(
                zeros + " 00 " + zeros + " 00 fe800000000000000000000000000002 00000400" + tail,
                zeros + " 00 " + zeros + " 00 fe800000000000000000000000000001 00000100" + tail,
                "20010db8000000000000000000000000 40 " + zeros + " 00 " + zeros + " 00000100" + tail,
                zeros + " 00 " + zeros + " 00 " + zeros + " ffffffff" + tail,
                zeros + " 00 " + zeros + " 00 xyz 00000001" + tail,
                ""));
        assertThat(shown(found)).startsWith("fe80:0:0:0:0:0:0:1%");
    }

    @Test
    void macos_the_first_default_route_is_the_one_in_use() {
        RoutingTable table = RoutingTable.macOs(MAC.lines().toList());
        assertThat(shown(table.ipv4())).isEqualTo("192.168.1.1");
        assertThat(shown(table.ipv6())).startsWith("fe80:0:0:0:0:0:0:1");
    }

    @Test
    void windows_in_any_language_the_lowest_metric_wins_and_persistent_routes_are_not_counted_twice() {
        RoutingTable table = RoutingTable.windows(WINDOWS.lines().toList());
        assertThat(shown(table.ipv4())).isEqualTo("192.168.1.1");
        assertThat(table.ipv6())
                .get()
                .isInstanceOfSatisfying(
                        Inet6Address.class,
                        address -> assertThat(address.getScopeId()).isEqualTo(12));
    }

    @Test
    void what_is_no_table_gives_none() {
        List<String> nonsense = List.of("", "default", "default x y z", "0.0.0.0 0.0.0.0 a b 1", "1 2 ::/0 q");
        assertThat(RoutingTable.macOs(nonsense)).isEqualTo(RoutingTable.UNKNOWN);
        assertThat(RoutingTable.windows(nonsense)).isEqualTo(RoutingTable.UNKNOWN);
    }

    @Test
    void a_command_is_read_to_its_end_and_one_that_is_not_there_gives_nothing() {
        String java = ProcessHandle.current().info().command().orElseThrow();
        assertThat(SystemCommand.lines(java, "-version")).anyMatch(line -> line.contains("version"));
        assertThat(SystemCommand.lines("/nowhere/route", "print")).isEmpty();
    }

    private static String shown(Optional<InetAddress> address) {
        return address.orElseThrow().getHostAddress();
    }
}
