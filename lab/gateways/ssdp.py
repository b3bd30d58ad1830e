"""SSDP: answers to M-SEARCH, by multicast and unicast, in time or late, once or often."""

import re
import socket
import struct
import threading
import time

from gateways.log import check_search

GROUP, PORT = "239.255.255.250", 1900


class Ssdp:
    """The responder of one gateway. Its fields are the script; the case sets them before anything is asked."""

    def __init__(self, gateway):
        self.gateway = gateway
        self.multicast = self.unicast = True
        self.delay = 0.02
        self.ignore = 0
        """So many searches are lost at first."""
        self.lost_for = 0
        """For so many seconds, from the first on, searches are lost."""
        self.only = None
        """A function from the ST asked for to whether it is answered."""
        self.says = lambda st: st
        """What the reply says as ST."""
        self.edit = None
        """A function from the reply in bytes to other bytes, or to a list of packets or of (packet, source address)."""
        self.port = PORT
        """The UDP port from which replies come."""
        self.silent = False
        self._sockets = []

    def start(self):
        for address in (GROUP, self.gateway.address):
            receiver = udp(address, PORT)
            if address == GROUP:
                member = struct.pack("4s4s", socket.inet_aton(GROUP), socket.inet_aton(self.gateway.address))
                receiver.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
            self._sockets.append(receiver)
            how = "multicast" if address == GROUP else "unicast"
            threading.Thread(target=self._receive, args=(receiver, how), daemon=True).start()
        self._sender = self._sockets[1] if self.port == PORT else udp(self.gateway.address, self.port)

    def targets(self):
        """Every ST of this gateway with its USN."""
        root = self.gateway.root
        found = {"upnp:rootdevice": f"uuid:{root.udn}::upnp:rootdevice"}
        for device in root.walk():
            found[f"uuid:{device.udn}"] = f"uuid:{device.udn}"
            for name in [device.type, *(service.type for service in device.services)]:
                found[name] = f"uuid:{device.udn}::{name}"
        return found

    def usn(self, st):
        """The USN, also for an older version of something that we are."""
        targets = self.targets()
        if st in targets:
            return targets[st]
        name, _, version = st.rpartition(":")
        for target, usn in targets.items():
            have = target.rpartition(":")
            if version.isdigit() and have[0] == name and have[2].isdigit() and int(have[2]) >= int(version):
                return usn.rpartition("::")[0] + "::" + st
        return None

    def reply(self, st, usn):
        return (f"HTTP/1.1 200 OK\r\nCACHE-CONTROL: max-age=120\r\nST: {self.says(st)}\r\nUSN: {usn}\r\nEXT:\r\n"
                f"SERVER: Linux UPnP/1.1 Odd/1.0\r\nLOCATION: {self.gateway.location}\r\n"
                "OPT: \"http://schemas.upnp.org/upnp/1/0/\"; ns=01\r\n01-NLS: 1\r\nBOOTID.UPNP.ORG: 1\r\n"
                "CONFIGID.UPNP.ORG: 1337\r\n\r\n").encode()

    def _receive(self, receiver, how):
        while True:
            try:
                data, asker = receiver.recvfrom(65536)
            except OSError:
                return
            text = data.decode("latin-1")
            st = re.search(r"^ST:\s*(.*?)\s*$", text, re.MULTILINE | re.IGNORECASE)
            st = st.group(1) if st else ""
            self.gateway.log.searches.append((time.monotonic(), how, st))
            check_search(text, self.gateway.log)
            if self.silent or not getattr(self, how):
                continue
            if time.monotonic() - self.gateway.log.searches[0][0] < self.lost_for:
                continue
            if self.ignore > 0:
                self.ignore -= 1
                continue
            threading.Thread(target=self._answer_or_say, args=(st, asker, text), daemon=True).start()

    def _answer_or_say(self, *search):
        try:
            self._answer(*search)
        except Exception as error:  # in the script of a case
            self.gateway.log.broken.append(f"{type(error).__name__}: {error}"[:300])

    def _answer(self, st, asker, text):
        packets = []
        for target, usn in self.targets().items() if st == "ssdp:all" else [(st, self.usn(st))]:
            if usn and (self.only is None or self.only(st)):
                reply = self.reply(target, usn)
                edited = self.edit(reply) if self.edit else reply
                packets += edited if isinstance(edited, list) else [edited]
        if packets:
            time.sleep(self.delay(text) if callable(self.delay) else self.delay)
        for packet in packets:
            self.send(packet, asker)

    def send(self, packet, asker):
        packet, source = packet if isinstance(packet, tuple) else (packet, None)
        try:
            if source:
                with udp(source, PORT) as other:
                    other.sendto(packet, asker)
            else:
                self._sender.sendto(packet, asker)
        except OSError:
            pass  # nobody listens there any more

    def stop(self):
        self.silent = True


def udp(address, port):
    one = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    one.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    one.bind((address, port))
    return one


def mx(text):
    """Waits as long as the search allows."""
    found = re.search(r"^MX:\s*(\d+)", text, re.MULTILINE | re.IGNORECASE)
    return min(int(found.group(1)), 5) - 0.05 if found else 1
