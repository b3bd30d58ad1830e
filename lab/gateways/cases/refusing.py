"""Gateways that refuse, each in its own words: secure mode and permissions."""

from gateways import CAMERA, HOST
from gateways.case import case, published, refused
from gateways.device import tree
from gateways.faults import fails

ADD = "AddPortMapping"
MANUAL = ("--policy", "manual", "--external", "http=8888", "--external", "rtsp=8889")
SECURE_ADDS = 5
"""A refusal that no other port can mend is noticed without trying port after port."""


def refuses(gateway, code, text="Error", when=None, calls=None):
    gateway.on(ADD, fails(code, text, when, calls))
    gateway.on("AddAnyPortMapping", fails(code, text, when, calls))


def for_others(call):
    return call["NewInternalClient"] != HOST


# Secure mode and permissions


@case(
    "718 for every client but the asking host: secure mode of IGD 1 builds of miniupnpd",
    refused("SECURE_MODE"),
    adds=SECURE_ADDS,
)
def secure_718(gateway):
    refuses(gateway, 718, "ConflictInMappingEntry", for_others)


@case("718, and the camera has an older mapping of its own", refused("SECURE_MODE"), adds=SECURE_ADDS)
def secure_718_with_rows(gateway):
    gateway.foreign(40000, CAMERA, 8000, description="NVR")
    gateway.foreign(3074)
    refuses(gateway, 718, "ConflictInMappingEntry", for_others)


@case("606 for every client but the asking host: secure mode of IGD 2 builds", refused("SECURE_MODE"), adds=SECURE_ADDS)
def secure_606(gateway):
    refuses(gateway, 606, "Action not authorized", for_others)


@case("606 in an IGD 2 with AddAnyPortMapping", refused("SECURE_MODE"), adds=SECURE_ADDS)
def secure_606_igd2(gateway):
    gateway.version, gateway.root = 2, tree(2)
    refuses(gateway, 606, "Action not authorized", for_others)


@case("718 in secure mode, an IGD 2 with AddAnyPortMapping", refused("SECURE_MODE"), adds=SECURE_ADDS)
def secure_718_igd2(gateway):
    gateway.version, gateway.root = 2, tree(2)
    refuses(gateway, 718, "ConflictInMappingEntry", for_others)


@case("secure mode, and no listing", refused("SECURE_MODE"), adds=SECURE_ADDS)
def secure_without_listing(gateway):
    refuses(gateway, 718, "ConflictInMappingEntry", for_others)
    gateway.on("GetGenericPortMappingEntry", fails(401))


@case("secure mode, and no GetSpecificPortMappingEntry", refused("SECURE_MODE"), adds=SECURE_ADDS)
def secure_without_specific(gateway):
    refuses(gateway, 718, "ConflictInMappingEntry", for_others)
    gateway.on("GetSpecificPortMappingEntry", fails(401))


@case("501 for every client but the asking host", refused(), adds=SECURE_ADDS)
def secure_501(gateway):
    refuses(gateway, 501, "ActionFailed", for_others)


@case("606 for everything, as from a FRITZ!Box that does not allow this device", refused("NOT_AUTHORIZED"), adds=SECURE_ADDS)
def fritzbox_606(gateway):
    gateway.root.model = "FRITZ!Box 7590"
    refuses(gateway, 606, "Action Not Authorized")


@case(
    "606 for the 2nd mapping only: the first is taken back",
    refused("NOT_AUTHORIZED", "ROUTER_POLICY", "SECURE_MODE"),
    adds=SECURE_ADDS,
)
def denied_in_the_middle(gateway):
    refuses(gateway, 606, when=lambda call: call["NewInternalPort"] == "554")


@case("external ports from 1024 only: one is found", published())
def external_1024(gateway):
    refuses(gateway, 606, when=lambda call: call.port < 1024)


@case(
    "external ports from 1024 only, and the same port is wanted",
    refused("ROUTER_POLICY"),
    words=("--policy", "same"),
    adds=SECURE_ADDS,
)
def external_1024_same(gateway):
    refuses(gateway, 606, when=lambda call: call.port < 1024)


@case(
    "external ports from 1024 only, and a low one is wanted",
    refused("ROUTER_POLICY"),
    words=("--external", "rtsp=554"),
    adds=SECURE_ADDS,
)
def external_1024_wish(gateway):
    refuses(gateway, 606, when=lambda call: call.port < 1024)


@case("internal ports from 1024 only, the shape of miniupnpd's sample rules", refused("ROUTER_POLICY"), adds=SECURE_ADDS)
def internal_1024(gateway):
    refuses(gateway, 606, when=lambda call: int(call["NewInternalPort"]) < 1024 or call.port < 1024)


@case("external ports below 1024 are refused with 501", published())
def external_1024_501(gateway):
    refuses(gateway, 501, when=lambda call: call.port < 1024)
