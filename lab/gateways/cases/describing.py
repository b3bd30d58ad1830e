"""The description: XML as routers write it, and as it arrives."""

from dataclasses import replace

from gateways import NEIGHBOUR, ROUTER, STRANGER
from gateways.case import add, either, published, refused
from gateways.device import Device
from gateways.faults import (
    LOGIN_PAGE, body, bomb, change, chunked, cut, doctype, drip, empty, encoded, endless, endless_chunks,
    endless_headers, endless_line, gzipped, header, hold, late, login, page, redirect, reset, rewrite, short,
    status, typed, vanish,
)

PROLOGUE = '<?xml version="1.0"?>\n'
BAD = ("MALFORMED_REPLY",)
NO_ANSWER = ("MALFORMED_REPLY", "UPNP_OFF")
TOO_LATE = ("TIMED_OUT",)


def spoiled(name, about, change, ends, **options):
    add(f"description-{name}", about, lambda gateway: gateway.alter("description", change), ends, **options)


# Cut, slow, endless, something else

for percent in (0, 3, 10, 20, 33, 50, 60, 75, 85, 90, 95):
    spoiled(f"cut-{percent:02}", f"ends after {percent} %", cut(percent / 100), refused(*BAD))
for name, last in {
    "in-tag": "<controlU",
    "in-name": "</serviceTy",
    "in-url": "<controlURL>/ctl/WANIPConn",
    "in-prologue": "<?xml vers",
    "before-url": "<controlURL>",
    "in-attribute": 'xmlns="urn:schem',
}.items():
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
spoiled("endless", "4 GiB are announced, and more than the description comes", endless(), either(*BAD))
spoiled("endless-unannounced", "no length, and no end after the description", endless(length=None), either(*BAD))
spoiled("endless-text", "a name without an end", endless(b"x" * 8192, after=b"<friendlyName>"), refused(*BAD))
spoiled("endless-blanks", "white space without an end", endless(b" " * 8192, after=b"<root "), refused(*BAD))
spoiled("endless-deep", "elements in elements without an end", endless(after=b"<device>"), refused(*BAD))
spoiled("endless-chunks", "chunks without an end", endless_chunks, either(*BAD))
spoiled("endless-headers", "headers without an end", endless_headers, refused(*BAD))
spoiled("endless-line", "a header without an end", endless_line, refused(*BAD))
spoiled(
    "length-huge", "Content-Length is beyond all numbers", lambda reply: replace(reply, length="9" * 30), either(*NO_ANSWER)
)
spoiled("length-negative", "Content-Length is negative", lambda reply: replace(reply, length="-1"), either(*NO_ANSWER))
spoiled("length-word", "Content-Length is a word", lambda reply: replace(reply, length="many"), either(*NO_ANSWER))
spoiled("lengths-differ", "two Content-Lengths that differ", header("Content-Length", "12"), either(*NO_ANSWER))
spoiled("empty", "has no bytes", empty(), refused(*BAD))
spoiled("login-page", "is a login page", page(), refused(*BAD))
spoiled(
    "login-page-as-xml",
    "is a login page that calls itself XML",
    lambda reply: replace(reply, body=LOGIN_PAGE),
    refused(*BAD),
)
spoiled("401", "wants a login", login, refused("MALFORMED_REPLY", "UPNP_OFF", "NOT_AUTHORIZED"))
for number in (403, 404, 500, 503):
    spoiled(str(number), f"status {number}", page(number), refused("MALFORMED_REPLY", "UPNP_OFF"))
spoiled("404-with-description", "status 404, though the description follows", status(404), either(*NO_ANSWER))
for number in (301, 302, 303, 307):
    spoiled(
        f"{number}-to-neighbour",
        f"status {number} to another host",
        redirect(number, f"http://{NEIGHBOUR}:5000/rootDesc.xml"),
        refused(*NO_ANSWER),
    )
spoiled(
    "302-to-login",
    "status 302 to the router's login",
    redirect(302, f"http://{ROUTER}:5000/login.html"),
    refused(*NO_ANSWER),
)
spoiled(
    "302-to-itself", "status 302 to itself, without an end", redirect(302, "/rootDesc.xml"), refused(*NO_ANSWER), requests=20
)

# Document types and entities

spoiled("doctype", "has a document type", doctype("<!ELEMENT x ANY>"), refused(*BAD))
spoiled("bomb", "entities that grow a billion-fold", bomb("<friendlyName>", "ha"), refused(*BAD))
spoiled(
    "entity-file",
    "an entity is a file of ours",
    doctype('<!ENTITY e SYSTEM "file:///etc/hostname">', "<modelName>", "&e;"),
    refused(*BAD),
)
spoiled(
    "entity-url",
    "an entity is at another host",
    doctype(f'<!ENTITY e SYSTEM "http://{NEIGHBOUR}:5000/e">', "<modelName>", "&e;"),
    refused(*BAD),
)
spoiled("entity-parameter", "a parameter entity is at another host",
        doctype(f'<!ENTITY % e SYSTEM "http://{STRANGER}:80/e.dtd"> %e;'), refused(*BAD))
spoiled(
    "doctype-elsewhere",
    "the document type is at another host",
    body(
        lambda whole: whole.replace(
            PROLOGUE.encode(), PROLOGUE.encode() + f'<!DOCTYPE root SYSTEM "http://{NEIGHBOUR}:80/x">'.encode()
        )
    ),
    refused(*BAD),
)
spoiled(
    "stylesheet",
    "names a style sheet and a schema elsewhere, which nobody needs",
    body(
        lambda whole: whole.replace(
            b"<root ",
            f'<?xml-stylesheet href="http://{NEIGHBOUR}/x.xsl" type="text/xsl"?><root '
            f'xmlns:i="http://www.w3.org/2001/XMLSchema-instance" i:schemaLocation="urn:x http://{NEIGHBOUR}/x" '.encode(),
        )
    ),
    published(),
)
spoiled(
    "include",
    "includes a text from elsewhere",
    change(
        "<friendlyName>",
        f'<xi:include xmlns:xi="http://www.w3.org/2001/XInclude" href="http://{NEIGHBOUR}/x"/><friendlyName>',
    ),
    published(),
)
spoiled("gzip", "is compressed, though nobody asked for it", gzipped, either(*BAD))

# XML as it comes

spoiled("no-declaration", "has no XML declaration", change(PROLOGUE, ""), published())
spoiled(
    "blank-before-declaration", "an empty line before the XML declaration", body(lambda whole: b"\r\n" + whole), either(*BAD)
)
spoiled("bom", "begins with a byte order mark", body(lambda whole: b"\xef\xbb\xbf" + whole), published())
spoiled("utf-16", "is UTF-16 with a byte order mark", encoded("utf-16", declare="utf-16"), published())
spoiled("latin-1", "is declared as ISO 8859-1", lambda reply: encoded("latin-1", declare="ISO-8859-1")(
    change("<friendlyName>Odd", "<friendlyName>Gerät Öd".encode())(reply)), published())
spoiled(
    "wrong-bytes",
    "has a byte in a name that is not UTF-8",
    change("<friendlyName>Odd", b"<friendlyName>Ger\xe4t Odd"),
    either(*BAD),
)
spoiled(
    "control-characters",
    "has a control character in a name",
    change("<friendlyName>Odd", b"<friendlyName>Odd\x01"),
    either(*BAD),
)
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
spoiled(
    "comments",
    "has comments everywhere, one within a URL",
    lambda reply: change("/ctl/WANIP", "/ctl/<!-- here -->WANIP")(
        rewrite("><", "><!-- <controlURL>/no</controlURL> --><")(reply)
    ),
    published(),
)
spoiled("white-space", "has white space around every text", rewrite(r">([^<>\s][^<>]*)<", r">\n\t \1 \r\n<"), published())
spoiled("entities", "numbers for characters", change("/ctl/WANIPConnection", "&#47;ctl&#x2F;WANIPConnection"), published())
spoiled("chunked-bytes", "comes in chunks of one byte", lambda reply: chunked(reply, size=1), published())
spoiled(
    "large",
    "has half a mebibyte of comments",
    body(lambda whole: whole.replace(b"<device>", b"<!--" + b"x" * 500_000 + b"--><device>", 1)),
    published(),
)
spoiled(
    "many-devices",
    "has 400 other devices before the right one",
    body(
        lambda whole: whole.replace(
            b"<deviceList>",
            b"<deviceList>" + b"".join(Device(f"urn:x:device:{n}:1", str(n), []).xml().encode() for n in range(400)),
            1,
        )
    ),
    published(),
)
spoiled("deep", "is 3,000 elements deep", body(lambda whole: whole.replace(
    b"<specVersion>", b"<x>" * 3000 + b"</x>" * 3000 + b"<specVersion>")), either(*BAD))
spoiled("many-attributes", "has an element with 20,000 attributes", body(lambda whole: whole.replace(
    b"<specVersion>", b"<specVersion " + b" ".join(b'a%d="x"' % n for n in range(20000)) + b">")), either(*BAD))
spoiled("trailing-nul", "ends with NUL bytes", body(lambda whole: whole + b"\0\0"), either(*BAD))
spoiled("trailing-text", "is followed by another page", body(lambda whole: whole + LOGIN_PAGE), either(*BAD))
spoiled("no-gateway", "is not a gateway's", lambda reply: change("WANIPConnection:1", "Printer:1")(
    change("InternetGatewayDevice", "MediaServer")(reply)), refused("UPNP_OFF", "NO_GATEWAY", "MALFORMED_REPLY"))
spoiled(
    "json", "is JSON", lambda reply: replace(reply, body=b'{"error":"not found"}', type="application/json"), refused(*BAD)
)
