"""HTTP and SOAP: gateways that do what they are asked, in their own way."""

from dataclasses import replace

from gateways.case import add, case, either, published
from gateways.faults import (
    LOGIN_PAGE, body, change, chunked, encoded, extra, header, http10, interim, late, rewrite,
    typed,
)
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
everywhere(
    "http-no-reason", "status lines without a reason", lambda reply: Reply(raw=reply.wire().replace(b" OK\r\n", b"\r\n", 1))
)
everywhere("http-lower-case", "header names in lower case", lambda reply: Reply(raw=b"\r\n\r\n".join([
    b"\r\n".join(line.split(b":")[0].lower() + line[len(line.split(b":")[0]):] if n else line
                 for n, line in enumerate(reply.wire().split(b"\r\n\r\n")[0].split(b"\r\n"))), reply.body])))
everywhere("http-line-feeds", "line feeds alone in the heads", lambda reply: Reply(
    raw=reply.wire().split(b"\r\n\r\n")[0].replace(b"\r\n", b"\n") + b"\n\n" + reply.body))
everywhere("http-length-twice", "the same Content-Length twice", lambda reply: replace(
    reply, headers=[*reply.headers, ("Content-Length", str(len(reply.body)))]))
everywhere("http-cookies", "sets cookies, which are nobody's business", header("Set-Cookie", "session=1; path=/"))
everywhere("http-80-headers", "80 headers", lambda reply: replace(reply, headers=[(f"X-{n}", "y") for n in range(80)]))
everywhere(
    "http-folded",
    "a folded header",
    lambda reply: replace(reply, headers=[*reply.headers, ("X-Odd", "one\r\n two")]),
    either("MALFORMED_REPLY"),
)
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
    "no-namespaces": (
        "no namespaces, as from DD-WRT",
        lambda reply: rewrite(r' [\w:]+="[^"]*"', "")(rewrite(r"<(/?)\w+:", r"<\1")(reply)),
    ),
    "other-prefixes": (
        "other prefixes",
        lambda reply: rewrite(r"<(/?)s:", r"<\1SOAP-ENV:")(
            rewrite(r"(<|</)u:", r"\1m:")(change("xmlns:u=", "xmlns:m=")(change("xmlns:s=", "xmlns:SOAP-ENV=")(reply)))
            if b"xmlns:u" in reply.body
            else reply
        ),
    ),
    "default-namespace": (
        "the default namespace on the answer",
        lambda reply: rewrite(r"(</?)u:", r"\1")(body(lambda whole: whole.replace(b"xmlns:u=", b"xmlns="))(reply)),
    ),
    "no-declaration": ("no XML declaration", body(lambda whole: whole.replace(DECLARATION.encode(), b""))),
    "bom": ("a byte order mark", body(lambda whole: b"\xef\xbb\xbf" + whole)),
    "utf-16": ("UTF-16", encoded("utf-16", declare="utf-16")),
    "latin-1": ("ISO 8859-1", encoded("latin-1", declare="ISO-8859-1")),
    "cdata": ("CDATA in every argument", rewrite(r"<(New\w+)>([^<]+)<", r"<\1><![CDATA[\2]]><")),
    "comments": ("comments between all", rewrite("><", "><!-- odd --><")),
    "white-space": ("white space everywhere", rewrite(r"<(New\w+)>([^<]+)<", r"\n <\1>\n  \2\n <")),
    "types": (
        "a type on every argument",
        rewrite(r"<(New\w+)>", r'<\1 xmlns:dt="urn:schemas-microsoft-com:datatypes" dt:dt="string">'),
    ),
    "header": (
        "a SOAP header with a mustUnderstand",
        body(
            lambda whole: whole.replace(
                b"<s:Body>", b'<s:Header><x:t xmlns:x="urn:x" s:mustUnderstand="1">1</x:t></s:Header><s:Body>'
            )
        ),
    ),
    "more-arguments": ("arguments that nobody knows", rewrite(r"(<u:\w+Response[^>]*>)", r"\1<X_Odd>1</X_Odd>")),
    "other-version": (
        "answers of WANIPConnection:2 to a question for :1",
        body(lambda whole: whole.replace(b"WANIPConnection:1", b"WANIPConnection:2")),
    ),
    "nul-at-end": ("a NUL after each answer", body(lambda whole: whole + b"\0")),
    "blank-first": ("an empty line before the XML declaration", body(lambda whole: b"\r\n" + whole)),
}
TOLERATED = {"nul-at-end", "blank-first", "other-version"}
for name, (about, spoil) in SOAP.items():
    everywhere(f"soap-{name}", about, spoil, either() if name in TOLERATED else published(), step="soap")
