"""Scenarios of IPv6: nothing is translated, the router's firewall lets in what it is asked for by PCP."""

import ipaddress
import json

from laboratory.home import FRONT, USER, YARD, Home
from laboratory.outside import page
from laboratory.portcontrol import RECORDER
from laboratory.router import Router
from laboratory.scenarios import HOMES, registering

IPV6 = {}

HOMES |= {
    "ipv6": Home(Router(pcp_third_party=True, ipv6=True)),
    "ipv6-watched": Home(Router(pcp_third_party=True, ipv6=True), watched=True),
    "ipv6-two-cameras": Home(Router(pcp_third_party=True, ipv6=True), cameras=(FRONT, YARD)),
    "ipv6-own-only": Home(Router(ipv6=True)),
    "ipv6-no-pcp": Home(Router(ipv6=True, daemon_knows_ipv6=False)),
}
scenario = registering(IPV6, needs_porthole=True)


def publish(trial, *more, ledger="ledger", camera=FRONT):
    """Publishes a camera at its IPv6 address."""
    return trial.porthole("publish", "--camera", camera.address6, "--name", camera.name, "--rtsp-path", "/main",
                          "--user", USER, "--password-file", trial.home.password_file, "--source", "any",
                          *trial.watched(), *more, ledger=ledger)


def endpoints(answer, address):
    """The endpoints at an address, however it is written, by service."""
    wanted = ipaddress.ip_address(address)
    return {one["service"]: one for one in answer.endpoints if ipaddress.ip_address(one["internalAddress"]) == wanted}


def seen_outside(trial, answer, camera=FRONT):
    """The URIs of the answer, followed outside by IPv6, lead to the camera."""
    found = endpoints(answer, camera.address6)
    trial.check("external ports", {80, 554}, {one["externalPort"] for one in found.values()}, answer)
    trial.shown_outside(answer, camera, found)


def closed(trial, camera=FRONT):
    """Outside nothing answers at the camera's address, and the router lets nothing in."""
    trial.check("pinholes in the kernel", [], trial.home.router.pinholes())
    trial.check("outside: the page", 0, page(trial.home.outside, f"http://[{camera.address6}]/", seconds=2).status)


def let_in(trial, pinholes):
    trial.check("pinholes in the kernel", pinholes, len(trial.home.router.pinholes()))
    trial.check("NAT rules in the kernel", [], trial.home.router.redirects())


@scenario("a camera's IPv6 address is closed, published, seen outside, published again, released; nobody on its own LAN"
          " can say so", "ipv6", "exit 5 NO_HAIRPIN, frames outside")
def ipv6_pinhole(trial):
    closed(trial)
    for _ in range(2):
        answer = publish(trial)
        trial.ended(answer, 5, "NO_HAIRPIN")
        trial.check("protocol", "pcp", answer.document["gateway"]["protocol"], answer)
        let_in(trial, 2)
        seen_outside(trial, answer)
    trial.release("--camera", trial.home.camera.address6)
    closed(trial)


@scenario("the ledger is lost, and what the router lets in is published again", "ipv6",
          "exit 5 NO_HAIRPIN, frames outside")
def ipv6_without_ledger(trial):
    publish(trial, ledger="lost-ledger")
    answer = publish(trial)
    trial.ended(answer, 5, "NO_HAIRPIN")
    let_in(trial, 2)
    seen_outside(trial, answer)


@scenario("the agent outside, asked by IPv6, tries a recorder on this host; a camera has another address", "ipv6-watched",
          "exit 5 AGENT_UNUSABLE, frames outside, exit 0")
def ipv6_agent(trial):
    camera = publish(trial)
    trial.ended(camera, 5, "AGENT_UNUSABLE")
    seen_outside(trial, camera)
    home = trial.home
    home.serve(RECORDER, home.host)
    home.host.ready()
    answer = publish(trial, camera=RECORDER)
    trial.ended(answer, 0)
    trial.check("verdicts", {"REACHABLE"}, answer.each("verdict", "status"), answer)
    trial.check("vantages", {f"http://{home.agent}"}, answer.each("verdict", "vantage"), answer)
    let_in(trial, 4)
    seen_outside(trial, answer, RECORDER)
    trial.release("--all-ours")
    closed(trial)


@scenario("two cameras, each with all ports of its own address", "ipv6-two-cameras")
def ipv6_two_cameras(trial):
    answer = both(trial, FRONT.address6, YARD.address6)
    let_in(trial, 4)
    for camera in (FRONT, YARD):
        seen_outside(trial, answer, camera)
    trial.release("--camera", FRONT.address6)
    let_in(trial, 2)
    seen_outside(trial, answer, YARD)
    trial.release("--all-ours")
    closed(trial, YARD)


@scenario("two cameras, one given by IPv4 and one by IPv6", "ipv6-two-cameras")
def ipv6_beside_ipv4(trial):
    answer = both(trial, FRONT.address, YARD.address6)
    trial.check("pinholes in the kernel", 2, sum("2a00" in line for line in trial.home.router.pinholes()))
    trial.check("NAT rules in the kernel", 2, len(trial.home.router.redirects()))
    seen_outside(trial, answer, YARD)
    trial.shown_outside(answer, FRONT, endpoints(answer, FRONT.address))
    trial.release("--all-ours")
    closed(trial, YARD)
    trial.check("NAT rules in the kernel", [], trial.home.router.redirects())


def both(trial, *addresses):
    """Publishes both cameras in one run."""
    file = trial.home.directory / "cameras.yaml"
    file.write_text(json.dumps({"cameras": [
        {"host": address, "name": camera.name, "rtsp-path": "/main", "user": USER,
         "password-file": str(trial.home.password_file)} for address, camera in zip(addresses, (FRONT, YARD))]}))
    answer = trial.porthole("publish", "--cameras", file, "--source", "any", "--no-verify")
    trial.ended(answer, 0)
    return answer


@scenario("the router lets in only what is for the asking host: no camera, but a recorder on this host", "ipv6-own-only",
          "exit 3 SECURE_MODE, exit 5 NO_HAIRPIN, frames outside")
def ipv6_third_party_refused(trial):
    trial.ended(publish(trial, "--providers", "pcp"), 3, "SECURE_MODE")
    closed(trial)
    home = trial.home
    home.serve(RECORDER, home.host)
    home.host.ready()
    answer = publish(trial, "--providers", "pcp", camera=RECORDER)
    trial.ended(answer, 5, "NO_HAIRPIN")
    let_in(trial, 2)
    seen_outside(trial, answer, RECORDER)
    trial.release("--camera", RECORDER.address6)
    closed(trial, RECORDER)


@scenario("the router speaks UPnP only, which is about IPv4", "ipv6-no-pcp", "exit 3 NO_NAT_NEEDED")
def ipv6_without_pcp(trial):
    trial.ended(publish(trial), 3, "NO_NAT_NEEDED")
    closed(trial)
