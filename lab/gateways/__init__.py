"""Misbehaving gateways: Porthole's command line against routers that do what real ones were seen to do, and worse."""

from pathlib import Path

from laboratory import OUT as LABORATORY_OUT

HERE = Path(__file__).resolve().parent
OUT = LABORATORY_OUT / "gateways"

NET = "192.168.77."
ROUTER = NET + "1"
HOST = NET + "10"
"""Where the command line runs."""
CAMERA = NET + "20"
NEIGHBOUR = NET + "66"
"""Another machine of the LAN, to which nobody but a deceived client has a reason to talk. Names resolve to it."""
STRANGER = "203.0.113.66"
"""A machine on the Internet, with the same purpose."""
EXTERNAL = "44.128.7.7"
"""Not out of the documentation networks: clients rightly distrust those as external addresses."""
