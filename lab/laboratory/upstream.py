"""What stands between the router and the Internet: the provider's equipment, or another router."""

import ipaddress
from dataclasses import dataclass

from laboratory import LAB, PYTHON


@dataclass(frozen=True)
class Upstream:
    """Forwards everything, or translates as another router does, which then lets in only what answers."""

    nat: bool = False
    wan: str = "44.128.3.2/24"

    @property
    def wan_address(self):
        return self.wan.split("/")[0]

    @property
    def provider_address(self):
        return str(next(ipaddress.ip_interface(self.wan).network.hosts()))


RULES = """
table inet upstream {{
    set dropped {{ type inet_service; }}
    set taken {{ type inet_service; }}
    chain early {{
        type filter hook prerouting priority raw;
        iifname "wan" tcp dport @dropped counter drop
    }}
    chain prerouting {{
        type nat hook prerouting priority dstnat;
        iifname "wan" tcp dport @taken redirect to :80
    }}
    chain input {{
        type filter hook input priority filter;
        iifname "wan" ct state new ct status dnat accept
        iifname "wan" ct state new drop
    }}
    chain forward {{
        type filter hook forward priority filter;
        {forward}
    }}
    chain postrouting {{
        type nat hook postrouting priority srcnat;
        {postrouting}
    }}
}}
"""
TRANSLATING = {"forward": 'iifname "wan" ct state new drop', "postrouting": 'oifname "wan" masquerade'}
FORWARDING = {"forward": "", "postrouting": ""}


class LiveUpstream:
    """An upstream machine that is up; its ports are "wan" and "home"."""

    def __init__(self, machine, plan, home_address):
        self._machine = machine
        machine.ip(f"addr add {plan.wan} dev wan", f"addr add {home_address} dev home",
                   f"route add default via {plan.provider_address}")
        machine.sysctl("net.ipv4.ip_forward=1")
        machine.run("nft", "-f", "-", input=RULES.format(**(TRANSLATING if plan.nat else FORWARDING)))

    def drop(self, port):
        """From now on, connections from outside to this TCP port of the home vanish."""
        self._nft(f"add element inet upstream dropped {{ {port} }}")

    def answer_itself(self, port):
        """From now on, this TCP port of the home's address shows the upstream machine's own page."""
        self._machine.start("page", PYTHON, LAB / "devices/router_page.py", "0.0.0.0", ports=("tcp:80",))
        self._nft(f"add element inet upstream taken {{ {port} }}")

    def _nft(self, line):
        self._machine.run("nft", line)
