"""What the laboratory needs on the machine: Debian packages, and Porthole built."""

import os
import shutil
import signal
import subprocess
from pathlib import Path

from laboratory import OUT, PROJECT, LabError
from laboratory.net import gist_of_file

PACKAGES = """
    miniupnpd-nftables miniupnpc natpmpc nftables iproute2 iputils-ping procps curl ffmpeg openssl
    coturn socat python3-gi gir1.2-gst-rtsp-server-1.0 gir1.2-gst-plugins-base-1.0
    gstreamer1.0-plugins-base gstreamer1.0-plugins-good gstreamer1.0-plugins-bad gstreamer1.0-plugins-ugly
""".split()
TOOLS = {"java": "openjdk-17-jdk-headless", "mvn": "maven"}
"""Needed for Porthole itself, and taken from Debian only where the machine does not have its own."""
COMMAND_LINE = PROJECT / "examples/porthole"
SECONDS_TO_INSTALL = SECONDS_TO_BUILD = 1200


def install(with_java):
    """Installs what is missing. The package that starts miniupnpd as a service of the machine is not in the list."""
    wanted = PACKAGES + [package for tool, package in TOOLS.items() if with_java and not shutil.which(tool)]
    states = subprocess.run(["dpkg-query", "-W", "-f", "${Package} ${db:Status-Status}\n", *wanted], text=True,
                            capture_output=True).stdout.splitlines()
    missing = [package for package in wanted if f"{package} installed" not in states]
    if missing:
        print(f"lab: installing {' '.join(missing)}", flush=True)
        _mask(missing)
        apt = ["apt-get", "-qq", "-o", "Dpkg::Use-Pty=0", "-o", "DPkg::Lock::Timeout=120"]
        _long("update", SECONDS_TO_INSTALL, *apt, "update")
        _long("install", SECONDS_TO_INSTALL, *apt, "install", "--no-install-recommends", "-y", *missing)


def _mask(missing):
    """coturn's package would start it as a service of the machine, which must not become a public STUN server."""
    unit = Path("/etc/systemd/system/coturn.service")
    if "coturn" in missing and not os.path.lexists(unit):
        unit.parent.mkdir(parents=True, exist_ok=True)
        unit.symlink_to("/dev/null")


def build():
    """The launcher builds Porthole where its jar is missing or older than a source; inside the box it could not.

    Where there is no command line at all, each scenario says so by failing.
    """
    if COMMAND_LINE.exists():
        print("lab: building Porthole where needed", flush=True)
        _long("build", SECONDS_TO_BUILD, COMMAND_LINE, "--version")


def _long(label, seconds, *argv):
    """A long command with its output in a log file; it is ended politely when we are."""
    log = OUT / f"{label}.log"
    with open(log, "wb") as output:
        process = subprocess.Popen(argv, cwd=PROJECT, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT,
                                   start_new_session=True, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
    try:
        status = process.wait(seconds)
    except subprocess.TimeoutExpired:
        raise LabError(f"{argv[0]}: no end after {seconds} s, see {log}") from None
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
            process.wait(60)
    if status != 0:
        raise LabError(f"{' '.join(map(str, argv))}: status {status}, see {log}: {gist_of_file(log)}")
