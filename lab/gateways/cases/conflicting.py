"""Ports that are taken, by rows that show and by what does not show."""

from gateways import CAMERA
from gateways.case import add, case, either, ends, published, refused
from gateways.cases.refusing import ADD, MANUAL, refuses
from gateways.device import tree
from gateways.faults import fails
from gateways.gateway import Fault, row_of


def busy(gateway, code=718):
    """The port that is asked for first is held by something that no listing shows."""
    held = set()

    def handler(call):
        if not held:
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


@case(
    "a foreign row holds the wanted port, and the gateway would replace it silently",
    refused("PORT_CONFLICT"),
    words=MANUAL,
    adds=3,
)
def manual_replaced(gateway):
    gateway.foreign(8889)
    gateway.on(ADD, lambda call: gateway.store(call.service, row_of(call)) or {})


@case(
    "the same, and the gateway has no listing: one row can still be asked for",
    refused("PORT_CONFLICT"),
    words=MANUAL,
    adds=3,
)
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


@case(
    "the router's own service has the wanted port: 729",
    refused("ROUTER_SERVICE_PORT", "PORT_CONFLICT"),
    words=MANUAL,
    adds=5,
)
def manual_729(gateway):
    refuses(gateway, 729, "ConflictWithOtherMechanisms", lambda call: call.port == 8889)


@case(
    "the router's own service has the wanted port: 718, though there is no row",
    refused("ROUTER_SERVICE_PORT", "PORT_CONFLICT"),
    words=MANUAL,
    adds=5,
)
def manual_718_service(gateway):
    refuses(gateway, 718, "ConflictInMappingEntry", lambda call: call.port == 8889)


@case("the same ports are wanted and free", published(), words=("--policy", "same"))
def same_ports(gateway):
    pass


@case("the same ports are wanted, one is taken", refused("PORT_CONFLICT"), words=("--policy", "same"), adds=3)
def same_ports_taken(gateway):
    gateway.foreign(554)


@case(
    "all ports from 8000 to 8099 are taken, and 80xx is wanted",
    refused("PORT_RANGE_FULL", "PORT_CONFLICT"),
    words=("--policy", "80xx"),
    adds=2,
    requests=300,
)
def unofficial_full(gateway):
    for port in range(8000, 8100):
        gateway.foreign(port)


@case(
    "the camera has mapped the wanted ports itself: there is nothing to do, or a conflict",
    ends(0, 3),
    words=MANUAL,
    peer=False,
)
def own_refused_again(gateway):
    gateway.foreign(8888, CAMERA, 80, description="IPCAM web")
    gateway.foreign(8889, CAMERA, 554, description="IPCAM live")
    refuses(gateway, 718, "ConflictInMappingEntry", lambda call: gateway.find(call.service, "", call.port, "TCP"))


def published_twice(trial, first):
    again = trial.publish()
    trial.expect(f"the second time: status {again.exit} {again.codes[:2]}", again.exit == 0)
    trial.mapped(again)


@case(
    "a mapping that is there already is refused, 718: publishing twice gives the same",
    published(),
    then=published_twice,
    adds=12,
)
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

    add(
        f"any-port-{name}",
        f"AddAnyPortMapping stores the mapping and says port {port!r}",
        reserved,
        either("MALFORMED_REPLY", "NOT_STORED"),
    )


@case("an IGD 2 that describes AddAnyPortMapping and does not know it", published())
def any_unknown(gateway):
    gateway.version, gateway.root = 2, tree(2)
    gateway.on("AddAnyPortMapping", fails(401, "Invalid Action"))
