"""The external address: none, a private one, not one at all."""

from gateways import EXTERNAL
from gateways.case import Outcome, add, case, either, published, refused
from gateways.faults import fails, page
from gateways.gateway import Fault

ADDRESS = "GetExternalIPAddress"


def told(*codes):
    """The mapping is made or refused, wholly; the trouble with the address is named, first where it is a refusal."""
    def check(trial, answer):
        trial.expect(f"status {answer.exit}", answer.exit in (0, 3, 4, 5))
        trial.expect(f"none of {codes} in {answer.codes}", set(codes) & set(answer.codes))
        if answer.exit == 3:
            trial.expect(f"first finding {answer.codes[:1]}", answer.codes[:1] and answer.codes[0] in codes)
            trial.nothing_left()
        else:
            trial.mapped(answer)

    return Outcome("says " + "/".join(codes), check, lambda said, held: said == held and held != "some")


UNUSABLE = {
    "empty": "",
    "zeros": "0.0.0.0",
    "loopback": "127.0.0.1",
    "word": "unknown",
    "name": "wan.isp.example",
    "broadcast": "255.255.255.255",
    "multicast": "239.1.2.3",
    "ipv6-loopback": "::1",
    "five": "1.2.3.4.5",
    "octet": "44.128.7.300",
    "slash": "44.128.7.7/24",
    "html": "<b>44.128.7.7</b>",
    "blank": "   ",
}
for name, text in UNUSABLE.items():
    def unusable(gateway, text=text):
        gateway.connection().external = text

    add(f"external-{name}", f"the external address is {text!r}", unusable, told("EXTERNAL_ADDRESS_UNUSABLE"), external=None)

for name, (text, code) in {
    "192-168": ("192.168.100.2", "DOUBLE_NAT"),
    "10": ("10.1.2.3", "DOUBLE_NAT"),
    "172-16": ("172.20.1.2", "DOUBLE_NAT"),
    "cgnat": ("100.64.1.1", "CGNAT"),
    "cgnat-end": ("100.127.255.254", "CGNAT"),
}.items():
    def private(gateway, text=text):
        gateway.connection().external = text

    add(f"external-{name}", f"the external address is {text}", private, told(code), external=None)


@case("the external address is one that a host gives itself", told("EXTERNAL_ADDRESS_UNUSABLE", "DOUBLE_NAT"), external=None)
def external_link_local(gateway):
    gateway.connection().external = "169.254.3.4"


@case("100.128.0.1 is next to the shared range, and public", published(), external="100.128.0.1")
def external_beside_cgnat(gateway):
    gateway.connection().external = "100.128.0.1"


@case("172.32.0.1 is next to a private range, and public", published(), external="172.32.0.1")
def external_beside_private(gateway):
    gateway.connection().external = "172.32.0.1"


@case(
    "miniupnpd with a private address: empty external address, 501",
    refused("DOUBLE_NAT", "EXTERNAL_ADDRESS_UNUSABLE"),
    external=None,
)
def external_miniupnpd_private(gateway):
    gateway.connection().external = ""
    gateway.on("AddPortMapping", fails(501, "ActionFailed"))


@case("a private external address, and 501 for every mapping", refused("DOUBLE_NAT"), external=None)
def external_private_501(gateway):
    gateway.connection().external = "192.168.1.20"
    gateway.on("AddPortMapping", fails(501, "ActionFailed"))


@case("the external address has blanks around it", published())
def external_blanks(gateway):
    gateway.connection().external = f" {EXTERNAL}\n"


@case(
    "the external address has leading zeros: not octal",
    either("EXTERNAL_ADDRESS_UNUSABLE"),
    external=None,
    then=lambda trial, answer: trial.expect(
        f"external address {answer.document.get('externalAddress')}",
        answer.document.get("externalAddress") in (EXTERNAL, None),
    ),
)
def external_zeros_inside(gateway):
    gateway.connection().external = "044.128.007.007"


@case("GetExternalIPAddress fails with 501", told("EXTERNAL_ADDRESS_UNUSABLE"), external=None)
def external_501(gateway):
    gateway.on(ADDRESS, fails(501))


@case("GetExternalIPAddress is not known, 401", told("EXTERNAL_ADDRESS_UNUSABLE"), external=None)
def external_401(gateway):
    gateway.on(ADDRESS, fails(401))


@case("GetExternalIPAddress gives a login page", told("EXTERNAL_ADDRESS_UNUSABLE", "MALFORMED_REPLY"), external=None)
def external_login_page(gateway):
    gateway.alter(ADDRESS, page())


@case(
    "GetExternalIPAddress answers without the argument", told("EXTERNAL_ADDRESS_UNUSABLE", "MALFORMED_REPLY"), external=None
)
def external_no_argument(gateway):
    gateway.on(ADDRESS, lambda call: {"NewSomething": "1"})


@case("the external address comes only at the second asking", either("EXTERNAL_ADDRESS_UNUSABLE"), external=None)
def external_second_time(gateway):
    gateway.on(ADDRESS, lambda call: Fault(501) if call.number == 1 else None)
