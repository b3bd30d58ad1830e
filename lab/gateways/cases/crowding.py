"""Storms, crowds, and two gateways on one LAN."""

from gateways import NEIGHBOUR, NET, ROUTER
from gateways.case import add, case, published
from gateways.cases.finding import IGD1
from gateways.faults import body, hold, page
from gateways.web import Reply

SECOND = NET + "2"


@case("5,000 equal replies", published())
def storm_equal(gateway):
    gateway.ssdp.edit = lambda reply: [reply] * 5000 if IGD1.encode() in reply else reply


@case("5,000 replies of devices that are not there, and then the true one", published())
def storm_different(gateway):
    def many(reply):
        return [reply.replace(b"rootDesc.xml", b"%d.xml" % n).replace(b"0dd00000", b"%08x" % n) for n in range(5000)] + [
            reply
        ]

    gateway.ssdp.edit = lambda reply: many(reply) if IGD1.encode() in reply else reply


def neighbours(gateway, count):
    addresses = [f"{NET}{100 + n}" for n in range(count)]
    for address in addresses:
        gateway.home.address(address)
    return addresses


@case("a hundred neighbours claim to be gateways, each without a web server", published())
def crowd_of_dead(gateway):
    def crowd(reply):
        return [
            (
                reply.replace(f"//{ROUTER}:".encode(), f"//{address}:".encode()).replace(b"0dd00000", f"{n:08x}".encode()),
                address,
            )
            for n, address in enumerate(addresses)
        ] + [reply]

    addresses = neighbours(gateway, 100)
    gateway.home.acceptable |= set(addresses)
    gateway.ssdp.edit = crowd


@case("twenty neighbours claim to be gateways and never answer HTTP; the router is healthy", published())
def crowd_of_silent(gateway):
    for number in range(20):
        other = gateway.home.add(f"{NET}{100 + number}", udn=f"{number:08x}")
        other.alter("any", hold)


# Two gateways

def broken_second(gateway, breaking):
    second = gateway.home.add(SECOND, udn="0dd22222")
    breaking(second)
    return second


def on_the_default_gateway(trial, answer):
    trial.expect(f"gateway {answer.document.get('gateway')}", answer.document["gateway"]["lanAddress"] == ROUTER)


@case("two healthy gateways: the one on the default route is taken", published(), then=on_the_default_gateway)
def two_healthy(gateway):
    broken_second(gateway, lambda second: None)


@case("two healthy gateways, of which the other answers 100 ms earlier", published(), then=on_the_default_gateway)
def two_other_first(gateway):
    gateway.ssdp.delay = 0.12
    broken_second(gateway, lambda second: None)


BREAKINGS = {"404": page(404), "login-page": page(), "garbled": body(lambda whole: whole[:500] + b"<<<"), "silent": hold}
for name, breaking in BREAKINGS.items():
    def second_broken(gateway, breaking=breaking):
        gateway.ssdp.delay = 0.2
        broken_second(gateway, lambda second: second.alter("description", breaking))

    def first_broken(gateway, breaking=breaking):
        gateway.alter("description", breaking)
        broken_second(gateway, lambda second: None).ssdp.delay = 0.2

    add(f"two-second-{name}", "the gateway off the default route is broken and answers first", second_broken, published())
    add(f"two-first-{name}", "the gateway on the default route is broken, another one works", first_broken,
        published(), timeout=10)


@case("a neighbour's reply points to the router: not its business, the router's own reply counts", published())
def two_borrowed(gateway):
    gateway.ssdp.edit = lambda reply: [(reply, NEIGHBOUR), reply]


@case("a media player answers every search, and the router too", published())
def media_player(gateway):
    player = gateway.home.add(SECOND, udn="0dd33333")
    player.ssdp.usn = lambda st: f"uuid:0dd33333::{st}"
    player.alter("description", lambda reply: Reply(
        reply.body.replace(b"InternetGatewayDevice", b"MediaRenderer").replace(b"WANDevice", b"Tuner")
        .replace(b"WANConnectionDevice", b"Screen").replace(b"WANIPConnection", b"AVTransport")))
    gateway.ssdp.delay = 0.2
