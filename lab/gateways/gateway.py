"""A gateway that works, and the hooks by which a case makes it misbehave."""

import threading
from dataclasses import dataclass
from html import escape

from gateways import HOST, ROUTER
from gateways.device import ACTIONS, ACTIONS_2, Row, description, scpd, tree
from gateways.log import Log, check_call, check_request
from gateways.ssdp import Ssdp
from gateways.web import Reply, Request, WebServer

LONGEST_LEASE = 604800


@dataclass
class Fault(Exception):
    code: object
    text: str = "Error"


@dataclass
class Call:
    """One SOAP call, with what the gateway would do by itself."""

    name: str
    arguments: dict
    service: object
    gateway: object
    request: Request
    number: int
    """The how manyth call of this action it is, from 1."""

    def __getitem__(self, name):
        return self.arguments.get(name, "")

    @property
    def port(self):
        return int(self["NewExternalPort"])

    @property
    def lease(self):
        return int(self["NewLeaseDuration"])

    def default(self):
        return getattr(self.gateway, "_" + self.name)(self)


class Gateway:
    """Healthy by itself. A case changes its fields, answers actions by on(), and spoils replies by alter()."""

    def __init__(self, home, address=ROUTER, port=5000, version=1, kinds=("WANIPConnection",), udn="0dd00000"):
        self.home, self.address, self.port, self.version = home, address, port, version
        self.root = tree(version, kinds, udn=udn)
        self.url_base = None
        self.path = "/rootDesc.xml"
        self.location = f"http://{address}:{port}{self.path}"
        self.ssdp, self.log = Ssdp(self), Log()
        self.secure = False
        self.dead = False
        self.keep = False
        """Whether connections are kept alive."""
        self._handlers, self._alterations, self._counts = {}, {}, {}
        self._table = threading.RLock()
        self.ports = []
        """Further ports that serve the same."""
        self.servers = []

    # The script

    def on(self, action, handler):
        """handler(call) answers: a dict of out arguments, a Reply, a raised or returned Fault, or None to pass."""
        self._handlers.setdefault(action, []).append(handler)

    def alter(self, step, change, only=None):
        """change(reply) spoils what is sent. step: description, scpd, soap, any or an action. only: call numbers."""

        self._alterations.setdefault(step, []).append((change, only))

    def connection(self, number=0):
        return [service for device in self.root.walk() for service in device.services if service.connects][number]

    @property
    def services(self):
        return [service for device in self.root.walk() for service in device.services]

    @property
    def rows(self):
        return [row for service in self.services for row in service.rows]

    def foreign(self, external, client="192.168.77.33", internal=3074, protocol="TCP", description="Xbox", **more):
        row = Row(protocol, external, client, internal, description, foreign=True, **more)
        self.connection().rows.append(row)
        return row

    def die(self, silent=False):
        """No more answers: connections are refused, or open into silence."""
        self.dead = True
        self.ssdp.stop()
        if not silent:
            for server in self.servers:
                server.stop()

    def revive(self):
        self.dead, self.ssdp.silent = False, False
        for server in list(self.servers):
            if server.listener.fileno() < 0:
                self.servers.remove(server)
                self.listen(server.port)

    # Life

    def start(self):
        self.ssdp.start()
        for port in [self.port, *self.ports]:
            self.listen(port)

    def listen(self, port):
        self.servers.append(WebServer(self.address, port, self.respond, self.log))

    def respond(self, request):
        if self.dead:
            request.step = "dead"
            return Reply(raw=b"", ending="hold")
        reply, step, kind = self._answer(request)
        request.step = request.step or step
        number = self._counts[step] = self._counts.get(step, 0) + (kind != "soap")
        if self.keep:
            reply.keep = True
        for name in (step, kind, "any"):
            for change, only in self._alterations.get(name, []) if name else []:
                if only is None or self._counts[step] in only:
                    reply = change(reply)
        request.outcome = request.outcome or f"{reply.status}"
        return reply

    def _answer(self, request):
        check_request(request, self, self.log)
        if request.method == "GET":
            if request.target == self.path:
                request.step = "description"
                return Reply(self.describe()), "description", ""
            for service in self.services:
                if request.target == service.scpd:
                    request.step = "scpd"
                    return Reply(scpd(self.actions(service))), "scpd", ""
        for service in self.services:
            if request.method == "POST" and request.target == service.control:
                return self._call(request, service)
        request.step = "unknown"
        return Reply(b"<html><body>Not found</body></html>", 404, "text/html"), "unknown", ""

    def describe(self):
        return description(self.root, self.url_base)

    def actions(self, service):
        if not service.connects:
            return {"GetCommonLinkProperties": ([], ["NewWANAccessType"])}
        return ACTIONS | ACTIONS_2 if service.type.endswith("IPConnection:2") else ACTIONS

    # SOAP

    def _call(self, request, service):
        name, arguments = check_call(request, self.log)
        request.step = name or "soap"
        with self._table:
            number = self._counts[name] = self._counts.get(name, 0) + 1
            call = Call(name, arguments, service, self, request, number)
            try:
                answer = self._handle(call)
                if isinstance(answer, Fault):
                    raise answer
            except Fault as fault:
                request.outcome = f"fault {fault.code} {brief(arguments)}"
                return fault_reply(fault), name, "soap"
        request.outcome = f"{'reply' if isinstance(answer, Reply) else 'ok'} {brief(arguments)}"
        return (answer if isinstance(answer, Reply) else soap_reply(service.type, name, answer)), name, "soap"

    def _handle(self, call):
        if call.service.type != (call.request.header("SOAPAction") or "").strip('"').partition("#")[0]:
            raise Fault(401, "Invalid Action")
        for handler in self._handlers.get(call.name, []):
            answer = handler(call)
            if answer is not None:
                return answer
        if call.name not in self.actions(call.service) or not hasattr(self, f"_{call.name}"):
            raise Fault(401, "Invalid Action")
        return call.default()

    def _GetConnectionTypeInfo(self, call):
        return {"NewConnectionType": "IP_Routed", "NewPossibleConnectionTypes": "IP_Routed"}

    def _GetStatusInfo(self, call):
        return {"NewConnectionStatus": call.service.status, "NewLastConnectionError": "ERROR_NONE", "NewUptime": "4711"}

    def _GetNATRSIPStatus(self, call):
        return {"NewRSIPAvailable": "0", "NewNATEnabled": "1"}

    def _GetExternalIPAddress(self, call):
        return {"NewExternalIPAddress": call.service.external}

    def _GetCommonLinkProperties(self, call):
        return {"NewWANAccessType": "Ethernet"}

    def _AddPortMapping(self, call):
        if self.secure and call["NewInternalClient"] != HOST:
            raise Fault(718, "ConflictInMappingEntry")
        try:
            row = row_of(call)
        except ValueError:
            raise Fault(402, "Invalid Args") from None
        if row.external == 0:
            raise Fault(716, "WildCardNotPermittedInExtPort")
        held = self.find(call.service, row.remote, row.external, row.protocol)
        if held and (held.client, held.internal) != (row.client, row.internal):
            raise Fault(718, "ConflictInMappingEntry")
        self.store(call.service, row)
        return {}

    def _AddAnyPortMapping(self, call):
        port = call.port
        while self.find(call.service, "", port, call["NewProtocol"]):
            port += 1
        call.arguments["NewExternalPort"] = str(port)
        self._AddPortMapping(call)
        return {"NewReservedPort": str(port)}

    def _DeletePortMapping(self, call):
        row = self.find(call.service, call["NewRemoteHost"], call.port, call["NewProtocol"])
        if not row:
            raise Fault(714, "NoSuchEntryInArray")
        call.service.rows.remove(row)
        return {}

    def _GetSpecificPortMappingEntry(self, call):
        row = self.find(call.service, call["NewRemoteHost"], call.port, call["NewProtocol"])
        if not row:
            raise Fault(714, "NoSuchEntryInArray")
        return fields(
            row, "NewInternalPort", "NewInternalClient", "NewEnabled", "NewPortMappingDescription", "NewLeaseDuration"
        )

    def _GetGenericPortMappingEntry(self, call):
        index = int(call["NewPortMappingIndex"])
        if index >= len(call.service.rows):
            raise Fault(713, "SpecifiedArrayIndexInvalid")
        return fields(call.service.rows[index])

    # The table

    def find(self, service, remote, external, protocol):
        return next((row for row in service.rows
                     if (row.remote, row.external, row.protocol) == (remote, external, protocol)), None)

    def store(self, service, row):
        old = self.find(service, row.remote, row.external, row.protocol)
        if old:
            service.rows.remove(old)
        service.rows.append(row)


def row_of(call):
    return Row(call["NewProtocol"], int(call["NewExternalPort"]), call["NewInternalClient"], int(call["NewInternalPort"]),
               call["NewPortMappingDescription"], int(call["NewLeaseDuration"]), call["NewEnabled"] in ("1", "true"),
               call["NewRemoteHost"])


def fields(row, *names):
    """A row as out arguments, all or these."""
    everything = {"NewRemoteHost": row.remote, "NewExternalPort": row.external, "NewProtocol": row.protocol,
                  "NewInternalPort": row.internal, "NewInternalClient": row.client, "NewEnabled": int(row.enabled),
                  "NewPortMappingDescription": row.description, "NewLeaseDuration": row.lease}
    return {name: str(everything[name]) for name in names or everything}


def envelope(inner):
    return ('<?xml version="1.0"?>\n<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/" '
            f's:encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"><s:Body>{inner}</s:Body></s:Envelope>\n').encode()


def soap_reply(type, name, out):
    arguments = "".join(f"<{key}>{escape(str(value), quote=False)}</{key}>" for key, value in out.items())
    return Reply(envelope(f'<u:{name}Response xmlns:u="{type}">{arguments}</u:{name}Response>'))


def fault_reply(fault):
    return Reply(envelope(
        "<s:Fault><faultcode>s:Client</faultcode><faultstring>UPnPError</faultstring><detail>"
        f'<UPnPError xmlns="urn:schemas-upnp-org:control-1-0"><errorCode>{fault.code}</errorCode>'
        f"<errorDescription>{fault.text}</errorDescription></UPnPError></detail></s:Fault>"), 500)


def brief(arguments):
    """The arguments of a call in few words."""
    short = {"NewExternalPort": "ext", "NewInternalPort": "int", "NewInternalClient": "client", "NewLeaseDuration": "lease",
             "NewRemoteHost": "remote", "NewPortMappingIndex": "index", "NewPortMappingDescription": "desc"}
    return " ".join(f"{short[name]}={value}" for name, value in arguments.items() if name in short)
