"""One case under way: the command line is run, and what it said, did and cost is checked."""

import dataclasses
import json
import os
import re
import signal
import subprocess
import time
from dataclasses import dataclass, field

from gateways import CAMERA
from gateways.log import DANGEROUS
from laboratory import PROJECT

SERVICES = {"http": 80, "rtsp": 554}
SECONDS_AFTER_DEADLINE = 0.25
"""A call ends by its deadline and a quarter of a second."""
SECONDS_TO_END = 0.3
"""For the end of the process itself."""
SECONDS_TO_KILL = 12
"""So long after its deadline the command line is given up."""
MOST_MEMORY = 400 << 10
"""KiB at the peak, the virtual machine included."""
MOST_BYTES = 6 << 20
"""Of one reply: a cap of 1 MiB, and what two socket buffers hold."""
MOST_REQUESTS = 150
MOST_SEARCHES = 80
"""Of one command."""
ENDPOINT = {"service", "uri", "externalPort", "internalAddress", "internalPort", "protocol", "leaseSeconds"}
MAPPING = {"protocol", "externalPort", "internalAddress", "internalPort", "description", "leaseSeconds", "enabled", "ours"}


@dataclass
class Answer:
    words: list
    exit: int
    began: float
    seconds: float
    memory: int
    stdout: str
    stderr: str
    document: dict = field(default_factory=dict)

    @property
    def codes(self):
        return [finding.get("code") for finding in self.document.get("findings") or []]

    @property
    def endpoints(self):
        return {endpoint["service"].lower(): endpoint for endpoint in self.document.get("endpoints") or []}


class Trial:
    def __init__(self, home, case, command, start):
        self.home, self.case, self.command = home, case, command
        self.gateway = home.gateway
        self.start = start
        """Seconds that the command line needs to start."""
        self.answers, self.problems = [], []
        self.late = []
        """The problems that may be those of a busy machine: the case is then tried again by itself."""

    def expect(self, what, holds):
        if not holds:
            self.problems.append(what)

    # Running

    def run(self, verb, *words, timeout=None):
        """Runs the command line to its end, and checks what must hold whatever the gateway does."""
        timeout = timeout or self.case.timeout
        words = [verb, *words, "--timeout", str(timeout), "--json", "--ledger", str(self.home.directory / "ledger")]
        answer = self._run(words, timeout)
        self.answers.append(answer)
        self._document(answer, verb)
        self._in_time(answer, verb, timeout + SECONDS_AFTER_DEADLINE)
        self.expect(f"{answer.memory >> 10} MiB of memory", answer.memory <= MOST_MEMORY)
        self.expect("a stack trace on stderr", not re.search(r"^\s+at [\w.$/]+\(", answer.stderr, re.MULTILINE))
        return answer

    def _in_time(self, answer, verb, allowed):
        """From the first search on, the time is the command line's own; before that it is the start of its machine."""
        searches = [at for gateway in self.home.gateways for at, _, _ in gateway.log.searches if at >= answer.began]
        own = answer.began + answer.seconds - min(searches, default=answer.began + self.start)
        if own > allowed + SECONDS_TO_END:
            self.late.append(f"{verb} took {own:.2f} s after its first search, more than {allowed + SECONDS_TO_END:.2f}")
        if answer.seconds > allowed + self.start:
            self.late.append(f"{verb} took {answer.seconds:.2f} s, more than {allowed + self.start:.2f}")

    def publish(self, *more, **options):
        return self.run("publish", "--camera", CAMERA, "--no-verify", *more, **options)

    def _run(self, words, timeout):
        directory, number = self.home.directory, len(self.answers) + 1
        out, err = directory / f"{number}-{words[0]}.json", directory / f"{number}-{words[0]}.log"
        began = time.monotonic()
        with open(out, "wb") as stdout, open(err, "wb") as stderr:
            process = subprocess.Popen(["ip", "netns", "exec", self.home.host.name, str(self.command), *words], cwd=PROJECT,
                                       stdin=subprocess.DEVNULL, stdout=stdout, stderr=stderr, start_new_session=True)
            pid, status, usage = 0, 0, None
            while not pid:
                pid, status, usage = os.wait4(process.pid, os.WNOHANG)
                if not pid and time.monotonic() - began > timeout + SECONDS_TO_KILL:
                    os.killpg(process.pid, signal.SIGKILL)
                    pid, status, usage = os.wait4(process.pid, 0)
                time.sleep(0.005)
            process.returncode = os.waitstatus_to_exitcode(status)
        return Answer(words, process.returncode, began, time.monotonic() - began, usage.ru_maxrss,
                      out.read_text(errors="replace"), err.read_text(errors="replace"))

    def _document(self, answer, verb):
        try:
            document = json.loads(answer.stdout)
        except ValueError:
            self.problems.append(f"{verb}: not one JSON document: {answer.stdout[:100]!r} [{answer.stderr.strip()[-200:]}]")
            return
        if not isinstance(document, dict):
            self.problems.append(f"{verb}: not a JSON object")
            return
        answer.document = document
        self._contract(answer, verb)

    def _contract(self, answer, verb):
        def has(what, thing, names):
            missing = set(names) - set(thing or {})
            self.expect(f"{what} without {', '.join(sorted(missing))}", not missing)

        for finding in answer.document.get("findings") or []:
            has("a finding", finding, ("code", "severity", "message", "remedy"))
            self.expect(
                f"{finding.get('code')} without a message or remedy", finding.get("message") and finding.get("remedy")
            )
        if answer.exit == 3 and verb == "publish":
            self.expect("a refusal without a finding", answer.codes)
            self.expect("a refusal with endpoints", not answer.endpoints)
        if answer.exit == 0 and verb == "publish":
            has("the answer", answer.document, ("gateway", "externalAddress", "endpoints", "findings", "timings"))
            has("the gateway", answer.document.get("gateway"), ("id", "protocol", "lanAddress", "model"))
            has("the timings", answer.document.get("timings"), ("discoverMs", "mapMs"))
            for endpoint in answer.endpoints.values():
                has("an endpoint", endpoint, ENDPOINT)
        if answer.exit == 0 and verb == "list":
            has("the answer", answer.document, ("gateway", "mappings"))
            for mapping in answer.document.get("mappings", []):
                has("a mapping", mapping, MAPPING)
        if answer.exit == 0 and verb == "discover":
            has("the answer", answer.document, ("gateways",))

    # What must hold at the end, whatever the case

    def manners(self):
        case = self.case
        for gateway in self.home.gateways:
            log = gateway.log
            for broken in log.broken:
                self.problems.append(f"the case itself is broken: {broken}")
            for improper in log.improper:
                self.problems.append(f"improper: {improper}")
            self.expect(f"more than one request at a time: {log.overlaps[:1]}", not log.overlaps)
            asked = DANGEROUS & set(log.steps())
            self.expect(f"asked for {asked}", not asked)
            self.expect(f"{log.most_sent} bytes of one reply taken", log.most_sent <= MOST_BYTES)
            self.expect(f"{len(log.requests)} requests", len(log.requests) <= case.requests)
            self.expect(f"{len(log.searches)} searches", len(log.searches) <= MOST_SEARCHES * len(self.answers))
            adds = self.adds(gateway)
            self.expect(f"{adds} times asked to add, more than {case.adds}", adds <= case.adds)
            others = {r.method for r in log.requests} - {"GET", "POST"}
            self.expect(f"methods {others}", not others)
        for talk in self.home.improper_talks():
            self.problems.append(f"talked to {talk}")
        for decoy in self.home.decoys:
            self.expect(f"the machine {decoy.address} was asked: {decoy.log.lines()[:1]}", not decoy.log.requests)

    @staticmethod
    def adds(gateway):
        return gateway.log.count("AddPortMapping") + gateway.log.count("AddAnyPortMapping")

    # Tables

    def ours(self):
        return [row for gateway in self.home.gateways for row in gateway.rows if not row.foreign]

    def remember_foreign(self):
        self._foreign = {id(gateway): [dataclasses.replace(row) for row in gateway.rows if row.foreign]
                         for gateway in self.home.gateways}

    def foreign_kept(self):
        for gateway in self.home.gateways:
            for row in self._foreign[id(gateway)]:
                self.expect(f"the foreign row {row.route} is not as it was", row in gateway.rows)

    def mapped(self, answer, services=None, rows=None):
        """The table holds exactly what the answer claims, and the answer claims both services of the camera."""
        services = services or SERVICES
        self.expect(f"endpoints {sorted(answer.endpoints)}", set(answer.endpoints) == set(services))
        claimed = sorted(("TCP", e.get("externalPort"), CAMERA, services.get(name)) for name, e in answer.endpoints.items())
        held = sorted(row.route for row in (self.ours() if rows is None else rows))
        self.expect(f"mapped {held}, claimed {claimed}", held == claimed)
        words = self.case.words
        source = words[words.index("--source") + 1] if "--source" in words else ""
        open_to = {row.remote for row in (self.ours() if rows is None else rows)}
        self.expect(f"open to {open_to} instead of {source or 'anyone'}", open_to <= {source})
        for name, endpoint in answer.endpoints.items():
            self.expect(
                f"{name}: {endpoint}",
                (endpoint.get("internalAddress"), endpoint.get("internalPort"), str(endpoint.get("protocol")).upper())
                == (CAMERA, services.get(name), "TCP"),
            )
            uri = str(endpoint.get("uri"))
            self.expect(
                f"URI {uri}",
                not self.case.external
                or f"//{self.case.external}:{endpoint.get('externalPort')}" in uri
                or f"@{self.case.external}:{endpoint.get('externalPort')}" in uri,
            )
        if self.case.external:
            self.expect(f"external address {answer.document.get('externalAddress')}",
                        answer.document.get("externalAddress") == self.case.external)

    def leases(self, answer):
        for endpoint in answer.endpoints.values():
            row = next((row for row in self.ours() if row.external == endpoint["externalPort"]), None)
            if row:
                said = endpoint["leaseSeconds"] or 0
                self.expect(f"lease {said} said, {row.lease} in the table", abs(said - row.lease) <= 10)

    def nothing_left(self):
        rows = [row.route for row in self.ours()]
        self.expect(f"left behind: {rows}", not rows)
