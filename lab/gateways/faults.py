"""Ways to spoil a reply. Each is a function from the reply to the one that is sent."""

import gzip
import re
from dataclasses import replace

from gateways.gateway import Fault, envelope
from gateways.web import HTML, Reply

LOGIN_PAGE = (
    b"<!DOCTYPE html>\n<html><head><title>Router Login</title><meta charset=utf-8></head><body><form action=/login.cgi "
    b"method=post><input name=user><input name=password type=password><br>&nbsp;<input type=submit></form></body></html>"
)


def change(old, new):
    """Text for text; it must be there, or the case does not test what it says."""
    old, new = (text.encode() if isinstance(text, str) else text for text in (old, new))

    def spoil(reply):
        if old not in reply.body:
            raise ValueError(f"{old} is not in {reply.body}")
        return replace(reply, body=reply.body.replace(old, new))

    return spoil


def rewrite(pattern, new):
    return lambda reply: replace(reply, body=re.sub(pattern.encode(), new.encode(), reply.body))


def body(function):
    return lambda reply: replace(reply, body=function(reply.body))


def cut(at):
    """The body ends early, and Content-Length agrees. at: bytes, or a fraction, or a text after which it ends."""
    def end(whole):
        if isinstance(at, str):
            return whole.index(at.encode()) + len(at)
        return int(at * len(whole)) if isinstance(at, float) else at

    return body(lambda whole: whole[:end(whole)])


def short(fraction):
    """The connection ends before the announced length is reached."""
    return lambda reply: replace(reply, length=len(reply.body), body=reply.body[:int(fraction * len(reply.body))])


def page(status=200, html=LOGIN_PAGE, headers=()):
    return lambda reply: Reply(html, status, HTML, headers=list(headers))


def empty(status=200):
    return lambda reply: Reply(b"", status)


def redirect(status, url):
    return lambda reply: Reply(b"<html>moved</html>", status, HTML, headers=[("Location", url)])


def login(reply):
    return Reply(LOGIN_PAGE, 401, HTML, headers=[("WWW-Authenticate", 'Basic realm="Router"')])


def hold(reply):
    """Not a byte, for ever."""
    return Reply(raw=b"", ending="hold")


def vanish(reply):
    """The connection is closed without a byte."""
    return Reply(raw=b"")


def reset(reply):
    return Reply(raw=b"", ending="reset")


def late(seconds):
    def spoil(reply):
        return replace(reply, pieces=lambda whole: [seconds, whole])

    return spoil


def drip(after="\r\n\r\n", seconds=1.0):
    """A byte a second, from the beginning or after a text."""
    def pieces(whole):
        at = whole.index(after.encode()) + len(after) if after else 0
        yield whole[:at]
        for byte in whole[at:]:
            yield seconds
            yield bytes([byte])

    return lambda reply: replace(reply, pieces=pieces)


def endless(filler=b"<a>" * 4096, after=None, length=str(4 << 30), gulp=64 << 10):
    """A body without an end: 4 GiB are announced, or nothing is."""
    block = filler * max(1, gulp // len(filler))

    def spoil(reply):
        def pieces(whole):
            yield whole[:whole.index(after) + len(after)] if after else whole
            while True:
                yield block

        return replace(reply, length=length, pieces=pieces)

    return spoil


def endless_headers(reply):
    def pieces(whole):
        yield b"HTTP/1.1 200 OK\r\n"
        number = 0
        while True:
            number += 1
            yield b"X-%d: %s\r\n" % (number, b"y" * 1000)

    return replace(reply, pieces=pieces)


def endless_line(reply):
    def pieces(whole):
        yield b"HTTP/1.1 200 OK\r\nX: "
        while True:
            yield b"y" * 65536

    return replace(reply, pieces=pieces)


def chunked(reply, trailer=b"0\r\n\r\n", size=37):
    """Always chunked, as the BiPAC 7404VNOX does."""
    pieces = [reply.body[at:at + size] for at in range(0, len(reply.body), size)]
    whole = b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces) + trailer
    return replace(reply, body=whole, length=None, headers=[*reply.headers, ("Transfer-Encoding", "chunked")])


def endless_chunks(reply):
    reply = chunked(reply, trailer=b"")

    def pieces(whole):
        yield whole
        while True:
            yield b"10000\r\n" + b" " * 65536 + b"\r\n"

    return replace(reply, pieces=pieces)


def http10(reply):
    """The end of the connection is the end of the body."""
    return replace(reply, version="HTTP/1.0", length=None)


def extra(more=b"\r\n\r\n"):
    """Bytes after what Content-Length announces."""
    return lambda reply: replace(reply, length=len(reply.body), body=reply.body + more)


def interim(reply):
    return Reply(raw=b"HTTP/1.1 100 Continue\r\n\r\n" + reply.wire())


def header(name, value):
    return lambda reply: replace(reply, headers=[*reply.headers, (name, value)])


def typed(type):
    return lambda reply: replace(reply, type=type)


def status(number):
    return lambda reply: replace(reply, status=number)


def encoded(charset, bom=b"", declare=None, type="text/xml"):
    """The same text in another charset."""
    def spoil(reply):
        text = reply.body.decode()
        if declare:
            text = text.replace('<?xml version="1.0"?>', f'<?xml version="1.0" encoding="{declare}"?>')
        return replace(reply, body=bom + text.encode(charset), type=type)

    return spoil


def gzipped(reply):
    return replace(reply, body=gzip.compress(reply.body), headers=[*reply.headers, ("Content-Encoding", "gzip")])


def bomb(before, text):
    """A document type with a text that grows a billion-fold, used in the element that begins with before."""
    levels = "".join(f'<!ENTITY l{n} "{"&l%d;" % (n - 1) * 10}">' for n in range(1, 10))
    return doctype(f'<!ENTITY l0 "{text}">{levels}', before, "&l9;")


def doctype(declarations, before=None, entity=None):
    def spoil(whole):
        text = whole.decode().replace('<?xml version="1.0"?>', f'<?xml version="1.0"?><!DOCTYPE x [{declarations}]>')
        if before:
            assert before in text
            text = text.replace(before, before + entity, 1)
        return text.encode()

    return body(spoil)


def fault_page(code, text="Error", status=500):
    """A fault in any status."""
    return envelope("<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
                    f'<UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>{code}</errorCode>'
                    f"<errorDescription>{text}</errorDescription></UPnPError></detail></s:Fault>")


# Answers to actions


def fails(code, text="Error", when=None, calls=None):
    """The action fails, always or when the arguments are so, or in these calls."""
    def handler(call):
        if (when is None or when(call)) and (calls is None or call.number in calls):
            raise Fault(code, text)

    return handler


def says(**out):
    """These out arguments instead of the true ones."""
    return lambda call: {**call.default(), **{"New" + name: value for name, value in out.items()}}
