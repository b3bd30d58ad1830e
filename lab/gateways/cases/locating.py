"""Where the description says that things are: URLs, good and bad."""

from dataclasses import replace

from gateways import NEIGHBOUR, ROUTER, STRANGER
from gateways.case import add, case, either, published, refused
from gateways.cases.describing import BAD
from gateways.device import tree
from gateways.faults import change, cut, endless, hold, page, redirect

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
        gateway.alter(
            "description", change(f"<controlURL>{service.control.replace('&', '&amp;')}<", f"<controlURL>{shown}<")
        )

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
    add(
        f"control-{name}",
        f"the control URL is {url[:50]}",
        lambda gateway, spoil=spoiled_url: gateway.alter("description", spoil),
        refused(*BAD),
    )


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
    gateway.alter(
        "description",
        change("<controlURL>/ctl/WANIPConnection<", "<controlURL>/no</controlURL><controlURL>/ctl/WANIPConnection<"),
    )


@case("the same service twice, once with another control URL", either(*BAD))
def service_twice(gateway):
    copy = replace(gateway.connection(), control="/ctl/no")
    gateway.alter(
        "description",
        change(
            "<serviceList><service><serviceType>urn:schemas-upnp-org:service:WANIP",
            f"<serviceList>{copy.xml()}<service><serviceType>urn:schemas-upnp-org:service:WANIP",
        ),
    )


@case("the connection service has no type", refused("MALFORMED_REPLY", "UPNP_OFF"))
def service_without_type(gateway):
    gateway.alter("description", change("<serviceType>urn:schemas-upnp-org:service:WANIPConnection:1</serviceType>", ""))


@case("the connection service has no control URL", refused("MALFORMED_REPLY", "UPNP_OFF"))
def service_without_control(gateway):
    gateway.alter("description", change("<controlURL>/ctl/WANIPConnection</controlURL>", ""))


@case("the SCPD, presentation and icons are elsewhere: nobody goes there", published())
def scpd_elsewhere(gateway):
    gateway.connection().scpd = f"http://{NEIGHBOUR}:5000/scpd.xml"
    gateway.alter(
        "description",
        change(
            "<friendlyName>",
            f"<presentationURL>http://{STRANGER}/</presentationURL><iconList><icon>"
            f"<url>http://{NEIGHBOUR}/i.png</url></icon></iconList><friendlyName>",
        ),
    )


for name, spoil in {"404": page(404), "login-page": page(), "cut": cut(0.5), "endless": endless(), "silent": hold,
                    "to-neighbour": redirect(302, f"http://{NEIGHBOUR}:5000/WANIPConnection.xml")}.items():
    def scpd_spoiled(gateway, spoil=spoil):
        gateway.version, gateway.root = 2, tree(2)
        gateway.alter("scpd", spoil)

    add(
        f"scpd-{name}",
        "the description of the service is broken; the basic actions are known anyway",
        scpd_spoiled,
        published(),
    )
