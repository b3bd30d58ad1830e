"""Checks that a home with a fault has that fault and no other, run beside the scenarios by "lab/run --peers"."""

import re

from laboratory import LAB, PYTHON
from laboratory.home import FRONT, HOST_ADDRESS, STUN, TWIN, USER
from laboratory.outside import ENOUGH_FRAMES, PACKETS_WITH_SOUND, page, stream
from laboratory.router import upnpc
from laboratory.scenarios import registering

FAULT_CHECKS = {}
fault_check = registering(FAULT_CHECKS)
WEB, LIVE = 28080, 28554


def map_camera(trial):
    for external, internal in ((WEB, 80), (LIVE, 554)):
        upnpc(trial.home.host, trial.home.router, "-a", FRONT.address, internal, external, "TCP")
    trial.check("mappings", [("TCP", WEB, FRONT.address, 80), ("TCP", LIVE, FRONT.address, 554)],
                sorted(row.route for row in trial.table()))


def seen(trial, port=WEB):
    """What answers outside at this port; nothing that does takes two seconds."""
    return page(trial.home.outside, f"http://{trial.home.router.plan.external_address}:{port}/", seconds=2)


def frames(trial, path="/main", packets=ENOUGH_FRAMES):
    uri = f"rtsp://{trial.home.router.plan.external_address}:{LIVE}{path}"
    return stream(trial.home.outside, uri, USER, trial.home.password, packets)


def all_well(trial):
    """The camera is seen outside, its page and its stream."""
    trial.check("the page outside", f"{FRONT.name} - Network Camera", seen(trial).title)
    trial.check("frames outside", True, frames(trial).frames >= ENOUGH_FRAMES)


def nothing_outside(trial):
    trial.check("the page outside", 0, seen(trial, WEB).status)
    trial.check("the stream's port outside", 0, seen(trial, LIVE).status)


def on_the_lan(trial):
    return page(trial.home.host, f"http://{FRONT.address}/")


def reflexive(trial):
    """The address at which coturn sees the host on the LAN, by coturn's own client, which can hang."""
    address, port = STUN.split(":")
    said = trial.home.host.run("timeout", 5, "turnutils_stunclient", "-p", port, address, check=False)
    return re.search(r"reflexive addr: ([\d.]+):", said.stdout + said.stderr).group(1)


@fault_check("coturn outside sees the host at the router's address", "watched", "seen by STUN")
def stun_outside(trial):
    trial.check("reflexive address", trial.home.router.plan.wan_address, reflexive(trial))
    trial.got.append("seen by STUN")


@fault_check("another router stands in front, and ours claims an address that is not its own", "double-nat",
             "only STUN tells")
def double_nat_home(trial):
    map_camera(trial)
    status = upnpc(trial.home.host, trial.home.router, "-s").stdout
    trial.check("the address that the router claims", True, "ExternalIPAddress = 44.128.77.7" in status)
    trial.check("reflexive address", trial.home.plan.upstream.wan_address, reflexive(trial))
    nothing_outside(trial)
    trial.got.append("only STUN tells")


@fault_check("the provider translates, and the router says so", "cgnat", "100.64.7.2")
def cgnat_home(trial):
    status = upnpc(trial.home.host, trial.home.router, "-s").stdout
    trial.check("the address that the router reports", True, "ExternalIPAddress = 100.64.7.2" in status)
    trial.check("reflexive address", trial.home.plan.upstream.wan_address, reflexive(trial))
    trial.got.append("100.64.7.2")


@fault_check("the provider drops one port and answers at another, and lets all else through", "provider",
             "dropped, answered")
def provider_home(trial):
    router = trial.home.router
    trial.check("reflexive address", router.plan.wan_address, reflexive(trial))
    map_camera(trial)
    all_well(trial)
    trial.home.upstream.drop(LIVE)
    trial.check("the dropped port outside", 0, seen(trial, LIVE).status)
    trial.home.upstream.answer_itself(8080)
    trial.check("the page at 8080", "Home Router - Administration", seen(trial, 8080).title)
    trial.check("the page outside", f"{FRONT.name} - Network Camera", seen(trial).title)
    hairpin = page(trial.home.host, f"http://{router.plan.wan_address}:{LIVE}/", seconds=2)
    trial.check("the dropped port answers through the hairpin", True, hairpin.status > 0)
    trial.got.append("dropped, answered")


@fault_check("the camera has no default route", "no-default-route", "LAN only")
def routeless_camera(trial):
    map_camera(trial)
    trial.check("the page on the LAN", 200, on_the_lan(trial).status)
    nothing_outside(trial)
    trial.home.host.start("page", PYTHON, LAB / "devices/router_page.py", HOST_ADDRESS, ports=("tcp:80",))
    upnpc(trial.home.host, trial.home.router, "-a", HOST_ADDRESS, 80, 28081, "TCP")
    trial.check("another host behind the same router", 200, seen(trial, 28081).status)
    trial.got.append("LAN only")


@fault_check("the camera's servers do not run", "camera-stopped", "refused")
def stopped_camera(trial):
    trial.check("the page on the LAN: refused", True, "Failed to connect" in on_the_lan(trial).body)
    trial.check("a ping on the LAN", 0, trial.home.host.run("ping", "-nqc", 1, FRONT.address, check=False).returncode)
    trial.got.append("refused")


@fault_check("the camera is not there", "camera-gone", "no answer")
def gone_camera(trial):
    trial.check("the page on the LAN", 0, on_the_lan(trial).status)
    neighbours = trial.home.host.run("ip", "neigh", "show", FRONT.address).stdout
    trial.check(f"no answer to ARP ({neighbours.strip()})", True, "FAILED" in neighbours or "INCOMPLETE" in neighbours)
    trial.got.append("no answer")


@fault_check("the router loses what its mappings let in, and has it again when they are made anew", "watched",
             "listed, dropped, healed")
def lost_rules(trial):
    map_camera(trial)
    all_well(trial)
    trial.home.router.lose_rules()
    trial.check("mappings still listed", 2, len(trial.table()))
    nothing_outside(trial)
    map_camera(trial)
    nothing_outside(trial)
    for port in (WEB, LIVE):
        upnpc(trial.home.host, trial.home.router, "-d", port, "TCP")
    trial.check("mappings deleted", [], trial.table())
    map_camera(trial)
    all_well(trial)
    trial.got.append("listed, dropped, healed")


@fault_check("a forwarding by hand leads to the twin: the same page, another realm and certificate", "twin-camera",
             "another realm, another certificate")
def forwarding_by_hand(trial):
    map_camera(trial)
    all_well(trial)
    before = realm(trial)
    trial.home.router.forward_by_hand(LIVE, TWIN.address, 554)
    trial.home.router.forward_by_hand(WEB, TWIN.address, 80)
    all_well(trial)
    trial.check(f"realms differ: {before}, {realm(trial)}", True, before != realm(trial))
    trial.got.append("another realm")
    front, twin = (certificate(trial, camera) for camera in (FRONT, TWIN))
    trial.check(f"certificates differ: {front}, {twin}", True, front != twin)
    trial.got.append("another certificate")
    trial.check("mappings listed", 2, len(trial.table()))


def realm(trial):
    uri = f"http://{trial.home.router.plan.wan_address}:{WEB}/cgi-bin/device"
    head = trial.home.outside.run("curl", "-sS", "--max-time", 5, "-i", uri).stdout
    return re.search('realm="(.*?)"', head).group(1)


def certificate(trial, camera):
    said = trial.home.host.run("curl", "-ksv", "--max-time", 5, f"https://{camera.address}/")
    trial.check("the page over TLS", True, f"{FRONT.name} - Network Camera" in said.stdout)
    return re.search("subject: (.*)", said.stderr).group(1)


@fault_check("every kind of stream plays outside", "base", "H.264, H.265, MJPEG, G.711, AAC")
def every_stream(trial):
    map_camera(trial)
    for path, picture, codecs in (
            ("/h265", "hevc 480x272", ("hevc",)), ("/mjpeg", "mjpeg 352x288", ("mjpeg",)),
            ("/audio", "h264 640x360", ("h264", "pcm_mulaw")), ("/aac", "h264 640x360", ("h264", "aac"))):
        got = frames(trial, path, PACKETS_WITH_SOUND)
        trial.check(f"the streams of {path} ({got.problem})", (picture, codecs), (got.picture, got.codecs))
        trial.check(f"frames of {path}", True, got.frames >= ENOUGH_FRAMES)
    trial.got.append("H.264, H.265, MJPEG, G.711, AAC")
