"""Scenarios of PCP and NAT-PMP. The stand-in of "lab/run --peers" speaks neither for a camera, so they are Porthole's alone."""

import re
import time

from laboratory import PROJECT
from laboratory.home import HOST_ADDRESS, OUTSIDE_ADDRESS, USER, Camera, Home
from laboratory.outside import page
from laboratory.router import Router
from laboratory.scenarios import HOMES, published, refused, registering

PORT_CONTROL = {}
SECONDS_TO_NOTICE = 60
"""A restart is announced within two seconds, and shows within five; the rest is for a busy machine."""
RECORDER = Camera("recorder", HOST_ADDRESS)
"""A recorder's own web page and stream, on the host on which Porthole runs."""

HOMES |= {
    "pcp-only": Home(Router(upnp=False, pcp_third_party=True)),
    "natpmp-only": Home(Router(upnp=False)),
    "all-protocols": Home(Router(pcp_third_party=True)),
    "pcp-slow": Home(Router(upnp=False, pcp_third_party=True, delay_ms=200)),
    "pcp-lossy": Home(Router(upnp=False, pcp_third_party=True, loss_percent=10)),
    "pcp-two-routers": Home(Router(upnp=False, pcp_third_party=True),
                            second=Router(wan="44.128.2.2/24", upnp=False, pcp_third_party=True)),
    "pmp-off": Home(Router(pmp=False)),
}


scenario = registering(PORT_CONTROL, needs_porthole=True)


def forwards(trial, answer):
    """The kernel forwards exactly what the answer says. A router without UPnP cannot be asked otherwise."""
    rules = trial.home.router.redirects()
    trial.check("NAT rules in the kernel", len(answer.routes), len(rules))
    for _, external, address, internal in answer.routes:
        found = any(f"dport {external} " in rule and f"{address}:{internal}" in rule for rule in rules)
        trial.check(f"a NAT rule from {external} to {address}:{internal}", True, found)


def by(trial, answer, protocol):
    trial.check("protocol", protocol, answer.document["gateway"]["protocol"].lower(), answer)


@scenario("UPnP is off, PCP maps for other hosts: published, again by a second run, examined, released", "pcp-only")
def pcp_only(trial):
    first = published(trial, "--providers", "pcp")
    by(trial, first, "pcp")
    forwards(trial, first)
    again = published(trial)
    by(trial, again, "pcp")
    trial.check("ports the second time", first.ports, again.ports)
    forwards(trial, again)
    camera = trial.home.camera
    seen = trial.porthole("doctor", "--camera", camera.address, "--name", camera.name, "--rtsp-path", "/main",
                          "--user", USER, "--password-file", trial.home.password_file)
    trial.ended(seen, 0)
    forwards(trial, again)
    trial.release()
    trial.nothing_mapped()


@scenario("UPnP is in secure mode, PCP maps for other hosts and answers first: the answer says why the first rung did not do",
          "third-party-pcp")
def pcp_third_party(trial):
    answer = published(trial)
    by(trial, answer, "pcp")
    rungs = answer.document["rungs"]
    trial.check("rungs", ["upnp", "pcp"], [rung["protocol"] for rung in rungs], answer)
    trial.check("the first one's reason", True, bool(rungs[0]["reason"]), answer)
    trial.check("the second one", ("MAPPED", None), (rungs[1]["outcome"], rungs[1]["reason"]), answer)
    trial.mapped(answer.routes)
    trial.release()
    trial.nothing_mapped()


@scenario("PCP maps for the asking host only", "natpmp-only", "exit 3 SECURE_MODE")
def pcp_third_party_refused(trial):
    refused(trial, "SECURE_MODE", "--providers", "pcp")


@scenario("a person wants a port that the router gave to somebody else, by PCP", "third-party-pcp",
          "exit 3 PORT_CONFLICT")
def pcp_port_conflict(trial):
    foreign = trial.map_foreign(8889, HOST_ADDRESS, 3074)
    refused(trial, "PORT_CONFLICT", "--providers", "pcp", "--policy", "manual", "--external", "http=8888",
            "--external", "rtsp=8889", foreign=[foreign])


@scenario("only one network may connect: a router that says yes to it and lets everyone in maps nothing", "pcp-only",
          "exit 3 SOURCE_RESTRICTION_UNSUPPORTED")
def pcp_source(trial):
    answer = trial.porthole("publish", "--camera", trial.home.camera.address, "--providers", "pcp",
                            "--source", f"{OUTSIDE_ADDRESS}/32", "--no-verify")
    trial.ended(answer, 3, "SOURCE_RESTRICTION_UNSUPPORTED")
    trial.nothing_mapped()


@scenario("UPnP is off, NAT-PMP maps for the asking host: no camera, but a recorder on this host", "natpmp-only",
          "exit 3 SECURE_MODE, exit 0, frames outside")
def natpmp_only(trial):
    refused(trial, "SECURE_MODE", "--providers", "natpmp")
    home = trial.home
    home.serve(RECORDER, home.host)
    home.host.ready()
    answer = trial.porthole("publish", "--camera", RECORDER.address, "--name", RECORDER.name, "--rtsp-path", "/main",
                            "--user", USER, "--password-file", home.password_file, "--source", "any",
                            "--providers", "natpmp")
    trial.ended(answer, 0)
    by(trial, answer, "natpmp")
    trial.seen_outside(answer, RECORDER)
    forwards(trial, answer)
    trial.release("--camera", RECORDER.address)
    trial.nothing_mapped()


def published_by_pcp(trial):
    answer = published(trial)
    by(trial, answer, "pcp")
    forwards(trial, answer)
    trial.release()
    trial.nothing_mapped()
    return answer


@scenario("UPnP is off, and each packet to and from the router is 200 ms late, so that questions are repeated", "pcp-slow")
def pcp_slow_router(trial):
    published_by_pcp(trial)


@scenario("UPnP is off, and the cable to the router loses 10 %: what is lost is asked again", "pcp-lossy")
def pcp_lossy_cable(trial):
    answer = trial.publish("--no-verify")
    trial.ended(answer, 0)
    by(trial, answer, "pcp")
    forwards(trial, answer)
    trial.seen_outside(answer)
    trial.release()
    trial.nothing_mapped()


@scenario("UPnP is off, and a second router on the LAN speaks PCP too: it must be left alone", "pcp-two-routers")
def pcp_two_routers(trial):
    published_by_pcp(trial)
    trial.check("NAT rules of the second router", [], trial.home.second.redirects())
    asked = [line for line in trial.home.second.said().splitlines() if HOST_ADDRESS in line]
    trial.check("what the second router was asked", [], asked)
    trial.check("the first router tells what it was asked", True, HOST_ADDRESS in trial.home.router.said())


@scenario("PCP and NAT-PMP are off, and asked for: the answer says so", "pmp-off", "exit 3 UPNP_OFF")
def pcp_off(trial):
    refused(trial, "UPNP_OFF", "--providers", "pcp,natpmp")


def republished(trial, why):
    """A program that publishes whenever the router has lost its mappings notices a reboot, and has the same ports again."""
    home = trial.home
    program = home.host.begin("watcher", "java", "-cp", PROJECT / "examples/target/porthole.jar",
                              "dev.porthole.examples.tasks.RepublishAfterRestart", home.camera.address, home.camera.name)

    def ports(times):
        """What was published, once that has happened so often."""
        deadline = time.monotonic() + SECONDS_TO_NOTICE
        lines = []
        while len(lines) < 2 * times and time.monotonic() < deadline:
            time.sleep(0.1)
            lines = re.findall(r"^(?:http|rtsp) at \d+$", program.said(), re.MULTILINE)
        trial.check(f"services published by then: {program.said()}", 2 * times, len(lines))
        return lines[-2:]

    first = ports(1)
    before = home.router.redirects()
    trial.check("NAT rules", 2, len(before))
    # Less than two seconds back is no loss by the protocol's own rule.
    time.sleep(3)
    home.router.switch_off()
    trial.check("NAT rules while it is off", [], home.router.redirects())
    home.router.switch_on()
    trial.check("ports after the reboot", first, ports(2))
    trial.check("NAT rules made again", sorted(before), sorted(home.router.redirects()))
    trial.check(f"how it was noticed: {program.said()}", True, why in program.said())
    web = next(line.split()[-1] for line in first if line.startswith("http "))
    seen = page(home.outside, f"http://{home.router.plan.external_address}:{web}/")
    trial.check("outside: the page", f"{home.camera.name} - Network Camera", seen.title)
    trial.got.append(f"noticed: {why}")


@scenario("the router reboots and announces it: what was published is mapped again on the same ports", "pcp-only",
          "noticed: announced")
def pcp_reboot_announced(trial):
    republished(trial, "announced")


@scenario("the router reboots and nobody hears of it: its next answer shows it", "pcp-only", "noticed: an answer")
def pcp_reboot_unheard(trial):
    trial.home.router.announce_nothing()
    republished(trial, "an answer")
