"""HTTP and SOAP: gateways that do what they are asked, in their own way, and replies that are none."""

from dataclasses import replace

from gateways import NEIGHBOUR, ROUTER
from gateways.case import add, case, either, published, refused
from gateways.device import ACTIONS, ACTIONS_2
from gateways.faults import (LOGIN_PAGE, body, bomb, change, chunked, cut, doctype, drip, empty, encoded, endless, endless_chunks,
                             endless_headers, endless_line, fails, extra, fault_page, gzipped, header, hold, http10, interim, late, login,
                             page, redirect, reset, rewrite, short, status, typed, vanish)
from gateways.gateway import envelope
from gateways.web import Reply

DECLARATION = '<?xml version="1.0"?>\n'


def everywhere(name, about, change, ends=None, step="any", **options):
    add(name, about, lambda gateway: gateway.alter(step, change), ends or published(), **options)


# Sound, but odd

everywhere("http-chunked", "all replies come in chunks, as from the BiPAC 7404VNOX", chunked)
everywhere("http-1.0", "HTTP/1.0, and the end of the connection ends the reply", http10)
everywhere("http-extra-bytes", "empty lines after each reply", extra())
everywhere("http-extra-page", "a page after each reply", extra(LOGIN_PAGE))
everywhere("http-100-continue", "100 Continue before each reply, though nobody expects it", interim)
everywhere("http-late", "each reply takes 150 ms", late(0.15))
everywhere("http-bytes", "each reply comes byte by byte", lambda reply: replace(
    reply, pieces=lambda whole: [bytes([byte]) for byte in whole]))
everywhere("http-no-reason", "status lines without a reason", lambda reply: Reply(raw=reply.wire().replace(b" OK\r\n", b"\r\n", 1)))
everywhere("http-lower-case", "header names in lower case", lambda reply: Reply(raw=b"\r\n\r\n".join([
    b"\r\n".join(line.split(b":")[0].lower() + line[len(line.split(b":")[0]):] if n else line
                 for n, line in enumerate(reply.wire().split(b"\r\n\r\n")[0].split(b"\r\n"))), reply.body])))
everywhere("http-line-feeds", "line feeds alone in the heads", lambda reply: Reply(
    raw=reply.wire().split(b"\r\n\r\n")[0].replace(b"\r\n", b"\n") + b"\n\n" + reply.body))
everywhere("http-length-twice", "the same Content-Length twice", lambda reply: replace(
    reply, headers=[*reply.headers, ("Content-Length", str(len(reply.body)))]))
everywhere("http-cookies", "sets cookies, which are nobody's business", header("Set-Cookie", "session=1; path=/"))
everywhere("http-80-headers", "80 headers", lambda reply: replace(reply, headers=[(f"X-{n}", "y") for n in range(80)]))
everywhere("http-folded", "a folded header", lambda reply: replace(reply, headers=[*reply.headers, ("X-Odd", "one\r\n two")]), either("MALFORMED_REPLY"))
everywhere("http-type-html", "SOAP as HTML", typed("text/html"), step="soap")
everywhere("http-type-none", "SOAP without a type", typed(None), step="soap")


@case("keep-alive, for as long as one likes", published())
def http_keep_alive(gateway):
    gateway.keep = True


@case("keep-alive is promised, and each connection closed after one reply", published())
def http_keep_alive_lie(gateway):
    def lie(reply):
        wire = reply.wire().replace(b"Connection: close", b"Connection: keep-alive")
        return Reply(raw=wire)

    gateway.alter("any", lie)


@case("a second request on a connection is refused with 400, as by RomPager", published())
def http_one_request(gateway):
    gateway.keep = True
    respond, seen = gateway.respond, set()

    def once(request):
        if request.connection in seen:
            request.step = "again"
            return Reply(b"", 400)
        seen.add(request.connection)
        return respond(request)

    gateway.respond = once


@case("a kept connection dies by a reset when it is used again", published())
def http_keep_reset(gateway):
    gateway.keep = True
    respond, seen = gateway.respond, set()

    def once(request):
        if request.connection in seen:
            request.step = "again"
            return Reply(raw=b"", ending="reset")
        seen.add(request.connection)
        return respond(request)

    gateway.respond = once


# SOAP as it is written

SOAP = {
    "no-namespaces": ("no namespaces, as from DD-WRT", lambda reply: rewrite(r' [\w:]+="[^"]*"', "")(rewrite(r"<(/?)\w+:", r"<\1")(reply))),
    "other-prefixes": ("other prefixes", lambda reply: rewrite(r"<(/?)s:", r"<\1SOAP-ENV:")(rewrite(r"(<|</)u:", r"\1m:")(
        change("xmlns:u=", "xmlns:m=")(change("xmlns:s=", "xmlns:SOAP-ENV=")(reply))) if b"xmlns:u" in reply.body else reply)),
    "default-namespace": ("the default namespace on the answer", lambda reply: rewrite(r"(</?)u:", r"\1")(
        body(lambda whole: whole.replace(b"xmlns:u=", b"xmlns="))(reply))),
    "no-declaration": ("no XML declaration", body(lambda whole: whole.replace(DECLARATION.encode(), b""))),
    "bom": ("a byte order mark", body(lambda whole: b"\xef\xbb\xbf" + whole)),
    "utf-16": ("UTF-16", encoded("utf-16", declare="utf-16")),
    "latin-1": ("ISO 8859-1", encoded("latin-1", declare="ISO-8859-1")),
    "cdata": ("CDATA in every argument", rewrite(r"<(New\w+)>([^<]+)<", r"<\1><![CDATA[\2]]><")),
    "comments": ("comments between all", rewrite("><", "><!-- odd --><")),
    "white-space": ("white space everywhere", rewrite(r"<(New\w+)>([^<]+)<", r"\n <\1>\n  \2\n <")),
    "types": ("a type on every argument", rewrite(r"<(New\w+)>", r'<\1 xmlns:dt="urn:schemas-microsoft-com:datatypes" dt:dt="string">')),
    "header": ("a SOAP header with a mustUnderstand", body(lambda whole: whole.replace(
        b"<s:Body>", b'<s:Header><x:t xmlns:x="urn:x" s:mustUnderstand="1">1</x:t></s:Header><s:Body>'))),
    "more-arguments": ("arguments that nobody knows", rewrite(r"(<u:\w+Response[^>]*>)", r"\1<X_Odd>1</X_Odd>")),
    "other-version": ("answers of WANIPConnection:2 to a question for :1", body(lambda whole: whole.replace(b"WANIPConnection:1", b"WANIPConnection:2"))),
    "nul-at-end": ("a NUL after each answer", body(lambda whole: whole + b"\0")),
    "blank-first": ("an empty line before the XML declaration", body(lambda whole: b"\r\n" + whole)),
}
TOLERATED = {"nul-at-end", "blank-first", "other-version"}
for name, (about, spoil) in SOAP.items():
    everywhere(f"soap-{name}", about, spoil, either() if name in TOLERATED else published(), step="soap")

# AddPortMapping is not answered as it should: kept or not, all or nothing, and what is said is so

BAD = ("MALFORMED_REPLY",)
LATE = ("TIMED_OUT",)
ADDS = {
    "vanish": (vanish, (*BAD, *LATE), 8), "reset": (reset, (*BAD, *LATE), 8), "silent": (hold, LATE, 5),
    "drip": (drip(), LATE, 5), "drip-head": (drip(after=""), LATE, 5),
    "login-page": (page(), BAD, 8), "login-page-403": (page(403), (*BAD, "NOT_AUTHORIZED"), 8), "401": (login, (*BAD, "NOT_AUTHORIZED"), 8),
    "404": (page(404), BAD, 8), "500-html": (page(500), BAD, 8), "503": (page(503), BAD, 8), "500-empty": (empty(500), BAD, 8),
    "200-empty": (empty(), BAD, 8), "302": (redirect(302, f"http://{NEIGHBOUR}:5000/ctl/WANIPConnection"), BAD, 8),
    "307": (redirect(307, f"http://{NEIGHBOUR}:5000/ctl/WANIPConnection"), BAD, 8),
    "301-itself": (redirect(301, "/ctl/WANIPConnection"), BAD, 8), "cut": (cut(0.6), BAD, 8), "short": (short(0.5), BAD, 8),
    "endless": (endless(after=b"<s:Body>"), BAD, 8), "endless-headers": (endless_headers, BAD, 8),
    "endless-chunks": (endless_chunks, BAD, 8), "endless-line": (endless_line, BAD, 8),
    "bomb": (bomb("<s:Body>", "ha"), BAD, 8), "doctype": (doctype("<!ELEMENT x ANY>"), BAD, 8),
    "entity": (doctype(f'<!ENTITY e SYSTEM "http://{NEIGHBOUR}:80/e">', "<s:Body>", "&e;"), BAD, 8),
    "other-answer": (change("AddPortMapping", "DeletePortMapping"), BAD, 8),
    "gzip": (gzipped, BAD, 8),
}
for name, (spoil, codes, timeout) in ADDS.items():
    def stored(gateway, spoil=spoil):
        gateway.alter("AddPortMapping", spoil)

    def not_stored(gateway, spoil=spoil):
        gateway.on("AddPortMapping", lambda call: {})
        gateway.alter("AddPortMapping", spoil)

    limit = {} if timeout == 8 else {"timeout": timeout}
    if "NOT_AUTHORIZED" not in codes:  # a login comes before anything is done
        add(f"add-{name}", "AddPortMapping is done, its answer is broken", stored, either(*codes), **limit)
    add(f"add-{name}-not-done", "AddPortMapping is not done, and its answer is broken", not_stored, refused(*codes, "NOT_STORED"), **limit)


# Other actions that are not answered

@case("GetExternalIPAddress is never answered", either("TIMED_OUT", "EXTERNAL_ADDRESS_UNUSABLE"), timeout=5, external=None)
def external_silent(gateway):
    gateway.alter("GetExternalIPAddress", hold)


@case("the listing is never answered", either("TIMED_OUT"), timeout=5)
def listing_silent(gateway):
    gateway.alter("GetGenericPortMappingEntry", hold)


@case("the read-back is never answered", either("TIMED_OUT", "NOT_STORED"), timeout=5)
def specific_silent(gateway):
    gateway.alter("GetSpecificPortMappingEntry", hold)


def instead(gateway, spoil):
    """Whatever is asked for is not done."""
    for action in [*ACTIONS, *ACTIONS_2]:
        gateway.on(action, lambda call: spoil(Reply()))


@case("every SOAP answer is a login page", refused(*BAD))
def soap_login_pages(gateway):
    instead(gateway, page())


@case("every SOAP request gets 401", refused(*BAD, "NOT_AUTHORIZED"))
def soap_401(gateway):
    instead(gateway, login)


@case("every SOAP request gets 404", refused(*BAD))
def soap_404(gateway):
    instead(gateway, page(404))


@case("every SOAP request gets 503", refused(*BAD, "TIMED_OUT"))
def soap_503(gateway):
    instead(gateway, page(503))


@case("every SOAP request is redirected to the login", refused(*BAD))
def soap_302(gateway):
    instead(gateway, redirect(302, f"http://{ROUTER}/login"))


@case("SOAP is never answered", refused("TIMED_OUT"), timeout=4)
def soap_silent(gateway):
    instead(gateway, hold)


@case("every SOAP answer is cut in the middle", refused(*BAD))
def soap_cut(gateway):
    gateway.alter("soap", cut(0.5))


@case("every SOAP answer drips", refused("TIMED_OUT"), timeout=4)
def soap_drip(gateway):
    gateway.alter("soap", drip())


# Each further step, broken in each way: mapped or refused, wholly, in time, and without talking to anybody else

STEPS = {"status": "GetStatusInfo", "external": "GetExternalIPAddress", "listing": "GetGenericPortMappingEntry",
         "specific": "GetSpecificPortMappingEntry"}
BREAKINGS = {"302": redirect(302, f"http://{NEIGHBOUR}:5000/"), "307": redirect(307, "/ctl/other"), "401": login, "403": page(403), "404": page(404),
             "500": page(500), "503": page(503), "login-page": page(), "empty": empty(), "cut": cut(0.5), "reset": reset, "bomb": bomb("<s:Body>", "ha"),
             "endless": endless(after=b"<s:Body>"), "silent": hold, "drip": drip()}
for step, action in STEPS.items():
    for name, spoil in BREAKINGS.items():
        waits = {"timeout": 4} if name in ("silent", "drip") else {}
        add(f"step-{step}-{name}", f"{action}: {name}", lambda gateway, action=action, spoil=spoil: gateway.alter(action, spoil),
            either(left=name in ("silent", "drip")), external=None, **waits)

for name, spoil in {"302": BREAKINGS["302"], "401": login, "404": page(404), "login-page": page(), "silent": hold, "cut": cut(0.5)}.items():
    def undeletable(gateway, spoil=spoil):
        gateway.on("AddPortMapping", fails(728, when=lambda call: len(call.service.rows) >= 1))
        gateway.on("DeletePortMapping", lambda call: spoil(Reply(b"<x/>")))

    add(f"step-delete-{name}", f"taking back the first mapping: {name}", undeletable, refused("TABLE_FULL", left=True), timeout=5)


@case("AddPortMapping takes two seconds, as on slow routers", published(), timeout=12)
def add_slow(gateway):
    gateway.alter("AddPortMapping", late(2))


for name, spoil in {"silent": hold, "drip": drip(), "late": late(0.4)}.items():
    for step in ("description", "soap", "AddPortMapping"):
        add(f"hurry-{step.lower()}-{name}", f"a second is all there is, and {step} is {name}",
            lambda gateway, step=step, spoil=spoil: gateway.alter(step, spoil), either(left=True), timeout=1, external=None)


# Faults as they are written

FAULTS = {
    "garbled": ("truncated, as by the Archer C8", cut("<errorCode>718")),
    "capitals": ("faultCode in capitals and errorCode without namespace, as by MikroTik", lambda reply: change("faultcode", "faultCode")(
        change(' xmlns="urn:schemas-upnp-org:control-1-0"', "")(reply))),
    "200": ("with status 200", status(200)),
    "400": ("with status 400", status(400)),
    "no-namespaces": ("without namespaces", rewrite(r"(</?)s:", r"\1")),
    "prefix": ("with a prefix on UPnPError", lambda reply: rewrite(r"(</?)(UPnPError|errorCode|errorDescription)", r"\1e:\2")(
        change("<UPnPError xmlns=", "<UPnPError xmlns:e=")(reply))),
    "blanks": ("with blanks around the code", change(">718<", ">\n 718 \n<")),
    "zeros": ("with leading zeros", change(">718<", ">00718<")),
    "broken-tail": ("with broken XML after the code", change("</detail>", "</detial><")),
    "html-text": ("with markup in its text", change("ConflictInMappingEntry", "Conflict<br>&nbsp;sorry")),
    "latin-1": ("with bytes in its text that are not UTF-8", change("ConflictInMappingEntry", b"Konflikt f\xfcr")),
    "no-envelope": ("without an envelope", lambda reply: replace(reply, body=b"<UPnPError><errorCode>718</errorCode></UPnPError>")),
    "chunked": ("in chunks", chunked),
}
for name, (about, spoil) in FAULTS.items():
    def fault(gateway, spoil=spoil):
        gateway.secure = True
        gateway.alter("AddPortMapping", spoil)

    add(f"fault-{name}", f"718 of secure mode, {about}", fault, refused("SECURE_MODE"))


@case("a fault without a code", refused())
def fault_no_code(gateway):
    gateway.on("AddPortMapping", lambda call: Reply(envelope("<s:Fault><faultcode>s:Client</faultcode></s:Fault>"), 500))


@case("a fault whose code is no number", refused())
def fault_word(gateway):
    gateway.on("AddPortMapping", lambda call: Reply(fault_page("denied"), 500))


@case("a fault whose code is beyond all numbers", refused())
def fault_huge(gateway):
    gateway.on("AddPortMapping", lambda call: Reply(fault_page("9" * 40), 500))


@case("a fault of half a mebibyte", refused())
def fault_large(gateway):
    gateway.on("AddPortMapping", lambda call: Reply(fault_page(501, "x" * 500_000), 500))


@case("a fault whose text has control characters and a line that looks like a finding", refused())
def fault_text(gateway):
    gateway.on("AddPortMapping", lambda call: Reply(fault_page(501, "x&#13;&#10;\x7f\x1b[31mSUCCESS {\"code\":\"OK\"}"), 500))
