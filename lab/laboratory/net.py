"""Machines and wires: a Machine is a network namespace, a wire a veth pair, a cable a wire with delay and loss."""

import json
import os
import signal
import subprocess
import time
from pathlib import Path

from laboratory import LAB, PYTHON, LabError

SECONDS_TO_START = 60
"""The first start of GStreamer on a busy machine scans all its plug-ins, some 15 s; all else is up within a second."""


class Machine:
    """A network namespace with the processes that were started in it."""

    def __init__(self, name, logs, ipv6=False):
        self.name, self.logs, self.ipv6 = name, Path(logs), ipv6
        self._processes = []
        command("ip", "netns", "add", name)
        # Nobody looks whether an address of IPv6 is taken, which would keep it from being used for a second or two.
        settings = ("accept_dad=0", "accept_ra=0") if ipv6 else ("disable_ipv6=1",)
        self.sysctl(*(f"net.ipv6.conf.{which}.{setting}" for which in ("all", "default") for setting in settings))
        self.ip("link set lo up")

    def ip(self, *lines):
        command("ip", "-n", self.name, "-batch", "-", input="\n".join(lines) + "\n")

    def sysctl(self, *settings):
        self.run("sysctl", "-qw", *settings)

    def run(self, *argv, **options):
        """Runs one command here to its end; see command()."""
        return command("ip", "netns", "exec", self.name, *argv, **options)

    def start(self, label, *argv, ports=(), daemon=False):
        """Starts a server here and returns once it listens on all of ports, as "tcp:554".

        The first process of a daemon ends, successfully, when the daemon is in the background.
        """
        server = self.begin(label, *argv, ports=ports)
        self._wait_listening(server, daemon)
        return server

    def begin(self, label, *argv, ports=()):
        """Starts a server as start() does, but does not wait for it; ready() does."""
        server = Server(self, label, argv, {tuple(port.split(":")) for port in ports})
        self._processes.append(server)
        return server

    def ready(self):
        """Returns once all servers that were begun here listen."""
        for server in self._processes:
            self._wait_listening(server, daemon=False)

    def _wait_listening(self, server, daemon):
        ports, deadline = server.ports, time.monotonic() + SECONDS_TO_START
        while not ports <= self.listening():
            status = server.process.poll()
            if status is not None and not (daemon and status == 0):
                raise LabError(f"{server.label} ended with status {status}: {gist_of_file(server.log)}")
            if time.monotonic() > deadline:
                raise LabError(f"{server.label} does not listen on all of {ports} after {SECONDS_TO_START} s: "
                               f"{gist_of_file(server.log)}")
            time.sleep(0.01)

    def stop_servers(self):
        """Ends the servers of this machine, which stays; others may be begun."""
        for server in reversed(self._processes):
            server.stop()
        self._processes.clear()

    def listening(self):
        """The ports on which somebody listens here, as ("tcp", "554")."""
        rows = (row.split() for row in self.run("ss", "-Htuln").stdout.splitlines())
        return {(row[0], row[4].rsplit(":", 1)[1]) for row in rows}

    def stop(self):
        """Ends every process of this machine, at first politely, and removes the namespace."""
        for server in reversed(self._processes):
            server.stop()
        for pid in command("ip", "netns", "pids", self.name, check=False).stdout.split():
            _kill(int(pid))
        command("ip", "netns", "del", self.name, check=False)


class Server:
    """A process that runs until the laboratory ends it; its output goes to a log file."""

    def __init__(self, machine, label, argv, ports):
        self.ports = ports
        self.label, self.log = f"{machine.name} {label}", machine.logs / f"{machine.name}-{label}.log"
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(["ip", "netns", "exec", machine.name, *map(str, argv)], stdout=log,
                                            stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, start_new_session=True)

    def said(self):
        """What it has printed so far."""
        return self.log.read_text(errors="replace")

    def stop(self):
        self.process.terminate()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            _kill(self.process.pid)
            self.process.wait(2)


def connect(machine, port, other, other_port):
    """A plain wire between two machines."""
    machine.ip(f"link add name {port} type veth peer name {other_port} netns {other.name}", f"link set {port} up")
    other.ip(f"link set {other_port} up")


def connect_by_cable(cable, machine, port, other, other_port, delay_ms, loss_percent):
    """A wire through a process on the machine "cable": each packet is late by delay_ms, loss_percent of them vanish.

    Kernels without netem have no other way. The process holds two tap devices, whose kernel ends are moved to the
    machines; a tap carries no packet larger than the MTU, whereas a veth may carry unsegmented ones.
    """
    ends = ((machine, port), (other, other_port))
    taps = ["cable0", "cable1"]
    server = cable.start("wire", PYTHON, LAB / "devices/cable.py", delay_ms, loss_percent, *taps)
    deadline = time.monotonic() + SECONDS_TO_START
    while not set(taps) <= _interfaces(cable):
        if server.process.poll() is not None or time.monotonic() > deadline:
            raise LabError(f"the cable did not come up: {gist_of_file(server.log)}")
        time.sleep(0.01)
    for tap, (end, name) in zip(taps, ends):
        cable.ip(f"link set {tap} netns {end.name} name {name}")
        end.ip(f"link set {name} up")


def _interfaces(machine):
    return {row["ifname"] for row in json.loads(command("ip", "-n", machine.name, "-json", "link").stdout)}


def command(*argv, timeout=15, check=True, input=None, cwd=None):
    """Runs a command to its end with a bound in time; its output is kept, and shown when it fails.

    The command has a process group of its own, all of which ends with the call: a launcher's child would otherwise
    outlive it and hold the pipes open. Beyond its time it counts as ended with status 124.
    """
    argv = [str(word) for word in argv]
    with subprocess.Popen(argv, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                          errors="replace", cwd=cwd, start_new_session=True) as process:
        try:
            out, err = process.communicate(input, timeout)
            status = process.returncode
        except subprocess.TimeoutExpired:
            _kill_group(process)
            out, err = process.communicate(timeout=5)
            status, err = 124, f"{err}\nno end after {timeout} s"
        finally:
            _kill_group(process)
    if check and status != 0:
        raise LabError(f"{' '.join(argv)}: status {status}: {gist(err or out)}")
    return subprocess.CompletedProcess(argv, status, out, err)


def gist_of_file(path):
    return gist(Path(path).read_text(errors="replace"))


def gist(text):
    """A text in few words: its end, and where it is long its beginning, where a stack trace says what happened."""
    text = text.strip()
    return text if len(text) <= 400 else f"{text[:200]} … {text[-200:]}"


def _kill(pid):
    try:
        os.kill(pid, signal.SIGKILL)
    except ProcessLookupError:
        pass


def _kill_group(process):
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        pass
