#!/usr/bin/python3
"""Passes requests on to a router's daemon: address_teller.py PORT DAEMON_ADDRESS DAEMON_PORT ADDRESS.

miniupnpd reports no external address at all where the WAN address is private or shared. Many routers report it as it
is, and so does this: where the daemon's answer has none, it gets ADDRESS.
"""

import socket
import socketserver
import sys

ELEMENT = b"<NewExternalIPAddress>%s</NewExternalIPAddress>"
SECONDS = 5


class Exchange(socketserver.StreamRequestHandler):
    """One request and its answer; the daemon closes the connection after each."""

    timeout = SECONDS
    daemon = told = None

    def handle(self):
        head, length = self.head(self.rfile)
        with socket.create_connection(self.daemon, SECONDS) as daemon, daemon.makefile("rb") as answers:
            daemon.sendall(head + self.rfile.read(length))
            head, length = self.head(answers)
            body = answers.read(length)
        told = body.replace(ELEMENT % b"", ELEMENT % self.told)
        head = head.replace(b"Content-Length: %d" % length, b"Content-Length: %d" % len(told))
        self.wfile.write(head + told)

    @staticmethod
    def head(stream):
        lines, length = [], 0
        for line in iter(stream.readline, b""):
            lines.append(line)
            name, _, value = line.partition(b":")
            if name.lower() == b"content-length":
                length = int(value)
            if not line.strip():
                break
        return b"".join(lines), length


def main(port, daemon_address, daemon_port, told):
    Exchange.daemon, Exchange.told = (daemon_address, int(daemon_port)), told.encode()
    socketserver.ThreadingTCPServer.allow_reuse_address = True
    socketserver.ThreadingTCPServer(("", int(port)), Exchange).serve_forever()


main(*sys.argv[1:])
