"""The run: a process for each case, several at a time, and the table of what came of them."""

import argparse
import dataclasses
import fnmatch
import json
import os
import shutil
import signal
import sys
import tempfile
import time
import traceback
from pathlib import Path

from gateways import CAMERA, OUT, ROUTER
from gateways.case import CASES
from gateways.cases import load
from gateways.home import Home
from gateways.trial import Trial
from laboratory import Interrupted, LabError, box, provision
from laboratory.net import Machine, command

SECONDS_OF_A_CASE = 90
STARTS = 3
"""How often the start of the command line is measured; several starts at once make each slower."""
LEAST_SECONDS_TO_START = 1.0
SLOWER_TOGETHER = 2.5


def main(usage, arguments):
    load()
    parser = argparse.ArgumentParser(prog="lab/gateways/run", description=usage, allow_abbrev=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter,
                                     usage="lab/gateways/run [OPTION] [NAME...]")
    parser.add_argument(
        "names", nargs="*", metavar="NAME", help="a case, or a pattern such as 'location-*'; without any, all"
    )
    parser.add_argument("--list", action="store_true", help="name the cases")
    parser.add_argument("--command", metavar="FILE", type=lambda file: Path(file).absolute(), default=provision.COMMAND_LINE,
                        help="another command line that keeps the contract")
    parser.add_argument("--jobs", metavar="N", type=int, default=4, help="cases at a time")
    parser.add_argument("--upnpc", action="store_true", help="also try upnpc on each, for comparison")
    parser.add_argument("--only-upnpc", action="store_true", help="try upnpc alone")
    options = parser.parse_args(arguments)
    names = [name for name in CASES if not options.names or any(fnmatch.fnmatchcase(name, one) for one in options.names)]
    unknown = [one for one in options.names if not fnmatch.filter(CASES, one)]
    if unknown:
        parser.error(f"no case {', '.join(unknown)}; --list names them")
    if options.list:
        for name in names:
            print(f"{name:34} {CASES[name].ends.text:44} {CASES[name].about}")
        return 0
    if os.geteuid() != 0:
        parser.error("network namespaces need root")
    try:
        box.stop_on_signals()
        OUT.mkdir(parents=True, exist_ok=True)
        porthole = options.command == provision.COMMAND_LINE and not options.only_upnpc
        provision.install(with_java=porthole)
        if porthole:
            provision.build()
        return box.run(lambda: work(options, names))
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    except Interrupted as stopped:
        print(f"lab: {stopped}", file=sys.stderr)
        return stopped.status


def work(options, names):
    """Inside the box."""
    with tempfile.NamedTemporaryFile("w", suffix=".conf") as resolver:
        resolver.write(f"nameserver {ROUTER}\noptions timeout:1 attempts:1\n")
        resolver.flush()
        if os.path.exists("/etc/resolv.conf"):
            command("mount", "--bind", resolver.name, "/etc/resolv.conf")
        os.environ["LC_ALL"] = "C.UTF-8"
        start = 0 if options.only_upnpc else measure_start(options.command)
        jobs = [] if options.only_upnpc else [(name, "porthole") for name in names]
        if options.upnpc or options.only_upnpc:
            jobs += [(name, "upnpc") for name in names if CASES[name].peer and CASES[name].verb == "publish"]
        began, results = time.monotonic(), {}
        try:
            run_all(jobs, options.jobs, options, start, results)
            late = [job for job in jobs if results.get(job, {}).get("late")]
            run_all(late, 1, options, start, results)
        finally:
            passed = report(names, results, options, time.monotonic() - began)
        return 0 if passed else 1


def measure_start(line):
    """How long the command line takes when it has nothing to do, which its own time limit cannot include."""
    home = Machine("start", OUT)
    try:
        seconds = []
        for _ in range(STARTS):
            began = time.monotonic()
            home.run(line, "discover", "--timeout", "0.001", "--json", timeout=60, check=False, cwd=provision.PROJECT)
            seconds.append(time.monotonic() - began)
    finally:
        home.stop()
    print(f"gateways: the command line starts in {min(seconds):.2f} s", flush=True)
    return max(LEAST_SECONDS_TO_START, SLOWER_TOGETHER * min(seconds))


def run_all(jobs, at_a_time, options, start, results):
    running, slots, waiting = {}, list(range(at_a_time)), list(reversed(jobs))
    while waiting or running:
        while waiting and slots:
            job, slot = waiting.pop(), slots.pop()
            pid = os.fork()
            if pid == 0:
                os._exit(one(job, slot, options, start))
            running[pid] = (job, slot, time.monotonic())
        pid, _ = os.waitpid(-1, os.WNOHANG)
        if pid in running:
            job, slot, _ = running.pop(pid)
            slots.append(slot)
            results[job] = collect(job)
            show(job, results[job])
        elif not pid:
            for late in [late for late, (_, _, began) in running.items() if time.monotonic() - began > SECONDS_OF_A_CASE]:
                os.kill(late, signal.SIGKILL)
            time.sleep(0.02)


def directory_of(job):
    name, who = job
    return OUT / name / who


def collect(job):
    try:
        return json.loads((directory_of(job) / "result.json").read_text())
    except (OSError, ValueError):
        return {"passed": False, "got": "nothing", "seconds": 0, "problems": ["the case itself ended badly"]}


def show(job, result):
    print(f"{'ok    ' if result['passed'] else 'FAILED'} {job[0]:34} {'' if job[1] == 'porthole' else job[1] + ' '}"
          f"{result['got']} {result['seconds']:.1f} s {'; '.join(result['problems'])[:300]}", flush=True)


def one(job, slot, options, start):
    """The process of one case."""
    name, who = job
    directory = directory_of(job)
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    case, trial, home = CASES[name], None, None
    result = {"passed": False, "got": "nothing", "seconds": 0.0, "problems": []}
    try:
        for machine in (f"router{slot}", f"lan{slot}"):
            command("ip", "netns", "del", machine, check=False)
        home = Home(slot, directory)
        case.arrange(home.gateway)
        home.start()
        trial = Trial(home, case, options.command, start)
        trial.remember_foreign()
        if who == "porthole":
            result = attempt(trial, case)
        else:
            result = compare(home, case)
    except Exception as error:  # one broken case is one failed row
        result["problems"] = [*(trial.problems if trial else []), f"{type(error).__name__}: {error}"]
        (directory / "error.log").write_text("".join(traceback.format_exception(error)))
    except Interrupted:
        return 1
    if home:
        lines = [f"{gateway.address} {line}" for gateway in home.gateways for line in gateway.log.lines()]
        table = [f"{row}" for gateway in home.gateways for row in gateway.rows]
        (directory / "gateway.log").write_text(
            "\n".join([*lines, "", "table", *table, "", *sorted(map(str, home.talks))]) + "\n"
        )
    (directory / "result.json").write_text(json.dumps(result, indent=2) + "\n")
    return 0


def attempt(trial, case):
    words = ("--camera", CAMERA, "--no-verify") if case.verb == "publish" else ()
    answer = trial.run(case.verb, *words, *case.words)
    case.ends.check(trial, answer)
    if case.then and not trial.problems:
        case.then(trial, answer)
    trial.foreign_kept()
    trial.manners()
    first = f" {answer.codes[0]}" if answer.codes and answer.exit else ""
    late = trial.late if not trial.problems else []
    return {
        "passed": not trial.problems and not trial.late,
        "late": late,
        "got": f"exit {answer.exit}{first}",
        "seconds": round(answer.seconds, 2),
        "memory": answer.memory,
        "adds": trial.gateway.log.count("AddPortMapping"),
        "requests": sum(len(gateway.log.requests) for gateway in trial.home.gateways),
        "problems": trial.problems + trial.late,
        "answers": [dataclasses.asdict(one) for one in trial.answers],
    }


def compare(home, case):
    """upnpc maps the same two services."""
    wishes = {"http": 20080, "rtsp": 20554}
    for word, value in zip(case.words, case.words[1:]):
        if word == "--external":
            service, _, port = value.partition("=")
            wishes[service] = int(port)
    said, began = [], time.monotonic()
    for service, internal in (("http", 80), ("rtsp", 554)):
        done = command(
            "ip",
            "netns",
            "exec",
            home.host.name,
            "upnpc",
            "-e",
            service,
            "-a",
            CAMERA,
            internal,
            wishes[service],
            "TCP",
            timeout=10,
            check=False,
        )
        (home.directory / f"{service}.log").write_text(f"{done.stdout}\n{done.stderr}\nstatus {done.returncode}\n")
        said.append(f"is redirected to internal {CAMERA}:{internal} " in done.stdout)
    rows = [row.route for gateway in home.gateways for row in gateway.rows if not row.foreign]
    held = [("TCP", wishes[service], CAMERA, internal) in rows for service, internal in (("http", 80), ("rtsp", 554))]
    broken = [problem for gateway in home.gateways for problem in gateway.log.broken]
    words = [{0: "none", 2: "all"}.get(sum(flags), "some") for flags in (said, held)]
    return {"passed": bool(case.ends.peer(*words)), "got": f"said {words[0]}, mapped {words[1]}",
            "seconds": round(time.monotonic() - began, 2), "problems": broken}


def report(names, results, options, seconds):
    rows = [["case", "expected", "got", "s", "MiB", "requests", "adds", "upnpc", ""]]
    for name in names:
        mine, peer = results.get((name, "porthole")), results.get((name, "upnpc"))
        mine = mine or {}
        rows.append(
            [
                name,
                CASES[name].ends.text,
                mine.get("got", ""),
                f"{mine.get('seconds', 0):.1f}",
                str(mine.get("memory", 0) >> 10),
                str(mine.get("requests", "")),
                str(mine.get("adds", "")),
                ("right" if peer["passed"] else "wrong") if peer else "",
                "" if not mine or mine["passed"] else "FAILED: " + "; ".join(mine["problems"])[:400],
            ]
        )
    widths = [max(len(row[column]) for row in rows) for column in range(len(rows[0]) - 1)]
    print()
    for row in rows:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[-1]]).rstrip())
    mine = [result for (_, who), result in results.items() if who == "porthole"]
    peers = [result for (_, who), result in results.items() if who == "upnpc"]
    passed = sum(result["passed"] for result in mine)
    print(f"\n{passed}/{len(mine)} passed, {seconds:.0f} s; logs in {OUT.relative_to(provision.PROJECT)}/" if mine else "")
    if peers:
        print(f"upnpc ended right on {sum(result['passed'] for result in peers)} of {len(peers)}")
    (OUT / "results.json").write_text(
        json.dumps({f"{name} {who}": result for (name, who), result in results.items()}, indent=1)
    )
    return passed == len(names) if not options.only_upnpc else True
