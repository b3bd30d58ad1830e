"""A trial: one scenario under way in one home, with the command line under test and a record of what was seen."""

import functools
import json
import operator
import subprocess
import time
from dataclasses import dataclass
from urllib.parse import urlsplit
from xml.etree import ElementTree

from laboratory import PROJECT, Mismatch
from laboratory.home import STUN, USER
from laboratory.net import gist
from laboratory.outside import ENOUGH_FRAMES, page, stream
from laboratory.router import mappings, upnpc

SECONDS_OF_PATIENCE, SECONDS_FOR_THE_DOCTOR = 20, 30
"""Given to the command line as its own limit; the doctor waits several times for what does not answer."""
TRIES_BY_A_LOSSY_CABLE = 5
"""To see a page or a stream: where the packets that open a connection are lost, the next one is awaited for seconds."""
SECONDS_TO_KILL = 40
"""After this long the command line is broken: it did not keep its own limit."""


@dataclass
class Answer:
    """What the command line said: its exit status and its one JSON document."""

    words: tuple
    exit: int
    document: dict
    stderr: str
    seconds: float

    @property
    def endpoints(self):
        return self.document.get("endpoints", [])

    @property
    def services(self):
        """What the doctor says of each service."""
        return self.document.get("services", [])

    def of(self, camera):
        """The endpoints of one camera, by service."""
        mine = (endpoint for endpoint in self.endpoints if endpoint["internalAddress"] == camera.address)
        return {endpoint["service"].lower(): endpoint for endpoint in mine}

    @property
    def codes(self):
        return [finding["code"] for finding in self.document.get("findings", [])]

    def severity(self, code):
        """The severity of the first finding with this code, or None."""
        return next((one["severity"] for one in self.document.get("findings", []) if one["code"] == code), None)

    @property
    def errors(self):
        return [one["code"] for one in self.document.get("findings", []) if one["severity"] == "ERROR"]

    @property
    def ports(self):
        """The external port of each service of each camera."""
        return {(one["internalAddress"], one["service"]): one["externalPort"] for one in self.endpoints}

    @property
    def routes(self):
        """The mappings that the answer claims, in the form in which upnpc lists them."""
        names = ("protocol", "externalPort", "internalAddress", "internalPort")
        return [tuple(endpoint[name] for name in names) for endpoint in self.endpoints]

    def each(self, *path):
        """What stands at this path in the endpoints, once."""
        return {functools.reduce(operator.getitem, path, endpoint) for endpoint in self.endpoints}


class Trial:
    """The steps that scenarios are made of. Each raises Mismatch when something is not as it must be."""

    def __init__(self, home, command):
        self.home, self.command = home, command
        self.got, self.evidence, self.answers = [], [], []

    # The command line

    def publish(self, *more, ledger="ledger", **changed):
        """Publishes the home's first camera."""
        return self.porthole("publish", *self.described(**changed), "--source", "any", *more, ledger=ledger)

    def doctor(self, *more, ledger="ledger", **changed):
        """Examines the home's first camera, which must leave the router's table as it was, and draws the way to it."""
        before, drawing = sorted(row.route for row in self.table()), self.home.directory / "way.svg"
        answer = self.porthole("doctor", *self.described(**changed), *self.watched(), "--svg", drawing, *more,
                               ledger=ledger)
        self.check("what the drawing is", "{http://www.w3.org/2000/svg}svg", ElementTree.parse(drawing).getroot().tag)
        self.check("mappings after the doctor", before, sorted(row.route for row in self.table()))
        return answer

    def watched(self, token_file=None):
        """The observers of the home, as options; a home without has none."""
        token_file = token_file or self.home.agent_token_file
        observers = ("--verify-from", f"http://{self.home.agent}", "--agent-token-file", token_file, "--stun", STUN)
        return observers if self.home.plan.watched else ()

    def described(self, password_file=None, stream="/main"):
        """What is told of the home's first camera; without a stream its web page only."""
        camera = self.home.camera
        services = ("--rtsp-path", stream) if stream else ("--no-rtsp",)
        return ("--camera", camera.address, "--name", camera.name, *services,
                "--user", USER, "--password-file", password_file or self.home.password_file)

    def publish_all(self):
        """Publishes all cameras of the home at once, out of a file: JSON is YAML, too."""
        file = self.home.directory / "cameras.yaml"
        file.write_text(json.dumps({"cameras": [
            {"host": camera.address, "name": camera.name, "rtsp-path": "/main", "user": USER,
             "password-file": str(self.home.password_file)} for camera in self.home.plan.cameras]}))
        return self.porthole("publish", "--cameras", file, "--source", "any")

    def release(self, *more, ledger="ledger"):
        """Releases the home's first camera, or what is said."""
        released = self.porthole("release", *(more or ("--camera", self.home.camera.address)), ledger=ledger)
        self.check("release: exit status", 0, released.exit, released)

    def porthole(self, verb, *words, ledger="ledger"):
        return self.run(self.home.host, verb, *words, "--ledger", self.home.directory / ledger)

    def verify(self, *words):
        """Tries services from outside, where there is no agent between."""
        return self.run(self.home.outside, "verify", *words)

    def run(self, machine, verb, *words):
        limit = SECONDS_FOR_THE_DOCTOR if verb == "doctor" else SECONDS_OF_PATIENCE
        words = (verb, *map(str, words), "--json", "--timeout", str(limit))
        began = time.monotonic()
        done = machine.run(self.command, *words, timeout=SECONDS_TO_KILL, check=False, cwd=PROJECT)
        seconds = time.monotonic() - began
        self._keep(f"{len(self.answers) + 1}-{verb}", words, done)
        for secret in (self.home.password, self.home.agent_token):
            self.check(f"{verb}: a secret is in its output", False, secret in done.stdout + done.stderr)
        answer = Answer(words, done.returncode, _document(verb, done), done.stderr, seconds)
        self.answers.append(answer)
        return answer

    def stay(self, verb, *words, ledger="ledger"):
        """Begins a command that stays after its answer, and returns once that is there."""
        words = (verb, *map(str, words), "--ledger", str(self.home.directory / ledger), "--json", "--timeout",
                 str(SECONDS_OF_PATIENCE))
        staying = Staying(self, f"{len(self.answers) + 1}-{verb}", words)
        self.answers.append(staying.answer)
        return staying

    # What must be so

    def check(self, what, expected, actual, answer=None):
        if expected != actual:
            said = f" [{', '.join(answer.codes) or gist(answer.stderr) or 'no findings'}]" if answer else ""
            raise Mismatch(f"{what}: expected {expected}, got {actual}{said}")

    def ended(self, answer, status, first=None):
        """The exit status and, for a refusal, the first finding."""
        code = answer.codes[0] if answer.codes and answer.exit != 0 else None
        self.got.append(f"exit {answer.exit}" + (f" {code}" if code else ""))
        self.evidence.append(f"{answer.words[0]} {answer.seconds:.1f} s")
        self.check(f"{answer.words[0]}: exit status", status, answer.exit, answer)
        if first:
            self.check(f"{answer.words[0]}: first finding", first, code, answer)

    def seen_outside(self, answer, camera=None):
        """The URIs of the answer, followed outside, lead to this camera: its login page, its name, its live picture."""
        camera = camera or self.home.camera
        self.check("external address", self.home.router.plan.external_address, answer.document.get("externalAddress"))
        self.shown_outside(answer, camera, answer.of(camera))

    def shown_outside(self, answer, camera, endpoints):
        """The same, of some endpoints of the answer."""
        outside = self.home.outside
        self.check(f"services of {camera.name} published", {"http", "rtsp"}, set(endpoints), answer)
        tries = TRIES_BY_A_LOSSY_CABLE if self.home.router.plan.loss_percent else 1
        web, live = (endpoints[service]["uri"] for service in ("http", "rtsp"))
        front = page(outside, web, tries=tries)
        self.check(f"outside: the page at {web}", (200, f"{camera.name} - Network Camera"), (front.status, front.title))
        inner = page(outside, web.rstrip("/") + "/cgi-bin/device", USER, self.home.password, tries=tries)
        self.check(f"outside: behind the login of {web}", (200, True), (inner.status, camera.name in inner.body))
        picture = stream(outside, live, USER, self.home.password, tries=tries)
        self.check(f"outside: frames of {live} ({picture.problem or picture.picture})", True,
                   picture.frames >= ENOUGH_FRAMES)
        if "frames outside" not in self.got:
            self.got.append("frames outside")
        self.evidence.append(f"{camera.name} :{urlsplit(web).port} login page, "
                             f":{urlsplit(live).port} {picture.frames} frames {picture.picture}")

    def mapped(self, routes, foreign=()):
        """upnpc and the kernel see these mappings and the foreign ones, and nothing else."""
        expected = sorted([*routes, *(row.route for row in foreign)])
        self.check("mappings by upnpc -l", expected, sorted(row.route for row in self.table()))
        self.check("NAT rules in the kernel", len(expected), len(self.home.router.redirects()))
        for row in foreign:
            self.check("the foreign mapping is as it was", True, any(
                (row.route, row.description) == (now.route, now.description) for now in self.table()))

    def nothing_mapped(self, foreign=()):
        """Nothing of ours is in the router. A router without UPnP cannot be asked, but the kernel always can."""
        if self.home.router.plan.upnp:
            self.mapped([], foreign)
        else:
            self.check("NAT rules in the kernel", [], self.home.router.redirects())
        self.evidence.append("nothing left" if not foreign else "only the foreign mapping left")

    # Others in the home

    def table(self):
        return mappings(self.home.host, self.home.router)

    def map_foreign(self, external_port, internal_address, internal_port, description="game console"):
        """Another program of the household has a mapping."""
        upnpc(self.home.host, self.home.router, "-e", description,
              "-a", internal_address, internal_port, external_port, "TCP")
        rows = [row for row in self.table() if row.external_port == external_port]
        self.check("upnpc made the foreign mapping", 1, len(rows))
        return rows[0]

    def _keep(self, name, words, done):
        directory = self.home.directory
        (directory / f"{name}.json").write_text(done.stdout)
        said = f"$ {self.command} {' '.join(words)}\n{done.stderr}\nexit {done.returncode}\n"
        (directory / f"{name}.log").write_text(said)


class Staying:
    """A command line that runs on after its answer."""

    def __init__(self, trial, label, words):
        began = time.monotonic()
        self._server = trial.home.host.begin(label, trial.command, *words)
        document = self._first_document(began)
        self.answer = Answer(words, None, document, "", time.monotonic() - began)
        for secret in (trial.home.password, trial.home.agent_token):
            trial.check(f"{words[0]}: a secret is in its output", False, secret in self._server.log.read_text())
        trial.evidence.append(f"{words[0]} {self.answer.seconds:.1f} s")

    def _first_document(self, began):
        """The answer is one line; what else is said stands in lines of its own."""
        while True:
            for line in self._server.log.read_text().splitlines(keepends=True):
                if line.startswith("{") and line.endswith("\n"):
                    return json.loads(line)
            status = self._server.process.poll()
            if status is not None or time.monotonic() - began > SECONDS_TO_KILL:
                raise Mismatch(f"no answer, status {status}: {gist(self._server.log.read_text())}")
            time.sleep(0.05)

    def stop(self):
        """SIGTERM; returns the exit status."""
        self._server.process.terminate()
        try:
            return self._server.process.wait(SECONDS_TO_KILL)
        except subprocess.TimeoutExpired:
            self.kill()
            return "killed"

    def kill(self):
        self._server.process.kill()
        self._server.process.wait(SECONDS_TO_KILL)


def _document(verb, done):
    try:
        document = json.loads(done.stdout)
    except ValueError:
        document = None
    if not isinstance(document, dict):
        raise Mismatch(f"{verb}: expected one JSON document, got exit {done.returncode} and "
                       f"\"{gist(done.stdout)}\" [{gist(done.stderr)}]")
    return document
