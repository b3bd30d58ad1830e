"""What a gateway saw: every request, how many at a time, and what was improper about them."""

import re
import threading
import time
import xml.etree.ElementTree as ElementTree

from gateways.device import ACTIONS, ACTIONS_2
from gateways.web import gone

DANGEROUS = {"GetListOfPortMappings", "DeletePortMappingRange"}
"""They kill miniupnpd where the table is long."""
LONGEST_DESCRIPTION = 64
"""miniupnpd cuts there; others refuse."""


class Log:
    def __init__(self):
        self._lock = threading.Lock()
        self._began = time.monotonic()
        self._open = {}
        self.requests, self.searches = [], []
        self.improper, self.overlaps = [], []
        self.broken = []
        """What was wrong with the script of the gateway itself."""
        self.most_sent = 0
        self._sent = {}

    def begin(self, request, connection):
        with self._lock:
            others = [other for other, (_, socket) in self._open.items() if not gone(socket)]
            if others:
                self.overlaps.append(f"{request.method} {request.target} during {self._open[others[0]][0].step}")
            self._open[id(request)] = (request, connection)
            self.requests.append(request)

    def end(self, request):
        with self._lock:
            self._open.pop(id(request), None)

    def sent(self, request, size):
        with self._lock:
            self._sent[id(request)] = self._sent.get(id(request), 0) + size
            self.most_sent = max(self.most_sent, self._sent[id(request)])

    def complain(self, text):
        if text not in self.improper:
            self.improper.append(text)

    def steps(self):
        return [request.step for request in self.requests]

    def count(self, step):
        return self.steps().count(step)

    def lines(self):
        """The log as a person reads it."""
        events = [(at, f"M-SEARCH {how} {target}") for at, how, target in self.searches]
        events += [(r.at, f"{r.method} {r.target} [{r.step}] #{r.connection} {r.outcome}") for r in self.requests]
        return [f"{at - self._began:7.3f} {text}" for at, text in sorted(events)]


def check_search(text, log):
    """UPnP Device Architecture 1.1, section 1.3.2."""
    first, *lines = text.split("\r\n")
    headers = {name.strip().upper(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    if first != "M-SEARCH * HTTP/1.1" or not text.endswith("\r\n\r\n"):
        log.complain(f"M-SEARCH begins or ends badly: {text!r}")
    if headers.get("MAN") != '"ssdp:discover"' or not headers.get("ST") or "HOST" not in headers:
        log.complain(f"M-SEARCH without a proper MAN, ST or HOST: {text!r}")
    if headers.get("MX") and not re.fullmatch("[1-5]", headers["MX"]):
        log.complain(f"M-SEARCH with MX {headers['MX']}")


def check_request(request, gateway, log):
    def complain(text):
        log.complain(f"{request.step or request.target}: {text}")

    ports = [gateway.port, *gateway.ports]
    if request.header("Host") not in [f"{gateway.address}:{port}" for port in ports] + [gateway.address] * (80 in ports):
        complain(f"Host is {request.header('Host')}")
    for name in ("Expect", "Transfer-Encoding", "Authorization", "Cookie", "Referer"):
        if request.header(name) is not None:
            complain(f"header {name}: {request.header(name)}")
    if "gzip" in (request.header("Accept-Encoding") or ""):
        complain("asks for compression")
    if "#" in request.target or "://" in request.target:
        complain(f"request target {request.target}")


def check_call(request, log):
    """Some routers refuse other spellings of what the specification leaves open; see facts on HTTP and SOAP quirks."""
    def complain(text):
        log.complain(f"{request.step}: {text}")

    names = [name for name, _ in request.headers if name.lower() == "soapaction"]
    if names != ["SOAPAction"]:
        complain(f"header {names}, some take SOAPAction only")
    action = request.header("SOAPAction") or ""
    if not re.fullmatch('"[^"#]+#[A-Za-z]+"', action):
        complain(f"SOAPAction {action} is not quoted")
    if "text/xml" not in (request.header("Content-Type") or ""):
        complain(f"Content-Type {request.header('Content-Type')}")
    if re.search(rb">\s+<", re.sub(rb"^<\?xml[^>]*>\s*", b"", request.body)):
        complain("white space between tags")
    try:
        call = ElementTree.fromstring(request.body)[0][0]
    except (ElementTree.ParseError, IndexError) as error:
        complain(f"not a SOAP body: {error}")
        return None, {}
    name = call.tag.split("}")[-1]
    if not re.search(rf"<\w+:{name}[ >]".encode(), request.body):
        complain("no prefix on the action")
    if action.strip('"') != call.tag.lstrip("{").replace("}", "#"):
        complain(f"the header says {action}, the body {call.tag}")
    arguments = {argument.tag: argument.text or "" for argument in call}
    expected = (ACTIONS | ACTIONS_2).get(name)
    if expected and list(arguments) != expected[0]:
        complain(f"arguments {list(arguments)} instead of {expected[0]}")
    if "AddPortMapping" in name or "AddAny" in name:
        _check_add(arguments, complain)
    return name, arguments


def _check_add(arguments, complain):
    if arguments.get("NewProtocol") not in ("TCP", "UDP"):
        complain(f"NewProtocol {arguments.get('NewProtocol')}")
    if arguments.get("NewEnabled") not in ("1", "true"):
        complain(f"NewEnabled {arguments.get('NewEnabled')}")
    for name in ("NewExternalPort", "NewInternalPort"):
        if not re.fullmatch("[1-9][0-9]{0,4}", arguments.get(name, "")):
            complain(f"{name} {arguments.get(name)}")
    if not re.fullmatch("[0-9]{1,10}", arguments.get("NewLeaseDuration", "")):
        complain(f"NewLeaseDuration {arguments.get('NewLeaseDuration')}")
    if len(arguments.get("NewPortMappingDescription", "")) > LONGEST_DESCRIPTION:
        complain("a description longer than 64 characters")
