"""What a gateway says about itself: the tree of devices and services, as XML."""

from dataclasses import dataclass, field
from html import escape

DEVICE = "urn:schemas-upnp-org:device:{}:{}"
SERVICE = "urn:schemas-upnp-org:service:{}:{}"


@dataclass
class Row:
    """One port mapping."""

    protocol: str
    external: int
    client: str
    internal: int
    description: str = ""
    lease: int = 0
    enabled: bool = True
    remote: str = ""
    foreign: bool = False

    @property
    def route(self):
        return (self.protocol, self.external, self.client, self.internal)


@dataclass
class Service:
    type: str
    name: str
    status: str = "Connected"
    external: str = "44.128.7.7"
    rows: list = field(default_factory=list)
    control: str = None
    scpd: str = None

    def __post_init__(self):
        self.control = self.control or f"/ctl/{self.name}"
        self.scpd = self.scpd or f"/{self.name}.xml"

    @property
    def connects(self):
        return "Connection:" in self.type and "WAN" in self.type

    def xml(self):
        return (f"<service><serviceType>{self.type}</serviceType><serviceId>urn:upnp-org:serviceId:{self.name}</serviceId>"
                f"<SCPDURL>{escape(self.scpd)}</SCPDURL><controlURL>{escape(self.control)}</controlURL>"
                f"<eventSubURL>/evt/{self.name}</eventSubURL></service>")


@dataclass
class Device:
    type: str
    udn: str
    services: list
    devices: list = field(default_factory=list)
    model: str = "Odd Router"

    def xml(self):
        services, devices = "".join(s.xml() for s in self.services), "".join(d.xml() for d in self.devices)
        return (f"<device><deviceType>{self.type}</deviceType><friendlyName>{self.model}</friendlyName>"
                f"<manufacturer>Odd</manufacturer><modelName>{self.model}</modelName><modelNumber>1</modelNumber>"
                f"<UDN>uuid:{self.udn}</UDN>" + (f"<serviceList>{services}</serviceList>" if services else "")
                + (f"<deviceList>{devices}</deviceList>" if devices else "") + "</device>")

    def walk(self):
        yield self
        for device in self.devices:
            yield from device.walk()


def tree(version=1, kinds=("WANIPConnection",), connections=None, udn="0dd00000"):
    """An Internet gateway device. connections are the services of its WANConnectionDevice, by default one of each kind."""
    def service(kind, number=1, name=None):
        return Service(SERVICE.format(kind, number), name or kind)

    if connections is None:
        connections = [service(kind, version if kind == "WANIPConnection" else 1) for kind in kinds]
    wan_connection = Device(DEVICE.format("WANConnectionDevice", version), f"{udn}-0000-1000-8000-000000000003", connections)
    wan = Device(DEVICE.format("WANDevice", version), f"{udn}-0000-1000-8000-000000000002",
                 [service("WANCommonInterfaceConfig")], [wan_connection])
    return Device(DEVICE.format("InternetGatewayDevice", version), f"{udn}-0000-1000-8000-000000000001",
                  [service("Layer3Forwarding")], [wan])


def description(root, url_base=None):
    return ('<?xml version="1.0"?>\n<root xmlns="urn:schemas-upnp-org:device-1-0"><specVersion><major>1</major>'
            "<minor>0</minor></specVersion>" + (f"<URLBase>{escape(url_base)}</URLBase>" if url_base else "")
            + root.xml() + "</root>\n").encode()


ACTIONS = {
    "GetConnectionTypeInfo": ([], ["NewConnectionType", "NewPossibleConnectionTypes"]),
    "GetStatusInfo": ([], ["NewConnectionStatus", "NewLastConnectionError", "NewUptime"]),
    "GetNATRSIPStatus": ([], ["NewRSIPAvailable", "NewNATEnabled"]),
    "GetExternalIPAddress": ([], ["NewExternalIPAddress"]),
    "AddPortMapping": (
        [
            "NewRemoteHost",
            "NewExternalPort",
            "NewProtocol",
            "NewInternalPort",
            "NewInternalClient",
            "NewEnabled",
            "NewPortMappingDescription",
            "NewLeaseDuration",
        ],
        [],
    ),
    "DeletePortMapping": (["NewRemoteHost", "NewExternalPort", "NewProtocol"], []),
    "GetGenericPortMappingEntry": (
        ["NewPortMappingIndex"],
        [
            "NewRemoteHost",
            "NewExternalPort",
            "NewProtocol",
            "NewInternalPort",
            "NewInternalClient",
            "NewEnabled",
            "NewPortMappingDescription",
            "NewLeaseDuration",
        ],
    ),
    "GetSpecificPortMappingEntry": (
        ["NewRemoteHost", "NewExternalPort", "NewProtocol"],
        ["NewInternalPort", "NewInternalClient", "NewEnabled", "NewPortMappingDescription", "NewLeaseDuration"],
    ),
}
"""What a WANIPConnection:1 understands: arguments in, arguments out, in the order in which they must come."""
ACTIONS_2 = {
    "AddAnyPortMapping": (ACTIONS["AddPortMapping"][0], ["NewReservedPort"]),
    "DeletePortMappingRange": (["NewStartPort", "NewEndPort", "NewProtocol", "NewManage"], []),
    "GetListOfPortMappings": (
        ["NewStartPort", "NewEndPort", "NewProtocol", "NewManage", "NewNumberOfPorts"],
        ["NewPortListing"],
    ),
}
"""What WANIPConnection:2 has besides."""


def scpd(actions):
    def argument(name, direction):
        return (f"<argument><name>{name}</name><direction>{direction}</direction>"
                f"<relatedStateVariable>{name[3:]}</relatedStateVariable></argument>")

    listed, names = "", []
    for action, (into, out) in actions.items():
        arguments = "".join([argument(name, "in") for name in into] + [argument(name, "out") for name in out])
        listed += f"<action><name>{action}</name><argumentList>{arguments}</argumentList></action>"
        names += [name[3:] for name in [*into, *out] if name[3:] not in names]
    variables = "".join(f'<stateVariable sendEvents="no"><name>{name}</name><dataType>string</dataType></stateVariable>'
                        for name in names)
    return ('<?xml version="1.0"?>\n<scpd xmlns="urn:schemas-upnp-org:service-1-0"><specVersion><major>1</major>'
            f"<minor>0</minor></specVersion><actionList>{listed}</actionList><serviceStateTable>{variables}"
            "</serviceStateTable></scpd>\n").encode()
