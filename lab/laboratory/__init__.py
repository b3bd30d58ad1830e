"""The laboratory: a home with a real router daemon and real RTSP cameras, in network namespaces."""

from pathlib import Path

LAB = Path(__file__).resolve().parent.parent
PROJECT = LAB.parent
OUT = LAB / "out"
PYTHON = "/usr/bin/python3"  # Debian's own: the GStreamer bindings belong to it


class LabError(Exception):
    """The laboratory itself is broken; says nothing about Porthole."""


class Mismatch(Exception):
    """Something was not as a scenario expects it."""


class Interrupted(BaseException):
    """A person or a supervisor asked the laboratory to stop."""

    def __init__(self, signal_number):
        super().__init__(f"stopped by signal {signal_number}")
        self.status = 128 + signal_number
