"""The run: arguments, one scenario after the other, the table."""

import argparse
import dataclasses
import fcntl
import json
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

from laboratory import LAB, OUT, Interrupted, LabError, Mismatch, box, provision
from laboratory.home import LiveHome
from laboratory.scenarios import HOMES, SCENARIOS
from laboratory.selfcheck import SELF_CHECKS
from laboratory.trial import Trial

COLUMNS = ("scenario", "expected", "got", "seconds", "evidence")


@dataclasses.dataclass
class Result:
    """A row of the table."""

    scenario: str
    expected: str
    got: str
    seconds: float
    evidence: str
    passed: bool
    answers: list


def main(usage, arguments):
    options = parse(usage, arguments)
    if options.list:
        show_list()
        return 0
    known = SCENARIOS | SELF_CHECKS
    unknown = [name for name in options.names if name not in known]
    if unknown:
        options.parser.error(f"no scenario {', '.join(unknown)}; lab/run --list names them")
    if os.geteuid() != 0:
        options.parser.error("network namespaces need root")
    try:
        box.stop_on_signals()
        OUT.mkdir(exist_ok=True)
        with open(OUT / ".lock", "w") as lock:
            take(lock)
            porthole = options.command_line == provision.COMMAND_LINE
            provision.install(with_java=porthole)
            if porthole:
                provision.build()
            return box.run(lambda: work(options, known))
    except LabError as error:
        print(f"lab: {error}", file=sys.stderr)
        return 1
    except Interrupted as stopped:
        print(f"lab: {stopped}", file=sys.stderr)
        return stopped.status


def parse(usage, arguments):
    words, command = arguments, []
    if "--" in arguments:
        at = arguments.index("--")
        words, command = arguments[:at], arguments[at + 1:]
    parser = argparse.ArgumentParser(prog="lab/run", description=usage, allow_abbrev=False,
                                     formatter_class=argparse.RawDescriptionHelpFormatter, usage="lab/run [OPTION] [NAME...]")
    parser.add_argument("names", nargs="*", metavar="NAME", help="a scenario; without any, all")
    parser.add_argument("--list", action="store_true", help="name the scenarios and homes")
    parser.add_argument("--keep", metavar="NAME", choices=[*SCENARIOS, *SELF_CHECKS], help="run one and leave its home up")
    parser.add_argument("--with", dest="home", metavar="HOME", choices=HOMES, help="run a command in a home")
    parser.add_argument("--peers", action="store_true", help="check the laboratory itself, without Porthole")
    parser.add_argument("--command", metavar="FILE", dest="command_line", type=lambda file: Path(file).absolute(), default=None,
                        help="another command line that keeps the contract, instead of examples/porthole")
    options = parser.parse_args(words)
    if bool(options.home) != bool(command):
        parser.error("--with HOME needs -- and a command, and they need each other")
    if options.keep:
        options.names = [options.keep]
    options.command_line = options.command_line or (LAB / "peers" if options.peers else provision.COMMAND_LINE)
    options.command, options.parser = command, parser
    return options


def show_list():
    for title, table in (("Scenarios", SCENARIOS), ("Self checks (--peers)", SELF_CHECKS)):
        print(f"{title}:")
        for one in table.values():
            print(f"  {one.name:22} {one.expected:34} home {one.home:14} {one.about}")
    print("Homes (--with):")
    for name, home in HOMES.items():
        print(f"  {name:22} {describe(home)}")


def describe(home):
    """The ways in which a home differs from the base."""
    routers = [("router", home.router)] + ([("second router", home.second)] if home.second else [])
    words = [f"{label} {field.name}={value}" for label, router in routers for field in dataclasses.fields(router)
             if (value := getattr(router, field.name)) != field.default]
    return ", ".join(words + [f"cameras {', '.join(camera.name for camera in home.cameras)}"])


def take(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LabError("another run uses this folder's lab/out") from None


def work(options, known):
    """Inside the box."""
    os.environ.update(LC_ALL="C.UTF-8", GST_REGISTRY=str(OUT / "gstreamer-registry.bin"))
    if options.home:
        return run_command(options)
    results, began = [], time.monotonic()
    try:
        for name in options.names or (known if options.peers else SCENARIOS):
            print(f"lab: {name} ...", end=" ", flush=True)
            results.append(run_scenario(known[name], options.command_line, keep=options.keep))
            print("passed" if results[-1].passed else "FAILED", f"{results[-1].seconds:.1f} s", flush=True)
    finally:
        report(results, time.monotonic() - began)
    return 0 if all(result.passed for result in results) else 1


def run_scenario(scenario, command, keep=False):
    """One home, one trial. Whatever goes wrong is this scenario's failure, and the next one begins afresh."""
    directory, began, trial, problem = empty(OUT / scenario.name), time.monotonic(), None, ""
    try:
        home = LiveHome(HOMES[scenario.home], directory)
        try:
            trial = Trial(home, command)
            try:
                scenario.steps(trial)
            except Exception as error:  # before the home is taken down, so that --keep shows it as it was
                problem = explain(error)
            if keep:
                hold(home, problem)
        finally:
            home.stop()
    except LabError as error:
        problem = explain(error)
    seconds = round(time.monotonic() - began, 1)
    got, evidence = (", ".join(dict.fromkeys(trial.got)), "; ".join(dict.fromkeys(trial.evidence))) if trial else ("", "")
    result = Result(scenario.name, scenario.expected, got or "nothing", seconds, " ".join((problem or evidence).split()),
                    not problem,
                    [dataclasses.asdict(answer) for answer in trial.answers] if trial else [])
    (directory / "result.json").write_text(json.dumps(dataclasses.asdict(result), default=str, indent=2) + "\n")
    return result


def explain(error):
    if isinstance(error, Mismatch):
        return str(error)
    if isinstance(error, LabError):
        return f"the laboratory: {error}"
    traceback.print_exception(error)
    return f"{type(error).__name__}: {error}"


def run_command(options):
    home = LiveHome(HOMES[options.home], empty(OUT / f"with-{options.home}"))
    try:
        return subprocess.run(["ip", "netns", "exec", "lan", *options.command], env=os.environ | home.environment()).returncode
    finally:
        home.stop()


def hold(home, problem):
    enter = f"nsenter --target {os.environ['PORTHOLE_LAB_PID']} --mount --pid ip netns exec"
    print(f"\nThe home is up{f' ({problem})' if problem else ''}. Enter a machine of it from another terminal:")
    for name in home.machines:
        print(f"  {enter} {name} bash")
    for key, value in home.environment().items():
        print(f"  export {key}='{value}'")
    print("Ctrl-C takes it down.", flush=True)
    signal.pause()


def empty(directory):
    shutil.rmtree(directory, ignore_errors=True)
    directory.mkdir(parents=True)
    return directory


def report(results, seconds):
    if not results:
        return
    rows = [[row.scenario, row.expected, row.got, f"{row.seconds:.1f}", ("" if row.passed else "FAILED: ") + row.evidence]
            for row in results]
    widths = [max(len(row[column]) for row in [COLUMNS, *rows]) for column in range(len(COLUMNS) - 1)]
    print()
    for row in [COLUMNS, *rows]:
        print("  ".join([*(cell.ljust(width) for cell, width in zip(row, widths)), row[-1]]))
    failed = sum(not result.passed for result in results)
    print(f"\n{len(results)} scenarios, {failed} failed, {seconds:.0f} s; logs in {OUT.relative_to(LAB.parent)}/")
    (OUT / "results.json").write_text(json.dumps([dataclasses.asdict(row) for row in results], default=str, indent=2) + "\n")
