"""A home: outside, what stands before it, routers, a LAN switch, a host on which Porthole runs, and cameras.

A Home says what is to be built, a LiveHome is the built one.
"""

import contextlib
import secrets
import zlib
from dataclasses import dataclass
from pathlib import Path

from laboratory import LAB, PYTHON
from laboratory.net import Machine, connect, connect_by_cable
from laboratory.router import ISP6, LAN6, ROUTER6, WAN6, LiveRouter, Router
from laboratory.upstream import LiveUpstream, Upstream

LAN = "192.168.69."
HOST_ADDRESS = LAN + "10"
NEIGHBOUR_ADDRESS = LAN + "66"
"""Some other machine of the household, on whose behalf foreign mappings are made. Nobody is there."""
OUTSIDE_ADDRESS = "44.128.0.10"
"""An address of the outside that does not belong to any router's link; 44.128.0.0/16 is our Internet."""
OUTSIDE_ADDRESS6 = "2a00:44::10"
"""The same of IPv6, in homes that have it; 2a00:44::/32 is our Internet there."""
STUN = f"{OUTSIDE_ADDRESS}:3478"
AGENT = f"{OUTSIDE_ADDRESS}:8443"
USER = "admin"


@dataclass(frozen=True)
class Camera:
    name: str
    address: str
    default_route: bool = True
    """Without one it answers on the LAN only."""
    serving: bool = True
    """Whether its servers run: a camera without refuses every connection."""
    present: bool = True
    """A camera that is not there is a name and an address; nobody answers to it."""
    shows: str = ""
    """The name that its page shows, if not its own."""

    @property
    def address6(self):
        """Its address where the home has IPv6."""
        return LAN6 + self.address.rsplit(".", 1)[1]


FRONT = Camera("front-door", LAN + "110")
YARD = Camera("back-yard", LAN + "111")
TWIN = Camera("twin", LAN + "112", shows=FRONT.name)
"""A camera of the same model as FRONT, named alike; only its realm and its certificate tell them apart."""


@dataclass(frozen=True)
class Home:
    """What to build. A second router shares the LAN, but nobody's default route leads to it.

    Watched homes have two observers outside: coturn as STUN server and Porthole's own probe agent.
    """

    router: Router = Router()
    second: Router | None = None
    cameras: tuple[Camera, ...] = (FRONT,)
    upstream: Upstream | None = None
    watched: bool = False


class LiveHome:
    """A home that is up, until stop(). Its routers are verbose, or as fast as they can be.

    The probe agent is the command line's own; a stand-in has none, and is given as None.
    """

    def __init__(self, home, directory, verbose, command_line=None):
        self.plan, self.directory, self._verbose, self._command_line = home, Path(directory), verbose, command_line
        self.password, self.agent_token = secrets.token_urlsafe(12), secrets.token_urlsafe(32)
        self.password_file = self.keep_secret("camera-password", self.password)
        self.agent_token_file = self.keep_secret("agent-token", self.agent_token)
        self.camera = home.cameras[0]
        self.agent = f"[{OUTSIDE_ADDRESS6}]:8443" if home.router.ipv6 else AGENT
        self.machines, self._cleaning = [], contextlib.ExitStack()
        try:
            self._build(home)
        except BaseException:
            self.stop()
            raise

    def _build(self, home):
        self.outside, self._switch, self.host = self._machine("outside"), self._machine("switch"), self._machine("lan")
        self.outside.ip(f"addr add {OUTSIDE_ADDRESS}/32 dev lo")
        if home.router.ipv6:
            self.outside.ip(f"addr add {OUTSIDE_ADDRESS6}/128 dev lo")
        if home.watched:
            self._begin_observers()
        self._switch.ip("link add bridge type bridge mcast_snooping 0", "link set bridge up")
        self.cameras = {camera.name: self._camera(camera) for camera in home.cameras if camera.present}
        self.upstream = None
        self.router = self._router("router", home.router, LAN + "1", home.upstream)
        self.second = self._router("router2", home.second, LAN + "2") if home.second else None
        self._join_lan(self.host, HOST_ADDRESS, gateway=True)
        for machine in (self.outside, *self.cameras.values()):
            machine.ready()

    def _begin_observers(self):
        address, port = STUN.split(":")
        self.outside.begin("stun", "turnserver", "-n", "--stun-only", "--no-tls", "--no-dtls", "--no-cli", "--log-file",
                           "stdout", "--simple-log", "--pidfile", self.directory / "turnserver.pid", "--userdb",
                           self.directory / "turnserver.db", "--listening-ip", address, "--listening-port", port,
                           ports=(f"udp:{port}",))
        if self._command_line:
            self.outside.begin("agent", self._command_line, "agent", "--listen", self.agent, "--plain",
                               "--token-file", self.agent_token_file, ports=("tcp:8443",))

    def _camera(self, camera):
        machine = self._machine(camera.name)
        self._join_lan(machine, camera.address, camera.default_route)
        if camera.serving:
            self.serve(camera, machine)
        return machine

    def serve(self, camera, machine):
        """Begins a camera's servers on a machine."""
        serial = f"{zlib.crc32(camera.name.encode()):08X}"
        machine.begin("camera", PYTHON, LAB / "devices/camera.py", camera.shows or camera.name, serial, USER,
                      self.password_file, "::" if machine.ipv6 else "0.0.0.0", ports=("tcp:80", "tcp:443", "tcp:554"))

    def _put_upstream(self, plan, router_plan, router):
        """Puts a machine between outside and a router. Unless it translates, outside knows the way to the router."""
        machine = self._machine("upstream")
        connect(self.outside, "to-upstream", machine, "wan")
        connect(machine, "home", router, "wan")
        self.outside.ip(f"addr add {plan.provider_address}/24 dev to-upstream")
        if not plan.nat:
            self.outside.ip(f"route add {router_plan.wan_network} via {plan.wan_address}")
        return LiveUpstream(machine, plan, f"{router_plan.isp_address}/{router_plan.wan_prefix}")

    def _router(self, name, plan, address, upstream=None):
        machine = self._machine(name)
        link = f"to-{name}"
        if upstream:
            self.upstream = self._put_upstream(upstream, plan, machine)
        else:
            connect(self.outside, link, machine, "wan")
            self.outside.ip(f"addr add {plan.isp_address}/{plan.wan_prefix} dev {link}")
        if plan.ipv6:
            self.outside.ip(f"addr add {ISP6}/64 dev {link}", f"route add {LAN6}/64 via {WAN6.split('/')[0]}")
        if plan.delay_ms or plan.loss_percent:
            connect_by_cable(self._machine(f"{name}-cable"), self._switch, link, machine, "lan", plan.delay_ms,
                             plan.loss_percent)
        else:
            connect(self._switch, link, machine, "lan")
        self._switch.ip(f"link set {link} master bridge")
        return LiveRouter(machine, plan, address, self._verbose)

    def _join_lan(self, machine, address, gateway):
        port = f"to-{machine.name}"
        connect(self._switch, port, machine, "eth0")
        self._switch.ip(f"link set {port} master bridge")
        machine.ip(f"addr add {address}/24 brd + dev eth0", *([f"route add default via {LAN}1"] if gateway else []))
        if machine.ipv6:
            machine.ip(f"addr add {LAN6}{address.rsplit('.', 1)[1]}/64 dev eth0",
                       *([f"route add default via {ROUTER6} dev eth0"] if gateway else []))

    def _machine(self, name):
        machine = Machine(name, self.directory, self.plan.router.ipv6)
        self.machines.append(name)
        self._cleaning.callback(machine.stop)
        return machine

    def keep_secret(self, name, secret):
        """A file with a secret of this run, for the eyes of the command line only."""
        file = self.directory / name
        file.write_text(secret + "\n")
        file.chmod(0o600)
        return file

    def stop(self):
        self._cleaning.close()

    def environment(self):
        """What a command that runs in this home may want to know."""
        return {
            "PORTHOLE_LAB_ROUTER": self.router.address,
            "PORTHOLE_LAB_ROUTER_DESCRIPTION": self.router.description_url,
            "PORTHOLE_LAB_EXTERNAL": self.router.plan.external_address,
            "PORTHOLE_LAB_HOST": HOST_ADDRESS,
            "PORTHOLE_LAB_CAMERA": self.camera.address,
            "PORTHOLE_LAB_CAMERAS": " ".join(camera.address for camera in self.plan.cameras),
            "PORTHOLE_LAB_CAMERA_USER": USER,
            "PORTHOLE_LAB_CAMERA_PASSWORD_FILE": str(self.password_file),
            "PORTHOLE_LAB_OUTSIDE": OUTSIDE_ADDRESS,
            "PORTHOLE_LAB_IN_OUTSIDE": "ip netns exec outside",
            **({"PORTHOLE_LAB_STUN": STUN, "PORTHOLE_LAB_AGENT": f"http://{self.agent}",
                "PORTHOLE_LAB_AGENT_TOKEN_FILE": str(self.agent_token_file)} if self.plan.watched else {}),
        }
