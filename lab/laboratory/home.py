"""A home: outside, one or two routers, a LAN switch, a host on which Porthole runs, and cameras.

A Home says what is to be built, a LiveHome is the built one.
"""

import contextlib
import secrets
from dataclasses import dataclass
from pathlib import Path

from laboratory import LAB, PYTHON
from laboratory.net import Machine, connect, connect_by_cable
from laboratory.router import LiveRouter, Router

LAN = "192.168.69."
HOST_ADDRESS = LAN + "10"
NEIGHBOUR_ADDRESS = LAN + "66"
"""Some other machine of the household, on whose behalf foreign mappings are made. Nobody is there."""
OUTSIDE_ADDRESS = "44.128.0.10"
"""An address of the outside that does not belong to any router's link; 44.128.0.0/16 is our Internet."""
USER = "admin"


@dataclass(frozen=True)
class Camera:
    name: str
    address: str
    default_route: bool = True


FRONT = Camera("front-door", LAN + "110")
YARD = Camera("back-yard", LAN + "111")


@dataclass(frozen=True)
class Home:
    """What to build. A second router shares the LAN, but nobody's default route leads to it."""

    router: Router = Router()
    second: Router | None = None
    cameras: tuple[Camera, ...] = (FRONT,)


class LiveHome:
    """A home that is up, until stop(). Its routers are verbose, or as fast as they can be."""

    def __init__(self, home, directory, verbose):
        self.plan, self.directory, self._verbose = home, Path(directory), verbose
        self.password = secrets.token_urlsafe(12)
        self.password_file = self.directory / "camera-password"
        self.password_file.write_text(self.password + "\n")
        self.password_file.chmod(0o600)
        self.camera = home.cameras[0]
        self.machines, self._cleaning = [], contextlib.ExitStack()
        try:
            self._build(home)
        except BaseException:
            self.stop()
            raise

    def _build(self, home):
        self.outside, self._switch, self.host = self._machine("outside"), self._machine("switch"), self._machine("lan")
        self.outside.ip(f"addr add {OUTSIDE_ADDRESS}/32 dev lo")
        self._switch.ip("link add bridge type bridge mcast_snooping 0", "link set bridge up")
        self.router = self._router("router", home.router, LAN + "1")
        self.second = self._router("router2", home.second, LAN + "2") if home.second else None
        self._join_lan(self.host, HOST_ADDRESS, gateway=True)
        for camera in home.cameras:
            machine = self._machine(camera.name)
            self._join_lan(machine, camera.address, camera.default_route)
            machine.start("camera", PYTHON, LAB / "devices/camera.py", camera.name, USER, self.password_file,
                          ports=("tcp:80", "tcp:554"))

    def _router(self, name, plan, address):
        machine = self._machine(name)
        link = f"to-{name}"
        connect(self.outside, link, machine, "wan")
        self.outside.ip(f"addr add {plan.isp_address}/{plan.wan_prefix} dev {link}")
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

    def _machine(self, name):
        machine = Machine(name, self.directory)
        self.machines.append(name)
        self._cleaning.callback(machine.stop)
        return machine

    def stop(self):
        self._cleaning.close()

    def environment(self):
        """What a command that runs in this home may want to know."""
        return {
            "PORTHOLE_LAB_ROUTER": self.router.address,
            "PORTHOLE_LAB_ROUTER_DESCRIPTION": self.router.description_url,
            "PORTHOLE_LAB_EXTERNAL": self.router.plan.wan_address,
            "PORTHOLE_LAB_HOST": HOST_ADDRESS,
            "PORTHOLE_LAB_CAMERA": self.camera.address,
            "PORTHOLE_LAB_CAMERAS": " ".join(camera.address for camera in self.plan.cameras),
            "PORTHOLE_LAB_CAMERA_USER": USER,
            "PORTHOLE_LAB_CAMERA_PASSWORD_FILE": str(self.password_file),
            "PORTHOLE_LAB_OUTSIDE": OUTSIDE_ADDRESS,
            "PORTHOLE_LAB_IN_OUTSIDE": "ip netns exec outside",
        }
