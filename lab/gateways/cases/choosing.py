"""The tree of devices, and which of several connections is the one."""

from gateways.case import add, case, either, published
from gateways.cases.describing import NO_ANSWER
from gateways.device import DEVICE, SERVICE, Device, Service, tree
from gateways.faults import change, page, rewrite
from gateways.gateway import Fault


@case("embedded devices come before the services", published())
def tree_devices_first(gateway):
    gateway.alter(
        "description",
        rewrite(
            r"(<serviceList><service><serviceType>urn:schemas-upnp-org:service:WANCommon.*?</serviceList>)"
            r"(<deviceList>.*?</deviceList>)",
            r"\2\1",
        ),
    )


@case("WANIPConnection and WANCommonInterfaceConfig in one list, the connection first", published())
def tree_connection_first(gateway):
    wan = gateway.root.devices[0]
    wan.services = [gateway.connection(), *wan.services]
    wan.devices = []


@case("all services in the root device", published())
def tree_flat(gateway):
    gateway.root.services += [*gateway.root.devices[0].services, gateway.connection()]
    gateway.root.devices = []


@case("the gateway is embedded in another device", published())
def tree_embedded(gateway):
    gateway.root = Device("urn:schemas-upnp-org:device:Basic:1", "0dd0000a-0000-1000-8000-000000000001", [], [gateway.root])


@case("only dslforum-org names, as on the Huawei HG531", published())
def tree_dslforum(gateway):
    for service in gateway.services:
        service.type = service.type.replace("schemas-upnp-org", "dslforum-org")
    for device in gateway.root.walk():
        device.type = device.type.replace("schemas-upnp-org", "dslforum-org")
    gateway.ssdp.usn = lambda st: f"uuid:{gateway.root.udn}::{st}" if "InternetGatewayDevice:1" in st else None


@case("names in other letter case", either(*NO_ANSWER))
def tree_letter_case(gateway):
    gateway.alter("description", change("service:WANIPConnection:1", "service:WanIpConnection:1"))


def several(gateway, *connections):
    gateway.root = tree(connections=list(connections))


def only_in(index):
    def check(trial, answer):
        for number, service in enumerate(trial.gateway.services):
            if service.connects:
                mine = [row.route for row in service.rows if not row.foreign]
                expected = service is trial.gateway.connection(index)
                trial.expect(f"connection {number} has {mine}", bool(mine) == expected)
    return check


def wanip(name, version=1, **state):
    return Service(SERVICE.format("WANIPConnection", version), name, **state)


def wanppp(name, **state):
    return Service(SERVICE.format("WANPPPConnection", 1), name, **state)


@case("two connections, the first down", published(), then=only_in(1))
def wan_first_down(gateway):
    several(gateway, wanip("ether1", status="Disconnected", external=""), wanip("ether2"))


@case("three connections, down, private and public in this order", published(), then=only_in(2))
def wan_third_public(gateway):
    several(
        gateway, wanppp("ppp", status="Unconfigured", external="0.0.0.0"), wanip("lte", external="10.64.3.2"), wanip("fibre")
    )


@case("two connections, the first of which refuses all actions", published(), then=only_in(1))
def wan_first_refuses(gateway):
    several(gateway, wanppp("ppp"), wanip("ip"))
    for action in ("GetStatusInfo", "GetExternalIPAddress", "AddPortMapping", "GetGenericPortMappingEntry"):
        gateway.on(action, lambda call: Fault(401, "Invalid Action") if call.service.name == "ppp" else None)


@case("two connections, the first of which gives login pages", published(), then=only_in(1))
def wan_first_login_page(gateway):
    several(gateway, wanip("guest"), wanip("ip"))
    for action in ("GetStatusInfo", "GetExternalIPAddress", "AddPortMapping", "GetGenericPortMappingEntry"):
        gateway.on(action, lambda call: page()(None) if call.service.name == "guest" else None)


@case("two connections, the first has a private address", published(), then=only_in(1))
def wan_first_private(gateway):
    several(gateway, wanip("voip", external="10.11.12.13"), wanppp("ppp"))


@case("two WAN devices, the first without a link", published(), then=only_in(1))
def wan_two_devices(gateway):
    second = Device(
        DEVICE.format("WANDevice", 1),
        "0dd00000-0000-1000-8000-00000000000a",
        [],
        [Device(DEVICE.format("WANConnectionDevice", 1), "0dd00000-0000-1000-8000-00000000000b", [wanip("second")])],
    )
    gateway.root.devices.append(second)
    gateway.connection().status, gateway.connection().external = "Disconnected", "0.0.0.0"


@case("status Up instead of Connected", published())
def wan_status_up(gateway):
    gateway.connection().status = "Up"


STATUSES = {"lower-case": "connected", "capitals": "CONNECTED", "blanks": " Connected ", "connecting": "Connecting",
            "disconnected": "Disconnected", "pending": "PendingDisconnect", "unconfigured": "Unconfigured", "empty": ""}
for name, word in STATUSES.items():
    def with_status(gateway, word=word):
        gateway.connection().status = word

    add(f"wan-status-{name}", f"the only connection says {word!r}, with a public address", with_status,
        published() if word.strip().lower() == "connected" else either("EXTERNAL_ADDRESS_UNUSABLE"))


@case("no GetStatusInfo at all", published())
def wan_no_status(gateway):
    gateway.on("GetStatusInfo", lambda call: Fault(401, "Invalid Action"))
