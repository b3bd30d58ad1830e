"""Scenarios in which the router maps for the asking host only, and the host on which Porthole runs relays."""

from laboratory.home import FRONT, HOST_ADDRESS
from laboratory.outside import page
from laboratory.portcontrol import by
from laboratory.scenarios import registering

RELAYS = {}
scenario = registering(RELAYS, needs_porthole=True)
OUTSIDE_ON_THE_LINK = "44.128.1.1/32"
"""The address from which outside connects to the router."""


def relayed(trial, *more, **changed):
    """Publishes by way of the relay, which stays; outside sees the camera."""
    staying = trial.stay("publish", *trial.described(**changed), "--source", "any", "--relay", *trial.watched(), *more)
    answer = staying.answer
    trial.check("verdicts", {"REACHABLE"}, answer.each("verdict", "status"), answer)
    trial.check("RELAYED among the findings", "WARNING", answer.severity("RELAYED"), answer)
    trial.check("the way", {"relay"}, answer.each("via"), answer)
    trial.check("where the relay listens", {HOST_ADDRESS}, answer.each("relay", "address"), answer)
    trial.seen_outside(answer)
    return staying


def leads_here(trial, answer):
    """What the router should hold: mappings to the relay."""
    return [(one["protocol"], one["externalPort"], one["relay"]["address"], one["relay"]["port"])
            for one in answer.endpoints]


def closed_outside(trial, answer, what):
    web = answer.of(FRONT)["http"]["uri"]
    trial.check(f"outside: what answers at {web} {what}", 0, page(trial.home.outside, web).status)


def ended_by_signal(trial, staying):
    trial.check("exit status after SIGTERM", 0, staying.stop())
    trial.nothing_mapped()


@scenario("secure mode: the relay shows the camera outside, outlives the camera's restart, and goes with its mappings",
          "secure", "frames outside")
def relay_secure_mode(trial):
    staying = relayed(trial)
    trial.mapped(leads_here(trial, staying.answer))
    overcome = staying.answer.severity("SECURE_MODE")
    trial.check("why the rungs above did not do", "INFO", overcome, staying.answer)
    machine = trial.home.cameras[FRONT.name]
    machine.stop_servers()
    closed_outside(trial, staying.answer, "while the camera is down")
    trial.home.serve(FRONT, machine)
    machine.ready()
    trial.seen_outside(staying.answer)
    ended_by_signal(trial, staying)
    closed_outside(trial, staying.answer, "afterwards")


@scenario("the relay's process is killed: nothing is served; the next run takes up the same ports", "secure",
          "frames outside")
def relay_killed(trial):
    first = relayed(trial, "--lease", 600)
    routes = leads_here(trial, first.answer)
    first.kill()
    closed_outside(trial, first.answer, "after kill -9")
    trial.mapped(routes)
    again = relayed(trial, "--lease", 600)
    trial.mapped(routes)
    trial.check("routes the second time", routes, leads_here(trial, again.answer))
    again.kill()
    trial.release()
    trial.nothing_mapped()
    trial.evidence.append("same ports again, released by another process")


@scenario("the doctor knows the relay, and says when it does not run", "watched-secure",
          "frames outside, exit 0, exit 3 RELAY_DOWN")
def relay_doctor(trial):
    staying = relayed(trial)
    trial.ended(trial.doctor(ledger="none"), 0)
    staying.kill()
    answer = trial.doctor()
    trial.ended(answer, 3, "RELAY_DOWN")
    trial.check("the way is broken at", {"RELAY"}, {one["brokenAt"] for one in answer.services}, answer)


@scenario("internal ports from 1024 only: the relay has one", "sample-rules", "frames outside")
def relay_sample_rules(trial):
    staying = relayed(trial)
    trial.mapped(leads_here(trial, staying.answer))
    ended_by_signal(trial, staying)


@scenario("UPnP is off, NAT-PMP and PCP map for the asking host: the relay makes that a camera", "natpmp-only",
          "frames outside")
def relay_natpmp_and_pcp(trial):
    for protocol in ("natpmp", "pcp"):
        staying = relayed(trial, "--providers", f"{protocol},relay")
        by(trial, staying.answer, protocol)
        rules = trial.home.router.redirects()
        trial.check("NAT rules in the kernel", 2, len(rules))
        trial.check("NAT rules that lead to the relay", True, all(HOST_ADDRESS in rule for rule in rules))
        ended_by_signal(trial, staying)


@scenario("only one network may connect, which the relay enforces where the router does not", "secure",
          "page for that network alone")
def relay_source(trial):
    for source, status in (("198.51.100.0/24", 0), (OUTSIDE_ON_THE_LINK, 200)):
        staying = trial.stay("publish", *trial.described(), "--source", source, "--relay", "--no-verify")
        web = staying.answer.of(FRONT)["http"]["uri"]
        trial.check(f"outside: the page where {source} may connect", status, page(trial.home.outside, web).status)
        ended_by_signal(trial, staying)
    trial.got.append("page for that network alone")
