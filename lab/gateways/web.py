"""HTTP by hand: a reply is bytes and pauses, so that it can be as wrong as a real router's, and worse."""

import select
import socket
import struct
import threading
import time
from dataclasses import dataclass, field

LARGEST_REQUEST = 1 << 20
SECONDS_OF_LIFE = 60
"""No connection outlives a case."""
XML = 'text/xml; charset="utf-8"'
HTML = "text/html"
REASONS = {
    200: "OK",
    301: "Moved Permanently",
    302: "Found",
    303: "See Other",
    307: "Temporary Redirect",
    400: "Bad Request",
    401: "Unauthorized",
    403: "Forbidden",
    404: "Not Found",
    405: "Method Not Allowed",
    412: "Precondition Failed",
    500: "Internal Server Error",
    501: "Not Implemented",
    503: "Service Unavailable",
}


@dataclass
class Request:
    method: str
    target: str
    headers: list
    body: bytes
    connection: int
    at: float = field(default_factory=time.monotonic)
    step: str = ""
    """What was asked for: description, scpd, or the name of an action."""
    outcome: str = ""

    def header(self, name):
        return next((value for key, value in self.headers if key.lower() == name.lower()), None)


@dataclass
class Reply:
    body: bytes = b""
    status: int = 200
    type: str = XML
    version: str = "HTTP/1.1"
    headers: list = field(default_factory=list)
    length: object = "true"
    """What Content-Length says: "true", None for no such header, or any text."""
    keep: bool = False
    """Whether the connection stays open and Connection: close is not said."""
    ending: str = "close"
    """close, reset, or hold until the client goes away."""
    pieces: object = None
    """A function from the whole reply in bytes to an iterable of bytes to send and seconds to wait."""
    raw: bytes = None
    """All that is sent, head included, instead of the above."""

    def wire(self):
        if self.raw is not None:
            return self.raw
        lines = [f"{self.version} {self.status} {REASONS.get(self.status, 'Whatever')}"]
        if self.type:
            lines.append(f"Content-Type: {self.type}")
        if self.length is not None:
            lines.append(f"Content-Length: {len(self.body) if self.length == 'true' else self.length}")
        if not self.keep:
            lines.append("Connection: close")
        lines += ["Server: Linux UPnP/1.0 Odd/1.0", "Ext:", *(f"{name}: {value}" for name, value in self.headers)]
        return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + self.body


class Gone(Exception):
    """The client closed the connection."""


class WebServer:
    """Serves one address and port with a function from Request to Reply, and counts what overlaps."""

    def __init__(self, address, port, respond, log):
        self.respond, self.log, self.port = respond, log, port
        self.listener = listen(address, port)
        self._connections, self._lock = 0, threading.Lock()
        self.open = set()
        threading.Thread(target=self._accept, daemon=True).start()

    def stop(self, reset_open=False):
        """No further connection is accepted; they are refused."""
        self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        if reset_open:
            for connection in list(self.open):
                finish(connection, "reset")

    def _accept(self):
        while True:
            try:
                connection, _ = self.listener.accept()
            except OSError:
                return
            with self._lock:
                self._connections += 1
                number = self._connections
            threading.Thread(target=self._serve, args=(connection, number), daemon=True).start()

    def _serve(self, connection, number):
        self.open.add(connection)
        connection.settimeout(SECONDS_OF_LIFE)
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 32 << 10)
        ending = "close"
        try:
            rest, reply = b"", None
            while reply is None or reply.keep:
                request, rest = read_request(connection, rest, number)
                if request is None:
                    break
                self.log.begin(request, connection)
                try:
                    reply = self.respond(request)
                    ending = reply.ending
                    self._send(connection, request, reply)
                finally:
                    self.log.end(request)
        except (OSError, Gone):
            pass
        except Exception as error:  # in the script of a case, which then shows nothing
            self.log.broken.append(f"{type(error).__name__}: {error}"[:300])
        finally:
            self.open.discard(connection)
            finish(connection, ending)

    def _send(self, connection, request, reply):
        whole = reply.wire()
        if reply.pieces is None:
            if reply.ending != "hold":
                self.log.end(request)
            self.log.sent(request, len(whole))
            connection.sendall(whole)
        else:
            for piece in reply.pieces(whole):
                if isinstance(piece, (int, float)):
                    wait_or_gone(connection, piece)
                else:
                    connection.sendall(piece)
                    self.log.sent(request, len(piece))
        if reply.ending == "hold":
            wait_or_gone(connection, SECONDS_OF_LIFE)


def listen(address, port):
    listener = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((address, port))
    listener.listen(64)
    return listener


def read_request(connection, rest, number):
    while b"\r\n\r\n" not in rest:
        more = connection.recv(65536)
        if not more or len(rest) > LARGEST_REQUEST:
            return None, rest
        rest += more
    head, rest = rest.split(b"\r\n\r\n", 1)
    first, *lines = head.decode("latin-1").split("\r\n")
    method, target, *_ = (first + "  ").split(" ")
    headers = [(name.strip(), value.strip()) for name, _, value in (line.partition(":") for line in lines)]
    request = Request(method, target, headers, b"", number)
    length = request.header("Content-Length") or "0"
    while length.isdigit() and len(rest) < min(int(length), LARGEST_REQUEST):
        more = connection.recv(65536)
        if not more:
            return None, rest
        rest += more
    size = int(length) if length.isdigit() else 0
    request.body = rest[:size]
    return request, rest[size:]


def gone(connection):
    """Whether the client has closed its side."""
    try:
        poll = select.poll()
        poll.register(connection, select.POLLRDHUP)
        return bool(poll.poll(0))
    except (OSError, ValueError):
        return True


def wait_or_gone(connection, seconds):
    poll = select.poll()
    poll.register(connection, select.POLLRDHUP)
    if poll.poll(seconds * 1000):
        raise Gone


def finish(connection, ending):
    try:
        if ending == "reset":
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        else:
            connection.shutdown(socket.SHUT_RDWR)
    except OSError:
        pass
    connection.close()
