"""Checks of the laboratory's own parts, run beside the scenarios by "lab/run --peers"."""

import re

from laboratory.home import HOST_ADDRESS
from laboratory.outside import page
from laboratory.router import upnpc
from laboratory.scenarios import registering

SELF_CHECKS = {}
self_check = registering(SELF_CHECKS)


def ping(trial, *words):
    return trial.home.host.run("ping", "-nq", "-W", 2, *words, trial.home.router.address, check=False).stdout


@self_check("natpmpc maps for the asking host, and upnpc sees it", "base", "mapped by NAT-PMP")
def nat_pmp(trial):
    router = trial.home.router
    said = trial.home.host.run("natpmpc", "-g", router.address, "-a", 9000, 80, "tcp", 300, check=False).stdout
    trial.check("the router's address by NAT-PMP", True, f"Public IP address : {router.plan.wan_address}" in said)
    trial.check("mappings", [("TCP", 9000, HOST_ADDRESS, 80)], [row.route for row in trial.table()])
    trial.got.append("mapped by NAT-PMP")
    trial.home.host.run("natpmpc", "-g", router.address, "-a", 9000, 80, "tcp", 0, check=False)
    trial.nothing_mapped()


@self_check("the cable delays each direction by 50 ms", "slow", "100 ms there and back")
def cable_delay(trial):
    said = ping(trial, "-c", 10, "-i", "0.05")
    shortest = float(re.search(r"= ([\d.]+)/", said).group(1))
    trial.check(f"the shortest way there and back, {shortest} ms, is 100 to 110 ms", True, 100 <= shortest <= 110)
    trial.got.append("100 ms there and back")
    trial.evidence.append(f"shortest {shortest} ms")


@self_check("the cable loses 10 % in each direction", "lossy", "about 19 % lost there and back")
def cable_loss(trial):
    said = ping(trial, "-c", 300, "-i", "0.005")
    lost = float(re.search(r"([\d.]+)% packet loss", said).group(1))
    trial.check(f"{lost} % lost there and back is between 10 and 30 %", True, 10 <= lost <= 30)
    trial.got.append("about 19 % lost there and back")
    trial.evidence.append(f"{lost} % lost")


@self_check("what is not mapped is silent outside, and the router's page is on the LAN only", "base", "closed")
def closed_by_default(trial):
    router = trial.home.router
    trial.check("the router's page on the LAN", "Home Router - Administration",
                page(trial.home.host, f"http://{router.address}/").title)
    outside = page(trial.home.outside, f"http://{router.plan.wan_address}/")
    trial.check("the router's port 80 outside", 0, outside.status)
    trial.got.append("closed")


@self_check("the other router maps as well, when asked", "two-routers", "mapped on the other router")
def other_router(trial):
    host, second = trial.home.host, trial.home.second
    upnpc(host, second, "-a", HOST_ADDRESS, 80, 9000, "TCP")
    trial.check("NAT rules of the second router", 1, len(second.redirects()))
    trial.check("NAT rules of the first router", 0, len(trial.home.router.redirects()))
    trial.got.append("mapped on the other router")
