"""Scenarios of PCP and NAT-PMP. The stand-in of "lab/run --peers" speaks neither for a camera, so they are Porthole's alone."""

from laboratory.home import HOST_ADDRESS, OUTSIDE_ADDRESS, USER, Camera, Home
from laboratory.router import Router
from laboratory.scenarios import HOMES, published, refused, registering

PORT_CONTROL = {}
RECORDER = Camera("recorder", HOST_ADDRESS)
"""A recorder's own web page and stream, on the host on which Porthole runs."""

HOMES |= {
    "pcp-only": Home(Router(upnp=False, pcp_third_party=True)),
    "natpmp-only": Home(Router(upnp=False)),
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
