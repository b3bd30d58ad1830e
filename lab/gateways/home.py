"""One LAN for one case: a machine that plays the router and all its neighbours, and the machine of the command line.

The process of a case lives on the router machine, so its sockets are the gateway's. A sniffer on the wire sees with whom
the command line tries to talk, also where nobody answers.
"""

import ctypes
import socket
import struct
import threading

from gateways import CAMERA, HOST, NEIGHBOUR, ROUTER, STRANGER
from gateways.gateway import Gateway
from gateways.ssdp import GROUP, udp
from gateways.web import Reply, WebServer
from gateways.log import Log
from laboratory.net import Machine, connect

CLONE_NEWNET = 0x40000000
SO_ATTACH_FILTER = 26
ETH_P_ALL = 3
TCP, UDP = 6, 17
_libc = ctypes.CDLL(None, use_errno=True)

FIRST_PACKETS = [  # IPv4, and of it UDP, or TCP with SYN and without ACK
    (0x28, 0, 0, 12), (0x15, 0, 8, 0x800), (0x30, 0, 0, 23), (0x15, 5, 0, UDP), (0x15, 0, 5, TCP),
    (0xB1, 0, 0, 14), (0x50, 0, 0, 27), (0x54, 0, 0, 0x12), (0x15, 0, 1, 0x02), (0x06, 0, 0, 0xFFFF), (0x06, 0, 0, 0)]


class Home:
    def __init__(self, slot, directory):
        self.directory = directory
        self.router, self.host = Machine(f"router{slot}", directory), Machine(f"lan{slot}", directory)
        connect(self.host, "eth0", self.router, "lan0")
        self.router.ip(f"addr add {ROUTER}/24 brd + dev lan0", f"addr add {STRANGER}/32 dev lo",
                       *(f"addr add {address}/24 dev lan0" for address in (CAMERA, NEIGHBOUR)))
        self.host.sysctl("net.ipv6.conf.lo.disable_ipv6=0")
        self.host.ip(f"addr add {HOST}/24 brd + dev eth0", f"route add default via {ROUTER}")
        self.gateways, self.decoys, self.talks, self.names = [], [], set(), []
        self.acceptable = set()
        """Addresses with which one may talk besides the gateways."""
        enter(self.host.name)
        self._sniff("lo", None)
        enter(self.router.name)
        self._sniff("lan0", FIRST_PACKETS)
        self.gateway = self.add(ROUTER)

    def add(self, address, **options):
        """Another gateway on this LAN."""
        if address != ROUTER:
            self.address(address)
        self.gateways.append(Gateway(self, address, **options))
        return self.gateways[-1]

    def address(self, address):
        self.router.ip(f"addr add {address}/24 dev lan0")

    def start(self):
        for gateway in self.gateways:
            gateway.start()
        for address in (NEIGHBOUR, STRANGER):
            self._decoy(address)
        for port in (80, 554):
            WebServer(
                CAMERA, port, lambda request: Reply(b"", 401, headers=[("WWW-Authenticate", 'Digest realm="camera"')]), Log()
            )
        threading.Thread(target=self._name_server, args=(udp(ROUTER, 53),), daemon=True).start()

    def _decoy(self, address):
        """A healthy gateway that nobody may use: its replies are not even announced."""
        decoy = Gateway(self, address)
        decoy.listen(decoy.port)
        decoy.listen(80)
        self.decoys.append(decoy)

    def _name_server(self, server):
        """Every name is the neighbour's. Asking is a mistake already: whoever controls a reply would control the answer."""
        while True:
            question, asker = server.recvfrom(4096)
            end = question.find(b"\0", 12) + 5
            labels, at = [], 12
            while question[at]:
                labels.append(question[at + 1:at + 1 + question[at]].decode("latin-1"))
                at += 1 + question[at]
            self.names.append(".".join(labels))
            kind = struct.unpack("!H", question[end - 4:end - 2])[0]
            found = kind == 1
            answer = question[:2] + struct.pack("!HHHHH", 0x8180 if found else 0x8183, 1, found, 0, 0) + question[12:end]
            if found:
                answer += b"\xc0\x0c" + struct.pack("!HHIH", 1, 1, 5, 4) + socket.inet_aton(NEIGHBOUR)
            server.sendto(answer, asker)

    # With whom the command line talks

    def _sniff(self, interface, program):
        sniffer = socket.socket(socket.AF_PACKET, socket.SOCK_RAW, socket.htons(ETH_P_ALL))
        if program:
            code = ctypes.create_string_buffer(b"".join(struct.pack("HBBI", *step) for step in program))
            sniffer.setsockopt(socket.SOL_SOCKET, SO_ATTACH_FILTER, struct.pack("HL", len(program), ctypes.addressof(code)))
        sniffer.bind((interface, ETH_P_ALL))
        threading.Thread(target=self._listen_in, args=(sniffer,), daemon=True).start()

    def _listen_in(self, sniffer):
        while True:
            frame, (_, protocol, kind, *_) = sniffer.recvfrom(2048)
            if kind == socket.PACKET_OUTGOING or len(frame) < 38:
                continue
            if protocol == 0x800:
                network, size, destination = frame[23], (frame[14] & 15) * 4, socket.inet_ntoa(frame[30:34])
                source = socket.inet_ntoa(frame[26:30])
            elif protocol == 0x86DD:
                network, size, destination = frame[20], 40, socket.inet_ntop(socket.AF_INET6, frame[38:54])
                source = HOST
            else:
                continue
            if source not in (HOST, "127.0.0.1"):
                continue
            transport = frame[14 + size:]
            if network == UDP:
                self.talks.add(("udp", destination, struct.unpack("!H", transport[2:4])[0]))
            elif network == TCP and transport[13] & 0x12 == 2:
                self.talks.add(("tcp", destination, struct.unpack("!H", transport[2:4])[0]))

    def improper_talks(self):
        """Whom the command line addressed besides the gateways, the camera and the group of SSDP."""
        ours = {gateway.address for gateway in self.gateways} | self.acceptable

        def proper(kind, address, port):
            if kind == "tcp":
                return address in ours or address == CAMERA
            return (address == GROUP and port == 1900) or (address in ours and port in (1900, 5351))

        bad = [f"{kind} {address}:{port}" for kind, address, port in sorted(self.talks)
               if not proper(kind, address, port) and not (kind == "udp" and port == 53)]
        return bad + [f"name look-up of {name}" for name in sorted(set(self.names))]


def enter(machine):
    """Moves this thread, and those that it starts, to a machine."""
    with open(f"/run/netns/{machine}") as namespace:
        if _libc.setns(namespace.fileno(), CLONE_NEWNET) != 0:
            raise OSError(ctypes.get_errno(), f"cannot enter {machine}")
