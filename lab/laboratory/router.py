"""A router: nftables does NAT and filtering, Debian's miniupnpd speaks UPnP IGD, NAT-PMP and PCP."""

import ipaddress
import re
from dataclasses import dataclass

from laboratory import LAB, PYTHON, LabError
from laboratory.net import command, gist

LAN6 = "2a00:44:69::"
"""The beginning of the LAN's IPv6 addresses, which are of the global kind: IPv6 is not translated."""
ROUTER6 = "fe80::1"
"""What the hosts have as their default gateway; as always with IPv6, an address of the link alone."""
WAN6, ISP6 = "2a00:44:1::2/64", "2a00:44:1::1"
SOAP_PORT = 5000
TELLER_PORT = 5001
"""Where the program listens that passes on to the daemon, in homes that have it."""
ONLY_HIGH_EXTERNAL = ("allow 1024-65535 192.168.69.0/24 0-65535", "deny 0-65535 0.0.0.0/0 0-65535")
SAMPLE_RULES = ("allow 1024-65535 192.168.69.0/24 1024-65535", "deny 0-65535 0.0.0.0/0 0-65535")
"""The shape of the rules in miniupnpd's sample configuration: internal ports from 1024 only, too."""


@dataclass(frozen=True)
class Router:
    """What a router is to be like. miniupnpd takes the documentation networks for reserved ones, so wan is 44.128.…"""

    wan: str = "44.128.1.2/24"
    upnp: bool = True
    pmp: bool = True
    """NAT-PMP and PCP. A router with neither upnp nor pmp runs no daemon at all."""
    igd1: bool = False
    secure: bool = False
    rules: tuple[str, ...] = ()
    pcp_third_party: bool = False
    hairpin: bool = True
    claims: str = ""
    """An address that the daemon was given by hand (ext_ip) and reports as its own, whatever the WAN address is."""
    tells_any_address: bool = False
    """Reports its WAN address also where it is none of the Internet, as other routers do; miniupnpd reports none."""
    silent_dns: bool = False
    """Questions to port 53 vanish, as they do when the provider's name service is down, instead of being refused."""
    delay_ms: int = 0
    """Each packet between the LAN and the router is late by this much, in each direction."""
    loss_percent: float = 0
    ipv6: bool = False
    """Forwards IPv6 too, without translating it, and lets nothing in but what the daemon was asked for."""
    daemon_knows_ipv6: bool = True
    """The daemon takes requests about IPv6, by PCP, also where pmp is off."""

    @property
    def wan_address(self):
        return self.wan.split("/")[0]

    @property
    def external_address(self):
        """What the router reports as its external address."""
        return self.claims or self.wan_address

    @property
    def wan_prefix(self):
        return self.wan.split("/")[1]

    @property
    def wan_network(self):
        return ipaddress.ip_interface(self.wan).network

    @property
    def isp_address(self):
        """The provider's end of the WAN link: the first address of its network."""
        return str(next(self.wan_network.hosts()))


RULES = """
table inet home {{
    chain input {{
        type filter hook input priority filter; policy drop;
        ct state established,related accept
        {dns}
        iifname {{ "lo", "lan" }} accept
        meta l4proto {{ icmp, ipv6-icmp }} accept
    }}
    chain forward {{
        type filter hook forward priority filter; policy drop;
        ct state established,related accept
        ct state invalid drop
        iifname "lan" accept
        jump upnp_forward
    }}
    chain prerouting {{
        type nat hook prerouting priority dstnat;
        jump upnp_prerouting
    }}
    chain postrouting {{
        type nat hook postrouting priority srcnat;
        jump upnp_postrouting
        oifname "wan" meta nfproto ipv4 masquerade
        oifname "lan" ip saddr {lan} masquerade comment "hairpin: the answer must pass here too"
    }}
    chain upnp_forward {{ }}
    chain upnp_prerouting {{ }}
    chain upnp_postrouting {{ }}
}}
"""

CONFIGURATION = """\
ext_ifname=wan
{claims}
listening_ip=lan
http_port={port}
ipv6_disable={no_ipv6}
enable_upnp={upnp}
enable_natpmp={pmp}
pcp_allow_thirdparty={pcp_third_party}
force_igd_desc_v1={igd1}
secure_mode={secure}
min_lifetime=120
max_lifetime=86400
system_uptime=no
notify_interval=60
uuid=00000000-0000-4000-8000-{serial:0>12}
serial={serial}
model_number=1
friendly_name=Laboratory {name}
presentation_url=http://{address}/
upnp_table_name=home
upnp_nat_table_name=home
upnp_forward_chain=upnp_forward
upnp_nat_chain=upnp_prerouting
upnp_nat_postrouting_chain=upnp_postrouting
"""


class LiveRouter:
    """A router that is up: its daemon listens and its page answers."""

    def __init__(self, machine, plan, address, verbose):
        self.machine, self.plan, self.address = machine, plan, address
        self.description_url = f"http://{address}:{SOAP_PORT}/rootDesc.xml"
        machine.ip(f"addr add {plan.wan} dev wan", f"addr add {address}/24 brd + dev lan",
                   f"route add default via {plan.isp_address}")
        machine.sysctl("net.ipv4.ip_forward=1", "net.ipv4.icmp_ratelimit=0")  # every DNS question is refused, not most
        if plan.ipv6:
            machine.sysctl("net.ipv6.conf.all.forwarding=1")
            machine.ip(f"addr add {WAN6} dev wan", f"addr add {LAN6}1/64 dev lan", f"addr add {ROUTER6}/64 dev lan",
                       f"route add default via {ISP6}")
        dns = "udp dport 53 drop" if plan.silent_dns else ""
        machine.run("nft", "-f", "-", input=RULES.format(lan=f"{address}/24", dns=dns))
        if plan.hairpin:
            self._hairpin()
        self._verbose = verbose
        if plan.upnp or plan.pmp:
            self._daemon = self._start_daemon()
        if plan.tells_any_address:
            self._tell_any_address()
        machine.start("page", PYTHON, LAB / "devices/router_page.py", address, ports=("tcp:80",))

    def _hairpin(self):
        """miniupnpd's rules match the WAN interface: what the LAN sends to the WAN address is made to arrive there."""
        for words in ("qdisc add dev lan ingress",
                      f"filter add dev lan parent ffff: protocol ip u32 match ip dst {self.plan.wan_address}/32"
                      " action mirred ingress redirect dev wan"):
            command("tc", "-n", self.machine.name, *words.split())

    def switch_off(self):
        """The daemon ends, and its rules are gone."""
        self._daemon.stop()
        self._nft(*(f"flush chain inet home {chain}"
                    for chain in ("upnp_forward", "upnp_prerouting", "upnp_postrouting")))

    def switch_on(self):
        """The daemon begins anew, without mappings, and counts its seconds from zero."""
        self._daemon = self._start_daemon()

    def announce_nothing(self):
        """What the daemon tells all hosts of the LAN does not leave the router."""
        self._nft("add chain inet home output { type filter hook output priority filter; }",
                  "add rule inet home output ip daddr 224.0.0.1 udp dport 5350 drop")

    def _start_daemon(self):
        """A verbose daemon stays in the foreground and writes what it does to its log, each time for each mapping."""
        plan, name = self.plan, self.machine.name
        switches = ("upnp", "pmp", "pcp_third_party", "igd1", "secure")
        yes_no = {switch: "yes" if getattr(plan, switch) else "no" for switch in switches}
        yes_no["no_ipv6"] = "no" if plan.ipv6 and plan.daemon_knows_ipv6 else "yes"
        file = self.machine.logs / f"{name}-miniupnpd.conf"
        file.write_text(CONFIGURATION.format(name=name, address=self.address, port=SOAP_PORT,
                                             claims=f"ext_ip={plan.claims}" if plan.claims else "",
                                             serial=self.address.split(".")[3], **yes_no)
                        + "".join(f"{rule}\n" for rule in plan.rules))
        ports = (["udp:1900", f"tcp:{SOAP_PORT}"] if plan.upnp else []) + (["udp:5351"] if plan.pmp else [])
        return self.machine.start("miniupnpd", "miniupnpd", "-f", file, "-P", file.with_suffix(".pid"),
                                  *(["-d"] if self._verbose else []), ports=ports, daemon=not self._verbose)

    def _tell_any_address(self):
        """What the LAN asks the daemon goes through a program that adds the address to its answers."""
        self.machine.start("teller", PYTHON, LAB / "devices/address_teller.py", TELLER_PORT, self.address, SOAP_PORT,
                           self.plan.wan_address, ports=(f"tcp:{TELLER_PORT}",))
        self._nft(f'insert rule inet home prerouting iifname "lan" tcp dport {SOAP_PORT} redirect to :{TELLER_PORT}')

    def lose_rules(self):
        """The firewall is loaded anew: the daemon still lists its mappings, but what they let in is dropped again."""
        self._nft("flush chain inet home upnp_forward")

    def forward_by_hand(self, external_port, address, internal_port):
        """A rule that a person has added on the router's own pages. The daemon does not list it, and it goes first."""
        self._nft(f'insert rule inet home prerouting iifname "wan" tcp dport {external_port}'
                  f' dnat ip to {address}:{internal_port}',
                  f'insert rule inet home forward iifname "wan" ip daddr {address} tcp dport {internal_port} accept')

    def _nft(self, *lines):
        self.machine.run("nft", "-f", "-", input="\n".join(lines) + "\n")

    def said(self):
        """What the daemon has written into its log."""
        return self._daemon.said()

    def redirects(self):
        """The daemon's NAT rules as the kernel has them: the last word on what is mapped."""
        listing = self.machine.run("nft", "list", "chain", "inet", "home", "upnp_prerouting").stdout
        return [line.strip() for line in listing.splitlines() if " dnat " in line]

    def pinholes(self):
        """What the daemon lets in of IPv6, as the kernel has it: by the bits of a packet in which the address is."""
        listing = self.machine.run("nft", "list", "chain", "inet", "home", "upnp_forward").stdout
        return [line.strip() for line in listing.splitlines() if "@nh,192,128 " in line]


@dataclass(frozen=True, order=True)
class Mapping:
    """One row of the router's table, as upnpc lists it."""

    protocol: str
    external_port: int
    internal_address: str
    internal_port: int
    description: str = ""
    lease: int = 0

    @property
    def route(self):
        return self.protocol, self.external_port, self.internal_address, self.internal_port


ROW = re.compile(r"^\s*\d+ (TCP|UDP)\s+(\d+)->([\d.]+):(\d+)\s+'(.*)' '.*' (\d+)$", re.MULTILINE)


def upnpc(machine, router, *words):
    """miniupnpc's client, told where the description is (its own search takes two seconds)."""
    return machine.run("upnpc", "-u", router.description_url, *words, check=False)


def mappings(machine, router):
    """The table of the router by the eyes of another client."""
    done = upnpc(machine, router, "-l")
    if "GetGenericPortMappingEntry() returned" not in done.stdout:
        raise LabError(f"upnpc cannot list: {gist(done.stdout + done.stderr)}")
    return [Mapping(protocol, int(port), address, int(internal), description, int(lease))
            for protocol, port, address, internal, description, lease in ROW.findall(done.stdout)]
