"""Gateways that refuse, each in its own words: what the codes mean, and what still can be done."""

from gateways import CAMERA, HOST
from gateways.case import add, case, either, ends, published, refused
from gateways.device import tree
from gateways.faults import fails
from gateways.gateway import Fault, row_of

ADD = "AddPortMapping"
MANUAL = ("--policy", "manual", "--external", "http=8888", "--external", "rtsp=8889")
WISH = ("--external", "rtsp=8889")
SECURE_ADDS = 5
"""A refusal that no other port can mend is noticed without trying port after port."""


def refuses(gateway, code, text="Error", when=None, calls=None):
    gateway.on(ADD, fails(code, text, when, calls))
    gateway.on("AddAnyPortMapping", fails(code, text, when, calls))


def for_others(call):
    return call["NewInternalClient"] != HOST


# Secure mode and permissions

@case("718 for every client but the asking host: secure mode of IGD 1 builds of miniupnpd", refused("SECURE_MODE"), adds=SECURE_ADDS)
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


@case("606 for the 2nd mapping only: the first is taken back", refused("NOT_AUTHORIZED", "ROUTER_POLICY", "SECURE_MODE"), adds=SECURE_ADDS)
def denied_in_the_middle(gateway):
    refuses(gateway, 606, when=lambda call: call["NewInternalPort"] == "554")


@case("external ports from 1024 only: one is found", published())
def external_1024(gateway):
    refuses(gateway, 606, when=lambda call: call.port < 1024)


@case("external ports from 1024 only, and the same port is wanted", refused("ROUTER_POLICY"), words=("--policy", "same"), adds=SECURE_ADDS)
def external_1024_same(gateway):
    refuses(gateway, 606, when=lambda call: call.port < 1024)


@case("external ports from 1024 only, and a low one is wanted", refused("ROUTER_POLICY"), words=("--external", "rtsp=554"), adds=SECURE_ADDS)
def external_1024_wish(gateway):
    refuses(gateway, 606, when=lambda call: call.port < 1024)


@case("internal ports from 1024 only, the shape of miniupnpd's sample rules", refused("ROUTER_POLICY"), adds=SECURE_ADDS)
def internal_1024(gateway):
    refuses(gateway, 606, when=lambda call: int(call["NewInternalPort"]) < 1024 or call.port < 1024)


@case("external ports below 1024 are refused with 501", published())
def external_1024_501(gateway):
    refuses(gateway, 501, when=lambda call: call.port < 1024)


# Conflicts

def busy(gateway, code=718):
    """Any two ports that are asked for first are held by something that no listing shows."""
    held = set()

    def handler(call):
        if len(held) < 1:
            held.add(call.port)
        if call.port in held:
            raise Fault(code, "ConflictInMappingEntry")

    gateway.on(ADD, handler)


for code in (718, 729):
    add(f"hidden-port-{code}", f"the router itself uses the first port that is asked for, {code}: another one works",
        lambda gateway, code=code: busy(gateway, code), published(), adds=6)


@case("a foreign row holds the wanted port", refused("PORT_CONFLICT"), words=MANUAL, adds=3)
def manual_718(gateway):
    gateway.foreign(8889)


@case("a foreign row holds the wanted port of the first service", refused("PORT_CONFLICT"), words=MANUAL, adds=3)
def manual_718_first(gateway):
    gateway.foreign(8888)


@case("a foreign row holds the wanted port, and the gateway would replace it silently", refused("PORT_CONFLICT"), words=MANUAL, adds=3)
def manual_replaced(gateway):
    gateway.foreign(8889)
    gateway.on(ADD, lambda call: gateway.store(call.service, row_of(call)) or {})


@case("the same, and the gateway has no listing: one row can still be asked for", refused("PORT_CONFLICT"), words=MANUAL, adds=3)
def manual_replaced_unlisted(gateway):
    manual_replaced(gateway)
    gateway.on("GetGenericPortMappingEntry", fails(501))


@case("a disabled foreign row holds the wanted port", refused("PORT_CONFLICT"), words=MANUAL, adds=3)
def manual_disabled(gateway):
    gateway.foreign(8889, enabled=False)
    gateway.on(ADD, lambda call: gateway.store(call.service, row_of(call)) or {})


@case("a foreign row with a remote host holds the wanted port", refused("PORT_CONFLICT"), words=MANUAL, adds=3)
def manual_restricted(gateway):
    gateway.foreign(8889, remote="203.0.113.9")


@case("a foreign UDP row has the wanted number: no conflict", published(), words=MANUAL)
def manual_udp(gateway):
    gateway.foreign(8889, protocol="UDP")


@case("a foreign row holds the wanted port, and no listing shows it: 718", refused("PORT_CONFLICT"), words=MANUAL, adds=5)
def manual_718_unlisted(gateway):
    gateway.foreign(8889)
    gateway.on("GetGenericPortMappingEntry", fails(713))


@case("a foreign row holds the wanted port: 501 instead of 718", refused("PORT_CONFLICT"), words=MANUAL, adds=5)
def manual_501_unlisted(gateway):
    gateway.foreign(8889)
    gateway.on("GetGenericPortMappingEntry", fails(713))
    gateway.on(ADD, fails(501, when=lambda call: call.port == 8889))


@case("the router's own service has the wanted port: 729", refused("ROUTER_SERVICE_PORT", "PORT_CONFLICT"), words=MANUAL, adds=5)
def manual_729(gateway):
    refuses(gateway, 729, "ConflictWithOtherMechanisms", lambda call: call.port == 8889)


@case("the router's own service has the wanted port: 718, though there is no row", refused("ROUTER_SERVICE_PORT", "PORT_CONFLICT"),
      words=MANUAL, adds=5)
def manual_718_service(gateway):
    refuses(gateway, 718, "ConflictInMappingEntry", lambda call: call.port == 8889)


@case("the same ports are wanted and free", published(), words=("--policy", "same"))
def same_ports(gateway):
    pass


@case("the same ports are wanted, one is taken", refused("PORT_CONFLICT"), words=("--policy", "same"), adds=3)
def same_ports_taken(gateway):
    gateway.foreign(554)


@case("all ports from 8000 to 8099 are taken, and 80xx is wanted", refused("PORT_RANGE_FULL", "PORT_CONFLICT"), words=("--policy", "80xx"), adds=2,
      requests=300)
def unofficial_full(gateway):
    for port in range(8000, 8100):
        gateway.foreign(port)


@case("the camera has mapped the wanted ports itself: there is nothing to do, or a conflict", ends(0, 3), words=MANUAL, peer=False)
def own_refused_again(gateway):
    gateway.foreign(8888, CAMERA, 80, description="IPCAM web")
    gateway.foreign(8889, CAMERA, 554, description="IPCAM live")
    refuses(gateway, 718, "ConflictInMappingEntry", lambda call: gateway.find(call.service, "", call.port, "TCP"))


def published_twice(trial, first):
    again = trial.publish()
    trial.expect(f"the second time: status {again.exit} {again.codes[:2]}", again.exit == 0)
    trial.mapped(again)


@case("a mapping that is there already is refused, 718: publishing twice gives the same", published(), then=published_twice, adds=12)
def again_718(gateway):
    refuses(gateway, 718, "ConflictInMappingEntry", lambda call: gateway.find(call.service, "", call.port, "TCP"))


@case("AddAnyPortMapping gives another port than asked for", published())
def any_other_port(gateway):
    gateway.version, gateway.root = 2, tree(2)
    gateway.on("AddAnyPortMapping", lambda call: call.arguments.update(NewExternalPort=str(call.port + 7)) or None)


@case("AddAnyPortMapping says one port and stores another", either("NOT_STORED"))
def any_lie(gateway):
    gateway.version, gateway.root = 2, tree(2)

    def lie(call):
        call.default()
        return {"NewReservedPort": str(call.port + 1)}

    gateway.on("AddAnyPortMapping", lie)


for name, port in {"zero": "0", "huge": "99999999", "negative": "-5", "empty": "", "word": "any"}.items():
    def reserved(gateway, port=port):
        gateway.version, gateway.root = 2, tree(2)
        gateway.on("AddAnyPortMapping", lambda call: {**call.default(), "NewReservedPort": port})

    add(f"any-port-{name}", f"AddAnyPortMapping stores the mapping and says port {port!r}", reserved, either("MALFORMED_REPLY", "NOT_STORED"))


@case("an IGD 2 that describes AddAnyPortMapping and does not know it", published())
def any_unknown(gateway):
    gateway.version, gateway.root = 2, tree(2)
    gateway.on("AddAnyPortMapping", fails(401, "Invalid Action"))


# Leases

@case("725: only permanent leases", published(), words=("--lease", "3600"))
def lease_725(gateway):
    refuses(gateway, 725, "OnlyPermanentLeasesSupported", lambda call: call.lease != 0)


@case("725 on whatever the default lease is", published())
def lease_725_default(gateway):
    refuses(gateway, 725, "OnlyPermanentLeasesSupported", lambda call: call.lease != 0)


@case("402 for a lease, as from the ARRIS NVG578LX", published(), words=("--lease", "3600"))
def lease_402(gateway):
    refuses(gateway, 402, "Invalid Args", lambda call: call.lease != 0)


@case("402 for lease 0: this router wants a finite one", published(), words=("--lease", "0"))
def lease_402_for_0(gateway):
    refuses(gateway, 402, "Invalid Args", lambda call: not 0 < call.lease <= 604800)


@case("501 for a lease", either(), words=("--lease", "3600"))
def lease_501(gateway):
    refuses(gateway, 501, "Action Failed", lambda call: call.lease != 0)


@case("725 for leases and 402 for none", refused(), words=("--lease", "3600"), adds=8)
def lease_never(gateway):
    refuses(gateway, 725, when=lambda call: call.lease != 0)
    refuses(gateway, 402, when=lambda call: call.lease == 0)


LEASES = {"forced-86400": lambda asked: 86400, "week-for-0": lambda asked: asked or 604800, "capped-600": lambda asked: min(asked or 600, 600),
          "one-less": lambda asked: max(asked - 1, 0), "always-0": lambda asked: 0}
for name, grant in LEASES.items():
    def granting(gateway, grant=grant):
        gateway.on(ADD, lambda call: call.arguments.update(NewLeaseDuration=str(grant(call.lease))) or None)

    for asked in ("0", "3600"):
        add(f"lease-{name}-of-{asked}", f"{asked} s are asked for; the gateway's will is other", granting, published(), words=("--lease", asked))

for name, text in {"minus-1": "-1", "huge": "4294967295", "empty": "", "word": "infinite", "float": "3600.0", "blanks": " 3600 "}.items():
    def odd_lease(gateway, text=text):
        for action in ("GetSpecificPortMappingEntry", "GetGenericPortMappingEntry"):
            gateway.on(action, lambda call: {**call.default(), "NewLeaseDuration": text})

    add(f"lease-reads-{name}", f"every row reads back with lease {text!r}", odd_lease, published(leases=False), words=("--lease", "3600"))

# Other codes

@case("724: external and internal port must be the same, and they may be", published(), words=("--policy", "same"))
def same_724(gateway):
    refuses(gateway, 724, "SamePortValuesRequired", lambda call: call["NewExternalPort"] != call["NewInternalPort"])


@case("724: external and internal port must be the same, and others are wanted", refused("SAME_PORT_REQUIRED"), words=MANUAL, adds=5)
def wish_724(gateway):
    same_724(gateway)


@case("724: external and internal port must be the same, and nobody wants anything", either("SAME_PORT_REQUIRED"))
def auto_724(gateway):
    same_724(gateway)


@case("724 for one service only: all or nothing", refused("SAME_PORT_REQUIRED"), words=MANUAL, adds=5)
def second_724(gateway):
    refuses(gateway, 724, when=lambda call: call["NewInternalPort"] == "554" and call.port != 554)


SOURCE = ("--source", "198.51.100.7")


def one_source(trial, answer):
    trial.expect(f"remote hosts {[row.remote for row in trial.ours()]}", {row.remote for row in trial.ours()} == {"198.51.100.7"})


@case("a source restriction that the gateway keeps", published(), words=SOURCE, then=one_source)
def source_kept(gateway):
    pass


@case("a source restriction of a whole network, which UPnP cannot say", refused("SOURCE_RESTRICTION_UNSUPPORTED"),
      words=("--source", "198.51.100.0/24"), peer=False)
def source_network(gateway):
    pass


@case("726: no source restriction here", refused("SOURCE_RESTRICTION_UNSUPPORTED"), words=SOURCE, peer=False, adds=3)
def source_726(gateway):
    refuses(gateway, 726, "RemoteHostOnlySupportsWildcard", lambda call: call["NewRemoteHost"] != "")


@case("a source restriction is accepted and dropped", refused("SOURCE_RESTRICTION_UNSUPPORTED", "NOT_STORED"), words=SOURCE, peer=False)
def source_dropped(gateway):
    gateway.on(ADD, lambda call: call.arguments.update(NewRemoteHost="") or None)


@case("a source restriction is accepted and becomes another", refused("SOURCE_RESTRICTION_UNSUPPORTED", "NOT_STORED"), words=SOURCE, peer=False)
def source_altered(gateway):
    gateway.on(ADD, lambda call: call.arguments.update(NewRemoteHost="255.255.255.255") or None)


@case("715: a source must be given, and is", published(), words=SOURCE, then=one_source, peer=False)
def source_715_given(gateway):
    refuses(gateway, 715, "WildCardNotPermittedInSrcIP", lambda call: not call["NewRemoteHost"])


@case("715: a source must be given, and is not", refused(says="715"), adds=4)
def source_715(gateway):
    refuses(gateway, 715, "WildCardNotPermittedInSrcIP", lambda call: not call["NewRemoteHost"])


CODES = {401: "Invalid Action", 402: "Invalid Args", 501: "Action Failed", 600: "Argument Value Invalid", 605: "String Argument Too Long",
         716: "WildCardNotPermittedInExtPort", 727: "ExternalPortOnlySupportsWildcard", 732: "WildCardNotPermittedInIntPort",
         733: "InconsistentParameters", -911: "", 899: "Vendor"}
for code, text in CODES.items():
    add(f"always-{code}", f"every AddPortMapping fails with {code}", lambda gateway, code=code, text=text: refuses(gateway, code, text),
        refused(says=str(code)), adds=8)
    add(f"second-{code}", f"the second AddPortMapping fails with {code}: the first is taken back",
        lambda gateway, code=code, text=text: refuses(gateway, code, text, lambda call: call["NewInternalPort"] == "554"),
        refused(says=str(code)), adds=9)


@case("728: no room", refused("TABLE_FULL"), adds=4)
def full_728(gateway):
    refuses(gateway, 728, "NoPortMapsAvailable")


@case("728 at the second mapping: the first is taken back", refused("TABLE_FULL"), adds=5)
def full_728_second(gateway):
    refuses(gateway, 728, "NoPortMapsAvailable", lambda call: len(call.service.rows) >= 1)


@case("32 rows and no more, silently, as on Linksys", refused("NOT_STORED", "TABLE_FULL"))
def full_silent(gateway):
    for number in range(32):
        gateway.foreign(30000 + number)
    gateway.on(ADD, lambda call: {} if len(call.service.rows) >= 32 else None)


@case("31 rows of 32: the second service has no room, silently", refused("NOT_STORED", "TABLE_FULL"))
def full_silent_second(gateway):
    for number in range(31):
        gateway.foreign(30000 + number)
    gateway.on(ADD, lambda call: {} if len(call.service.rows) >= 32 else None)


@case("729 always: another mechanism has everything", refused(), adds=12)
def always_729(gateway):
    refuses(gateway, 729, "ConflictWithOtherMechanisms")
