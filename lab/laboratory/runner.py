"""The run: arguments, and the scenarios in lanes, in each of which one follows the other."""

import argparse
import dataclasses
import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
import traceback
from pathlib import Path

from laboratory import LAB, OUT, Interrupted, LabError, Mismatch, box, provision
from laboratory.faultcheck import FAULT_CHECKS
from laboratory.faults import FAULTS
from laboratory.home import LiveHome
from laboratory.ipv6 import IPV6
from laboratory.portcontrol import PORT_CONTROL
from laboratory.relay import RELAYS
from laboratory.report import Result, report
from laboratory.scenarios import HOMES, SCENARIOS
from laboratory.selfcheck import SELF_CHECKS
from laboratory.streams import STREAMS
from laboratory.trial import Trial

OF_PORTHOLE = SCENARIOS | PORT_CONTROL | IPV6 | RELAYS | FAULTS | STREAMS
OF_LABORATORY = SELF_CHECKS | FAULT_CHECKS
KNOWN = OF_PORTHOLE | OF_LABORATORY


def main(usage, arguments):
    options = parse(usage, arguments)
    if options.list:
        show_list()
        return 0
    try:
        box.stop_on_signals()
        OUT.mkdir(exist_ok=True)
        with open(OUT / ".lock", "w") as lock:
            take(lock)
            porthole = options.command_line == provision.COMMAND_LINE
            provision.install(with_java=porthole)
            if porthole:
                provision.build()
            return run_command(options) if options.home else run_all(options)
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
    parser = argparse.ArgumentParser(prog="lab/run", usage="lab/run [OPTION] [NAME...]", description=usage,
                                     formatter_class=argparse.RawDescriptionHelpFormatter, allow_abbrev=False)
    parser.add_argument("names", nargs="*", metavar="NAME", help="a scenario; without any, all")
    parser.add_argument("--list", action="store_true", help="name the scenarios and homes")
    parser.add_argument("--keep", metavar="NAME", choices=KNOWN, help="run one and leave its home up")
    parser.add_argument("--lanes", type=int, metavar="COUNT", default=os.cpu_count(),
                        help="how many scenarios run at a time; without it one for each processor")
    parser.add_argument("--with", dest="home", metavar="HOME", choices=HOMES, help="run a command in a home")
    parser.add_argument("--peers", action="store_true", help="check the laboratory itself, without Porthole")
    parser.add_argument("--command", dest="command_line", metavar="FILE", type=lambda file: Path(file).absolute(),
                        help="another command line that keeps the contract, instead of examples/porthole")
    options = parser.parse_args(words)
    options.command = command
    unknown = [name for name in options.names if name not in KNOWN]
    if unknown:
        parser.error(f"no scenario {', '.join(unknown)}; lab/run --list names them")
    if bool(options.home) != bool(command):
        parser.error("--with HOME and -- COMMAND need each other")
    if os.geteuid() != 0 and not options.list:
        parser.error("network namespaces need root")
    if options.keep:
        options.names, options.lanes = [options.keep], 1
    if options.lanes < 1:
        parser.error("--lanes: at least 1")
    options.names = options.names or list(KNOWN if options.peers else OF_PORTHOLE)
    options.left_out = [name for name in options.names if options.peers and KNOWN[name].needs_porthole]
    options.names = [name for name in options.names if name not in options.left_out]
    options.command_line = options.command_line or (LAB / "peers" if options.peers else provision.COMMAND_LINE)
    options.agent = None if options.peers else options.command_line
    return options


def show_list():
    tables = (("Scenarios", SCENARIOS), ("PCP and NAT-PMP (needs Porthole)", PORT_CONTROL),
              ("IPv6 (needs Porthole)", IPV6),
              ("Relay (needs Porthole)", RELAYS),
              ("Faults (needs Porthole)", FAULTS), ("Streams (needs Porthole)", STREAMS),
              ("Self checks (--peers)", OF_LABORATORY))
    for title, table in tables:
        print(f"{title}:")
        for one in table.values():
            print(f"  {one.name:22} {one.expected:48} home {one.home:16} {one.about}")
    print("Homes (--with):")
    for name, home in HOMES.items():
        print(f"  {name:22} {describe(home)}")


def describe(home):
    """The ways in which a home differs from the base."""
    parts = [("router", home.router), ("second router", home.second), ("upstream", home.upstream),
             *((camera.name, camera) for camera in home.cameras)]
    words = [f"{label} {field.name}={value}" for label, part in parts if part for field in dataclasses.fields(part)
             if (value := getattr(part, field.name)) != field.default and field.name not in ("name", "address")]
    words += ["a provider's machine"] if home.upstream else []
    words += ["STUN and agent outside"] if home.watched else []
    return ", ".join(words + [f"cameras {', '.join(camera.name for camera in home.cameras)}"])


def take(lock):
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        raise LabError("another run uses this folder's lab/out") from None


def run_all(options):
    """Runs the scenarios in lanes, each of which takes the next one when it is free, and reports them in their order."""
    began = time.monotonic()
    for name in options.names:
        empty(OUT / name)
    waiting, end = os.pipe()
    os.write(end, bytes(range(len(options.names))))
    os.close(end)
    try:
        return box.run(lambda: run_lane(waiting, options), min(options.lanes, len(options.names)))
    finally:
        results = {name: Result.load(name) for name in options.names}
        report([result for result in results.values() if result], time.monotonic() - began)
        if missing := [name for name, result in results.items() if not result]:
            print(f"Not run to the end: {', '.join(missing)}")
        if options.left_out:
            print(f"Not run, needs Porthole: {', '.join(options.left_out)}")


def run_lane(waiting, options):
    """Inside a box: scenarios until none is waiting, and 0 if all of them passed."""
    settle()
    passed = True
    while number := os.read(waiting, 1):
        result = run_scenario(KNOWN[options.names[number[0]]], options)
        print(f"lab: {result.scenario} {'passed' if result.passed else 'FAILED'} {result.seconds:.1f} s", flush=True)
        passed = passed and result.passed
    return 0 if passed else 1


def settle():
    os.environ.update(LC_ALL="C.UTF-8", GST_REGISTRY=str(OUT / "gstreamer-registry.bin"))


def run_scenario(scenario, options):
    """One home, one trial. Whatever goes wrong is this scenario's failure, and the next one begins afresh."""
    directory, began = OUT / scenario.name, time.monotonic()
    got, evidence, answers, problem = [], [], [], None
    try:
        home = LiveHome(HOMES[scenario.home], directory, verbose=True, command_line=options.agent)
        try:
            trial = Trial(home, options.command_line)
            got, evidence, answers = trial.got, trial.evidence, trial.answers
            problem = attempt(scenario, trial)
            if options.keep:
                hold(home, problem)
        finally:
            home.stop()
    except LabError as error:
        problem = f"the laboratory: {error}"
    result = Result(scenario.name, scenario.expected, ", ".join(dict.fromkeys(got)) or "nothing",
                    round(time.monotonic() - began, 1), problem or "; ".join(dict.fromkeys(evidence)), not problem,
                    [dataclasses.asdict(answer) for answer in answers])
    result.save()
    return result


def attempt(scenario, trial):
    """Goes through the steps and returns what was wrong, or None; the home is left as it then is, for --keep."""
    try:
        scenario.steps(trial)
        return None
    except Mismatch as mismatch:
        return str(mismatch)
    except LabError as error:
        return f"the laboratory: {error}"
    except Exception as error:  # an answer that is not of the contract's shape
        traceback.print_exception(error)
        return f"{type(error).__name__}: {error}"


def run_command(options):
    directory = empty(OUT / f"with-{options.home}")

    def main():
        settle()
        try:
            live = LiveHome(HOMES[options.home], directory, verbose=False, command_line=options.agent)
            try:
                environment = os.environ | live.environment()
                return subprocess.run(["ip", "netns", "exec", "lan", *options.command], env=environment).returncode
            finally:
                live.stop()
        except LabError as error:
            print(f"lab: {error}", file=sys.stderr)
            return 1

    return box.run(main)


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
