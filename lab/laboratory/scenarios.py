"""The scenarios: a home, what is expected of the command line in it, and the steps that show it."""

from dataclasses import dataclass, replace
from typing import Callable

from laboratory.home import FRONT, NEIGHBOUR_ADDRESS, TWIN, YARD, Home
from laboratory.router import ONLY_HIGH_EXTERNAL, SAMPLE_RULES, Router, mappings
from laboratory.upstream import Upstream

HOMES = {
    "base": Home(),
    "igd1": Home(Router(igd1=True)),
    "secure": Home(Router(secure=True)),
    "high-external": Home(Router(rules=ONLY_HIGH_EXTERNAL)),
    "sample-rules": Home(Router(rules=SAMPLE_RULES)),
    "two-routers": Home(second=Router(wan="44.128.2.2/24")),
    "two-cameras": Home(cameras=(FRONT, YARD)),
    "slow": Home(Router(delay_ms=50)),
    "lossy": Home(Router(loss_percent=10)),
    "off": Home(Router(upnp=False, pmp=False)),
    "private-wan": Home(Router(wan="192.168.100.2/24")),
    "silent-dns": Home(Router(silent_dns=True)),
    "no-hairpin": Home(Router(hairpin=False)),
    "third-party-pcp": Home(Router(secure=True, pcp_third_party=True)),
    "watched": Home(watched=True),
    "watched-secure": Home(Router(secure=True), watched=True),
    "twin-camera": Home(cameras=(FRONT, TWIN), watched=True),
    "no-default-route": Home(cameras=(replace(FRONT, default_route=False),), watched=True),
    "camera-stopped": Home(cameras=(replace(FRONT, serving=False),), watched=True),
    "camera-gone": Home(cameras=(replace(FRONT, present=False),), watched=True),
    "provider": Home(upstream=Upstream(), watched=True),
    "double-nat": Home(Router(wan="192.168.100.2/24", claims="44.128.77.7"), upstream=Upstream(nat=True), watched=True),
    "cgnat": Home(Router(wan="100.64.7.2/24", tells_any_address=True), upstream=Upstream(nat=True), watched=True),
}
"""Homes by name, also for --with. The base: IGD 2, NAT-PMP and PCP, everything allowed, hairpin, one camera.

A watched home has a STUN server and the probe agent outside; a provider's machine can be told to drop a port or to
answer at one itself.
"""


@dataclass(frozen=True)
class Scenario:
    name: str
    about: str
    home: str
    expected: str
    steps: Callable
    needs_porthole: bool
    """Whether no stand-in can do it."""


PUBLISHED = "exit 0, frames outside"
SCENARIOS = {}


def registering(table, needs_porthole=False):
    """A decorator that puts scenarios into a table."""

    def scenario(about, home="base", expected=PUBLISHED):
        def register(steps):
            name = steps.__name__.replace("_", "-")
            table[name] = Scenario(name, about, home, expected, steps, needs_porthole)
            return steps

        return register

    return scenario


scenario = registering(SCENARIOS)


def reachable(trial, answer):
    """The answer says so, and outside it is so, for every camera of the home."""
    trial.ended(answer, 0)
    trial.check("verdicts", {"REACHABLE"}, answer.each("verdict", "status"), answer)
    trial.check("gateway", trial.home.router.address, answer.document["gateway"]["lanAddress"])
    for camera in trial.home.plan.cameras:
        trial.seen_outside(answer, camera)


def published(trial, *more, ledger="ledger"):
    """Publishes, sees the camera outside, and returns the answer."""
    answer = trial.publish(*more, ledger=ledger)
    reachable(trial, answer)
    return answer


def published_and_released(trial):
    trial.mapped(published(trial).routes)
    trial.release()
    trial.nothing_mapped()


def refused(trial, code, *more, foreign=()):
    trial.ended(trial.publish(*more), 3, code)
    trial.nothing_mapped(foreign)


@scenario("a router with the IGD 2 description")
def igd2(trial):
    published_and_released(trial)


@scenario("a router that describes itself as IGD 1", "igd1")
def igd1(trial):
    published_and_released(trial)


@scenario("external ports from 1024 only: one must be found", "high-external")
def high_external_ports(trial):
    published_and_released(trial)


@scenario("every packet to and from the router is 50 ms late", "slow")
def slow_router(trial):
    published_and_released(trial)


@scenario("the name service does not answer: nothing may wait for it", "silent-dns")
def silent_dns(trial):
    published_and_released(trial)
    trial.check("seconds that publishing took, below 10", True, trial.answers[0].seconds < 10)


@scenario("a second router on the LAN, which is nobody's default route: it must be left alone", "two-routers")
def two_routers(trial):
    published_and_released(trial)
    trial.check("mappings on the second router", [], mappings(trial.home.host, trial.home.second))


@scenario("a lease of ten minutes is asked for and granted")
def lease(trial):
    answer = published(trial, "--lease", 600)
    # The router tells what is left, which may be a second less.
    trial.check("leases granted", True, answer.each("leaseSeconds") <= {600, 599, 598})
    trial.mapped(answer.routes)
    trial.check("leases by upnpc -l run", True, all(560 <= row.lease <= 600 for row in trial.table()))
    trial.release()
    trial.nothing_mapped()


@scenario("the same camera gets the same ports: again, and after all was forgotten")
def stable_ports(trial):
    first = published(trial)
    again = published(trial)
    trial.check("ports the second time", first.ports, again.ports)
    trial.mapped(again.routes)
    trial.release()
    anew = published(trial, ledger="another-ledger")
    trial.check("ports with an empty ledger", first.ports, anew.ports)
    trial.release(ledger="another-ledger")
    trial.nothing_mapped()


@scenario("two cameras published at once, released one after the other", "two-cameras")
def two_cameras(trial):
    answer = trial.publish_all()
    reachable(trial, answer)
    trial.mapped(answer.routes)
    trial.release("--camera", FRONT.address)
    trial.mapped([route for route in answer.routes if YARD.address in route])
    trial.seen_outside(answer, YARD)
    trial.release("--all-ours")
    trial.nothing_mapped()


@scenario("a foreign mapping holds the port that the camera would get: another is taken")
def foreign_mapping(trial):
    wanted = published(trial)
    trial.release()
    foreign = trial.map_foreign(wanted.of(FRONT)["rtsp"]["externalPort"], NEIGHBOUR_ADDRESS, 3074)
    answer = published(trial)
    trial.check("ports in use by both", set(), {foreign.external_port} & set(answer.ports.values()))
    trial.mapped(answer.routes, [foreign])
    trial.release("--all-ours")
    trial.nothing_mapped(foreign=[foreign])


@scenario("the person wants a port that a foreign mapping holds", expected="exit 3 PORT_CONFLICT")
def manual_port_conflict(trial):
    foreign = trial.map_foreign(8889, NEIGHBOUR_ADDRESS, 3074)
    refused(trial, "PORT_CONFLICT", "--policy", "manual", "--external", "http=8888", "--external", "rtsp=8889",
            foreign=[foreign])


@scenario("no hairpin: nothing can be said from the LAN, though all is well outside", "no-hairpin",
          "exit 5 NO_HAIRPIN, frames outside")
def no_hairpin(trial):
    answer = trial.publish()
    trial.ended(answer, 5)
    trial.check("NO_HAIRPIN among the findings", True, "NO_HAIRPIN" in answer.codes, answer)
    trial.seen_outside(answer)
    trial.mapped(answer.routes)
    trial.release()
    trial.nothing_mapped()


@scenario("the router maps for the asking host only", "secure", "exit 3 SECURE_MODE")
def secure_mode(trial):
    refused(trial, "SECURE_MODE")


@scenario("internal ports from 1024 only: 80 and 554 cannot be mapped", "sample-rules", "exit 3 ROUTER_POLICY")
def sample_rules(trial):
    refused(trial, "ROUTER_POLICY")


@scenario("a router is there, but no mapping protocol answers", "off", "exit 3 UPNP_OFF")
def upnp_off(trial):
    refused(trial, "UPNP_OFF")


@scenario("the router's WAN address is private: another router is in front", "private-wan", "exit 3 DOUBLE_NAT")
def private_wan(trial):
    refused(trial, "DOUBLE_NAT")
