"""Finding a gateway: SSDP as routers and their neighbours speak it."""

from gateways import CAMERA, HOST, NEIGHBOUR, ROUTER, STRANGER
from gateways.case import add, case, either, published, refused
from gateways.ssdp import mx

IGD1 = "urn:schemas-upnp-org:device:InternetGatewayDevice:1"
ABSENT = ("UPNP_OFF", "MALFORMED_REPLY")
"""Where a reply is so little of a reply that it may count as none."""


def edit(old, new):
    old, new = old.encode(), new.encode()
    return lambda reply: reply.replace(old, new)


# Where the description is said to be

LOCATIONS = {
    "neighbour": f"http://{NEIGHBOUR}:5000/rootDesc.xml",
    "internet": f"http://{STRANGER}:5000/rootDesc.xml",
    "name": "http://router.lan:5000/rootDesc.xml",
    "localhost": "http://localhost:5000/rootDesc.xml",
    "loopback": "http://127.0.0.1:5000/rootDesc.xml",
    "ipv6-loopback": "http://[::1]:5000/rootDesc.xml",
    "mapped-neighbour": f"http://[::ffff:{NEIGHBOUR}]:5000/rootDesc.xml",
    "https": f"https://{ROUTER}:5000/rootDesc.xml",
    "file": "file://{directory}/rootDesc.xml",
    "ftp": f"ftp://{ROUTER}:5000/rootDesc.xml",
    "jar": f"jar:http://{NEIGHBOUR}:5000/x.jar!/rootDesc.xml",
    "user-that-looks-like-a-host": f"http://{ROUTER}:5000@{NEIGHBOUR}:5000/rootDesc.xml",
    "back-slash": f"http://{ROUTER}:5000\\@{NEIGHBOUR}:5000/rootDesc.xml",
    "port-70000": f"http://{ROUTER}:70000/rootDesc.xml",
    "port-0": f"http://{ROUTER}:0/rootDesc.xml",
    "port-word": f"http://{ROUTER}:http/rootDesc.xml",
    "no-host": "http:///rootDesc.xml",
    "relative": "/rootDesc.xml",
    "empty": "",
    "camera": f"http://{CAMERA}:80/rootDesc.xml",
    "our-host": f"http://{HOST}:5000/rootDesc.xml",
    "huge": f"http://{ROUTER}:5000/" + "x" * 60000,
}
for name, url in LOCATIONS.items():
    def elsewhere(gateway, url=url):
        gateway.location = url.format(directory=gateway.home.directory)
        copy = gateway.home.directory / "rootDesc.xml"
        copy.write_bytes(gateway.describe().replace(b"<controlURL>/", f"<controlURL>http://{ROUTER}:5000/".encode()))

    codes = ABSENT if name in ("huge", "empty") else ("MALFORMED_REPLY",)
    add(f"location-{name}", f"LOCATION is {url[:60]}", elsewhere, refused(*codes), peer=name != "huge")


@case("LOCATION has a user in it: used without, or refused", either("MALFORMED_REPLY"))
def location_userinfo(gateway):
    gateway.location = f"http://admin:admin@{ROUTER}:5000/rootDesc.xml"


@case("LOCATION has a fragment, which is not for the server", either("MALFORMED_REPLY"))
def location_fragment(gateway):
    gateway.location += "#top"


@case("LOCATION has the address as one number: used only if it is the sender's", either("MALFORMED_REPLY"))
def location_decimal(gateway):
    gateway.location = "http://3232255233:5000/rootDesc.xml"


@case("LOCATION has no port: 80", published())
def location_port_80(gateway):
    gateway.port, gateway.location = 80, f"http://{ROUTER}/rootDesc.xml"


@case("LOCATION has a high port, which changes with every start", published())
def location_high_port(gateway):
    gateway.port, gateway.location = 61001, f"http://{ROUTER}:61001/rootDesc.xml"


@case("LOCATION without a path", published())
def location_no_path(gateway):
    gateway.path, gateway.location = "/", f"http://{ROUTER}:5000"


@case("LOCATION with a query", published())
def location_query(gateway):
    gateway.path = "/desc?id=1&x=2"
    gateway.location = f"http://{ROUTER}:5000{gateway.path}"


@case("the scheme in capitals", published())
def location_capitals(gateway):
    gateway.location = gateway.location.replace("http", "HTTP")


# The reply itself

@case("header names in lower case", published())
def ssdp_lower_case(gateway):
    gateway.ssdp.edit = lambda reply: b"\r\n".join(
        line.split(b":", 1)[0].lower() + b":" + line.split(b":", 1)[1] if b": " in line else line
        for line in reply.split(b"\r\n"))


@case("no space after the colons, some before the values' ends", published())
def ssdp_no_spaces(gateway):
    gateway.ssdp.edit = lambda reply: reply.replace(b": ", b":").replace(b"\r\nUSN", b"  \r\nUSN")


@case("line feeds alone", published())
def ssdp_line_feeds(gateway):
    gateway.ssdp.edit = edit("\r\n", "\n")


@case("the last empty line is missing", published())
def ssdp_no_end(gateway):
    gateway.ssdp.edit = lambda reply: reply[:-4]


@case("ST and LOCATION also inside other headers", published())
def ssdp_headers_in_headers(gateway):
    gateway.ssdp.edit = edit(
        "EXT:\r\n",
        f"EXT:\r\nX-Note: ST: upnp:rootdevice LOCATION: http://{NEIGHBOUR}:5000/rootDesc.xml\r\n"
        f"X-LOCATION: http://{NEIGHBOUR}:5000/rootDesc.xml\r\n",
    )


@case("two LOCATIONs that differ", refused(*ABSENT))
def ssdp_two_locations(gateway):
    gateway.ssdp.edit = edit("EXT:\r\n", f"EXT:\r\nLOCATION: http://{NEIGHBOUR}:5000/rootDesc.xml\r\n")


@case("the same LOCATION twice", either(*ABSENT))
def ssdp_location_twice(gateway):
    gateway.ssdp.edit = edit("EXT:\r\n", f"EXT:\r\nLOCATION: {gateway.location}\r\n")


@case("replies without LOCATION", refused(*ABSENT))
def ssdp_no_location(gateway):
    gateway.ssdp.edit = edit("LOCATION", "NOLOCATION")


@case("replies without USN", published())
def ssdp_no_usn(gateway):
    gateway.ssdp.edit = edit("USN", "X-USN")


@case("replies without ST", either(*ABSENT))
def ssdp_no_st(gateway):
    gateway.ssdp.edit = edit("\r\nST:", "\r\nX-ST:")


@case("every reply says upnp:rootdevice", published())
def ssdp_other_st(gateway):
    gateway.ssdp.says = lambda st: "upnp:rootdevice"


@case("replies come from an odd UDP port", published())
def ssdp_odd_port(gateway):
    gateway.ssdp.port = 49155


@case("every reply three times", published())
def ssdp_duplicates(gateway):
    gateway.ssdp.edit = lambda reply: [reply] * 3


@case("only searches by multicast are answered", published())
def ssdp_multicast_only(gateway):
    gateway.ssdp.unicast = False


@case("only searches by unicast are answered", published(), peer=False)
def ssdp_unicast_only(gateway):
    gateway.ssdp.multicast = False


ONLY = {"igd1": lambda st: st == IGD1, "wanip": lambda st: "WANIPConnection" in st,
        "rootdevice": lambda st: st == "upnp:rootdevice", "not-all": lambda st: st != "ssdp:all"}
for name, predicate in ONLY.items():
    def only(gateway, predicate=predicate):
        gateway.ssdp.only = predicate

    add(f"ssdp-only-{name}", "searches for other targets stay unanswered", only, published())


@case("ssdp:all gives only a WFADevice, as from the Sagemcom F3890", published())
def ssdp_wfa_device(gateway):
    wfa = "urn:schemas-wifialliance-org:device:WFADevice:1"
    gateway.ssdp.targets = lambda: {wfa: f"uuid:0dd::{wfa}"}
    gateway.ssdp.usn = lambda st: f"uuid:0dd00000::{st}" if st == IGD1 else None


@case("all searches of the first 400 ms are lost", published())
def ssdp_first_lost(gateway):
    gateway.ssdp.lost_for = 0.4


@case("the first search alone is lost", published())
def ssdp_one_lost(gateway):
    gateway.ssdp.ignore = 1


@case("the answer takes as long as MX allows", published())
def ssdp_slow(gateway):
    gateway.ssdp.delay = mx


@case("garbage before every reply", published())
def ssdp_garbage_first(gateway):
    gateway.ssdp.edit = lambda reply: [b"\0\xff\xfe" * 400, b"", b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\n\r\n",
                                       reply[:40], b":" * 9000, reply]


@case("nothing but garbage", refused(*ABSENT))
def ssdp_garbage_only(gateway):
    gateway.ssdp.edit = lambda reply: [b"\0\xff\xfe" * 400, b"", b"HTTP/1.1 200 OK\r\n\r\n", reply[:40], b"\r\n" * 999]


@case("announcements instead of replies", either(*ABSENT))
def ssdp_notify(gateway):
    gateway.ssdp.edit = lambda reply: reply.replace(b"HTTP/1.1 200 OK", b"NOTIFY * HTTP/1.1").replace(b"ST:", b"NT:")


@case("every search is answered with 404", refused(*ABSENT))
def ssdp_error_status(gateway):
    gateway.ssdp.edit = edit("200 OK", "404 Not Found")


@case("nothing answers, though the router is there", refused("UPNP_OFF"), timeout=5)
def ssdp_silent(gateway):
    gateway.ssdp.silent = True


@case("no router at all: no default route, and nothing answers", refused("NO_GATEWAY"), timeout=5)
def no_router(gateway):
    gateway.ssdp.silent = True
    gateway.home.host.ip("route del default")


@case("no default route, but a gateway that answers", published())
def no_default_route(gateway):
    gateway.home.host.ip("route del default")


@case("the host has a bridge for containers too, with an address of its own", published())
def container_bridge(gateway):
    gateway.home.host.ip("link add docker0 type bridge", "addr add 172.17.0.1/16 dev docker0", "link set docker0 up")
