"""The description: XML as routers write it, and as it arrives."""

from dataclasses import replace

from gateways import NEIGHBOUR, ROUTER, STRANGER
from gateways.case import add, case, either, published, refused
from gateways.device import DEVICE, SERVICE, Device, Service, tree
from gateways.faults import (LOGIN_PAGE, body, bomb, change, chunked, cut, doctype, drip, empty, encoded, endless, endless_chunks,
                             endless_headers, endless_line, gzipped, header, hold, late, login, page, redirect, reset, rewrite,
                             short, status, typed, vanish)
from gateways.gateway import Fault

PROLOGUE = '<?xml version="1.0"?>\n'
BAD = ("MALFORMED_REPLY",)
NO_ANSWER = ("MALFORMED_REPLY", "UPNP_OFF")
TOO_LATE = ("TIMED_OUT",)


def spoiled(name, about, change, ends, **options):
    add(f"description-{name}", about, lambda gateway: gateway.alter("description", change), ends, **options)


# Cut, slow, endless, something else

for percent in (0, 3, 10, 20, 33, 50, 60, 75, 85, 90, 95):
    spoiled(f"cut-{percent:02}", f"ends after {percent} %", cut(percent / 100), refused(*BAD))
for name, last in {"in-tag": "<controlU", "in-name": "</serviceTy", "in-url": "<controlURL>/ctl/WANIPConn", "in-prologue": "<?xml vers",
                   "before-url": "<controlURL>", "in-attribute": 'xmlns="urn:schem'}.items():
    spoiled(f"cut-{name}", f"ends after {last}", cut(last), refused(*BAD))
spoiled("cut-last-tag", "only the last tag is missing", cut("</device>"), either(*BAD))
spoiled("short", "the connection ends at half of Content-Length", short(0.5), refused(*BAD))
spoiled("silent", "is never sent", hold, refused(*TOO_LATE), timeout=4)
spoiled("closed", "the connection is closed without a byte", vanish, refused(*NO_ANSWER))
spoiled("reset", "the connection is reset", reset, refused(*NO_ANSWER))
spoiled("drip-body", "a byte a second", drip(), refused(*TOO_LATE), timeout=4)
spoiled("drip-head", "the head comes a byte a second", drip(after=""), refused(*TOO_LATE), timeout=4)
spoiled("drip-fast", "ten bytes a second", drip(seconds=0.1), refused(*TOO_LATE), timeout=4)
spoiled("slow", "comes after 1.2 seconds", late(1.2), published())
spoiled("endless", "4 GiB are announced and sent", endless(), refused(*BAD))
spoiled("endless-unannounced", "no length, no end", endless(length=None), refused(*BAD))
spoiled("endless-text", "a name without an end", endless(b"x" * 8192, after=b"<friendlyName>"), refused(*BAD))
spoiled("endless-blanks", "white space without an end", endless(b" " * 8192, after=b"<root "), refused(*BAD))
spoiled("endless-deep", "elements in elements without an end", endless(after=b"<device>"), refused(*BAD))
spoiled("endless-chunks", "chunks without an end", endless_chunks, either(*BAD))
spoiled("endless-headers", "headers without an end", endless_headers, refused(*BAD))
spoiled("endless-line", "a header without an end", endless_line, refused(*BAD))
spoiled("length-huge", "Content-Length is beyond all numbers", lambda reply: replace(reply, length="9" * 30), either(*NO_ANSWER))
spoiled("length-negative", "Content-Length is negative", lambda reply: replace(reply, length="-1"), either(*NO_ANSWER))
spoiled("length-word", "Content-Length is a word", lambda reply: replace(reply, length="many"), either(*NO_ANSWER))
spoiled("lengths-differ", "two Content-Lengths that differ", header("Content-Length", "12"), either(*NO_ANSWER))
spoiled("empty", "has no bytes", empty(), refused(*BAD))
spoiled("login-page", "is a login page", page(), refused(*BAD))
spoiled("login-page-as-xml", "is a login page that calls itself XML", lambda reply: replace(reply, body=LOGIN_PAGE), refused(*BAD))
spoiled("401", "wants a login", login, refused("MALFORMED_REPLY", "UPNP_OFF", "NOT_AUTHORIZED"))
for number in (403, 404, 500, 503):
    spoiled(str(number), f"status {number}", page(number), refused("MALFORMED_REPLY", "UPNP_OFF"))
spoiled("404-with-description", "status 404, though the description follows", status(404), either(*NO_ANSWER))
for number in (301, 302, 303, 307):
    spoiled(f"{number}-to-neighbour", f"status {number} to another host", redirect(number, f"http://{NEIGHBOUR}:5000/rootDesc.xml"),
            refused(*NO_ANSWER))
spoiled("302-to-login", "status 302 to the router's login", redirect(302, f"http://{ROUTER}:5000/login.html"), refused(*NO_ANSWER))
spoiled("302-to-itself", "status 302 to itself, without an end", redirect(302, "/rootDesc.xml"), refused(*NO_ANSWER), requests=20)

# Document types and entities

spoiled("doctype", "has a document type", doctype("<!ELEMENT x ANY>"), refused(*BAD))
spoiled("bomb", "entities that grow a billion-fold", bomb("<friendlyName>", "ha"), refused(*BAD))
spoiled("entity-file", "an entity is a file of ours", doctype('<!ENTITY e SYSTEM "file:///etc/hostname">', "<modelName>", "&e;"),
        refused(*BAD))
spoiled("entity-url", "an entity is at another host", doctype(f'<!ENTITY e SYSTEM "http://{NEIGHBOUR}:5000/e">', "<modelName>", "&e;"),
        refused(*BAD))
spoiled("entity-parameter", "a parameter entity is at another host",
        doctype(f'<!ENTITY % e SYSTEM "http://{STRANGER}:80/e.dtd"> %e;'), refused(*BAD))
spoiled("doctype-elsewhere", "the document type is at another host",
        body(lambda whole: whole.replace(PROLOGUE.encode(), PROLOGUE.encode() + f'<!DOCTYPE root SYSTEM "http://{NEIGHBOUR}:80/x">'.encode())),
        refused(*BAD))
spoiled("stylesheet", "names a style sheet and a schema elsewhere, which nobody needs",
        body(lambda whole: whole.replace(b"<root ", f'<?xml-stylesheet href="http://{NEIGHBOUR}/x.xsl" type="text/xsl"?><root '
             f'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x http://{NEIGHBOUR}/x.xsd" '.encode())), published())
spoiled("include", "includes a text from elsewhere",
        change("<friendlyName>", f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://{NEIGHBOUR}/x"/><friendlyName>'),
        published())
spoiled("gzip", "is compressed, though nobody asked for it", gzipped, either(*BAD))

# XML as it comes

spoiled("no-declaration", "has no XML declaration", change(PROLOGUE, ""), published())
spoiled("blank-before-declaration", "an empty line before the XML declaration", body(lambda whole: b"\r\n" + whole), either(*BAD))
spoiled("bom", "begins with a byte order mark", body(lambda whole: b"\xef\xbb\xbf" + whole), published())
spoiled("utf-16", "is UTF-16 with a byte order mark", encoded("utf-16", declare="utf-16"), published())
spoiled("latin-1", "is declared as ISO 8859-1", lambda reply: encoded("latin-1", declare="ISO-8859-1")(
    change("<friendlyName>Odd", "<friendlyName>Gerät Öd".encode())(reply)), published())
spoiled("wrong-bytes", "has a byte in a name that is not UTF-8", change("<friendlyName>Odd", b"<friendlyName>Ger\xe4t Odd"), either(*BAD))
spoiled("control-characters", "has a control character in a name", change("<friendlyName>Odd", b"<friendlyName>Odd\x01"), either(*BAD))
spoiled("charset-lies", "says UTF-16 in its type and is UTF-8", typed("text/xml; charset=utf-16"), either(*BAD))
spoiled("type-html", "calls itself HTML", typed("text/html"), published())
spoiled("type-none", "has no type", typed(None), published())
spoiled("type-odd", "has a type that is no type", typed("xml;;charset=\"utf8"), published())
spoiled("prefixes", "has a prefix on every element", lambda reply: rewrite(r"<(/?)(\w)", r"<\1d:\2")(
    change("xmlns=", "xmlns:d=")(reply)), published())
spoiled("no-namespace", "has no namespace", change(' xmlns="urn:schemas-upnp-org:device-1-0"', ""), published())
spoiled("other-namespace", "has a namespace of its own", change("device-1-0", "device-1-1-vendor"), either(*BAD))
spoiled("cdata", "has CDATA in its URLs and types",
        rewrite(r"<(controlURL|serviceType)>([^<]*)<", r"<\1><![CDATA[\2]]><"), published())
spoiled("comments", "has comments everywhere, one within a URL", lambda reply: change("/ctl/WANIP", "/ctl/<!-- here -->WANIP")(
    rewrite("><", "><!-- <controlURL>/no</controlURL> --><")(reply)), published())
spoiled("white-space", "has white space around every text", rewrite(r">([^<>\s][^<>]*)<", r">\n\t \1 \r\n<"), published())
spoiled("entities", "numbers for characters", change("/ctl/WANIPConnection", "&#47;ctl&#x2F;WANIPConnection"), published())
spoiled("chunked-bytes", "comes in chunks of one byte", lambda reply: chunked(reply, size=1), published())
spoiled("large", "has half a mebibyte of comments", body(lambda whole: whole.replace(b"<device>", b"<!--" + b"x" * 500_000 + b"--><device>", 1)),
        published())
spoiled("many-devices", "has 400 other devices before the right one", body(lambda whole: whole.replace(
    b"<deviceList>", b"<deviceList>" + b"".join(Device(f"urn:x:device:{n}:1", str(n), []).xml().encode() for n in range(400)), 1)), published())
spoiled("deep", "is 3,000 elements deep", body(lambda whole: whole.replace(
    b"<specVersion>", b"<x>" * 3000 + b"</x>" * 3000 + b"<specVersion>")), either(*BAD))
spoiled("many-attributes", "has an element with 20,000 attributes", body(lambda whole: whole.replace(
    b"<specVersion>", b"<specVersion " + b" ".join(b'a%d="x"' % n for n in range(20000)) + b">")), either(*BAD))
spoiled("trailing-nul", "ends with NUL bytes", body(lambda whole: whole + b"\0\0"), either(*BAD))
spoiled("trailing-text", "is followed by another page", body(lambda whole: whole + LOGIN_PAGE), either(*BAD))
spoiled("no-gateway", "is not a gateway's", lambda reply: change("WANIPConnection:1", "Printer:1")(
    change("InternetGatewayDevice", "MediaServer")(reply)), refused("UPNP_OFF", "NO_GATEWAY", "MALFORMED_REPLY"))
spoiled("json", "is JSON", lambda reply: replace(reply, body=b'{"error":"not found"}', type="application/json"), refused(*BAD))

# Where the services are

URLS = {
    "relative": ("ctl/IPConn", "/ctl/IPConn", None),
    "dots": ("./a/../ctl/IPConn", "/ctl/IPConn", None),
    "query": ("/ctl?service=WANIPConn1&type=1", None, None),
    "query-only": ("?WANIPConnection", "/rootDesc.xml?WANIPConnection", None),
    "absolute": (f"http://{ROUTER}:5000/ctl/IPConn", "/ctl/IPConn", None),
    "with-base": ("ctl/IPConn", "/base/ctl/IPConn", f"http://{ROUTER}:5000/base/"),
    "base-without-slash": ("/ctl/IPConn", "/ctl/IPConn", f"http://{ROUTER}:5000"),
    "base-is-file": ("ctl/IPConn", "/base/ctl/IPConn", f"http://{ROUTER}:5000/base/desc.xml"),
    "colon": ("/ctl/urn:upnp-org:serviceId:WANIPConn1", None, None),
    "semicolon": ("/ctl;jsessionid=12", None, None),
    "percent": ("/ctl/%57ANIP%20Conn", None, None),
    "long": ("/ctl/" + "x" * 1500, None, None),
}
for name, (url, target, base) in URLS.items():
    def at(gateway, url=url, target=target, base=base):
        service, gateway.url_base, shown = gateway.connection(), base, url.replace("&", "&amp;")
        service.control = target or url
        gateway.alter("description", change(f"<controlURL>{service.control.replace('&', '&amp;')}<", f"<controlURL>{shown}<"))

    add(f"control-{name}", f"the control URL is {url[:50]}" + (f", URLBase {base}" if base else ""), at, published())

BAD_URLS = {
    "neighbour": f"http://{NEIGHBOUR}:5000/ctl/WANIPConnection",
    "internet": f"http://{STRANGER}:5000/ctl/WANIPConnection",
    "network-path": f"//{NEIGHBOUR}:5000/ctl/WANIPConnection",
    "name": "http://router.lan:5000/ctl/WANIPConnection",
    "https": f"https://{ROUTER}:5000/ctl/WANIPConnection",
    "file": "file:///tmp/ctl",
    "user": f"http://{ROUTER}:5000@{NEIGHBOUR}:5000/ctl/WANIPConnection",
    "at": f"@{NEIGHBOUR}:5000/ctl/WANIPConnection",
    "loopback": "http://127.0.0.1:5000/ctl/WANIPConnection",
    "ipv6-loopback": "http://[::1]:5000/ctl/WANIPConnection",
    "line-break": "/ctl/WANIPConnection HTTP/1.1&#13;&#10;X: y&#13;&#10;",
    "empty": "",
    "port-0": f"http://{ROUTER}:0/ctl/WANIPConnection",
    "port-huge": f"http://{ROUTER}:99999999999/ctl/WANIPConnection",
    "huge": "/" + "x" * 100_000,
}
for name, url in BAD_URLS.items():
    spoiled_url = change("<controlURL>/ctl/WANIPConnection<", f"<controlURL>{url}<")
    add(f"control-{name}", f"the control URL is {url[:50]}", lambda gateway, spoil=spoiled_url: gateway.alter("description", spoil),
        refused(*BAD))


@case("URLBase is at another host: not used, or refused", either(*BAD))
def base_elsewhere(gateway):
    gateway.url_base = f"http://{NEIGHBOUR}:5000/"


@case("URLBase is an address on the Internet, a mistake of some firmware", either(*BAD))
def base_external(gateway):
    gateway.url_base = f"http://{STRANGER}:5000/"


@case("URLBase is empty", published())
def base_empty(gateway):
    gateway.alter("description", change("<specVersion>", "<URLBase></URLBase><specVersion>"))


@case("two URLBases, one elsewhere", either(*BAD))
def base_twice(gateway):
    gateway.url_base = f"http://{ROUTER}:5000/"
    gateway.alter("description", change("</URLBase>", f"</URLBase><URLBase>http://{NEIGHBOUR}:5000/</URLBase>"))


@case("control is on another port of the same host", published())
def control_other_port(gateway):
    service = gateway.connection()
    control = service.control
    gateway.alter("description", change(f">{control}<", f">http://{ROUTER}:5431{control}<"))
    gateway.ports.append(5431)


@case("a service with two control URLs that differ", either(*BAD))
def control_twice(gateway):
    gateway.alter("description", change("<controlURL>/ctl/WANIPConnection<", "<controlURL>/no</controlURL><controlURL>/ctl/WANIPConnection<"))


@case("the same service twice, once with another control URL", either(*BAD))
def service_twice(gateway):
    copy = replace(gateway.connection(), control="/ctl/no")
    gateway.alter("description", change("<serviceList><service><serviceType>urn:schemas-upnp-org:service:WANIP",
                                        f"<serviceList>{copy.xml()}<service><serviceType>urn:schemas-upnp-org:service:WANIP"))


@case("the connection service has no type", refused("MALFORMED_REPLY", "UPNP_OFF"))
def service_without_type(gateway):
    gateway.alter("description", change("<serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>", ""))


@case("the connection service has no control URL", refused("MALFORMED_REPLY", "UPNP_OFF"))
def service_without_control(gateway):
    gateway.alter("description", change("<controlURL>/ctl/WANIPConnection</controlURL>", ""))


@case("the SCPD, presentation and icons are elsewhere: nobody goes there", published())
def scpd_elsewhere(gateway):
    gateway.connection().scpd = f"http://{NEIGHBOUR}:5000/scpd.xml"
    gateway.alter("description", change("<friendlyName>", f"<presentationURL>http://{STRANGER}/</presentationURL><iconList><icon>"
                                        f"<url>http://{NEIGHBOUR}/i.png</url></icon></iconList><friendlyName>"))


for name, spoil in {"404": page(404), "login-page": page(), "cut": cut(0.5), "endless": endless(), "silent": hold,
                    "to-neighbour": redirect(302, f"http://{NEIGHBOUR}:5000/WANIPConnection.xml")}.items():
    def scpd_spoiled(gateway, spoil=spoil):
        gateway.version, gateway.root = 2, tree(2)
        gateway.alter("scpd", spoil)

    add(f"scpd-{name}", "the description of the service is broken; the basic actions are known anyway", scpd_spoiled, published())


# The tree

@case("embedded devices come before the services", published())
def tree_devices_first(gateway):
    gateway.alter("description", rewrite(r"(<serviceList><service><serviceType>urn:schemas-upnp-org:service:WANCommon.*?</serviceList>)"
                                         r"(<deviceList>.*?</deviceList>)", r"\2\1"))


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
    several(gateway, wanppp("ppp", status="Unconfigured", external="0.0.0.0"), wanip("lte", external="10.64.3.2"), wanip("fibre"))


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
    second = Device(DEVICE.format("WANDevice", 1), "0dd00000-0000-1000-8000-00000000000a", [],
                    [Device(DEVICE.format("WANConnectionDevice", 1), "0dd00000-0000-1000-8000-00000000000b", [wanip("second")])])
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
