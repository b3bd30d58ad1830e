"""The box: private process and mount namespaces around a part of a run of the laboratory.

Every process of a box lives in one process namespace, and every network namespace is named in a private
/run/netns. When the first process of the box dies, by whatever cause (kill -9 too), the kernel ends all others and
with them every namespace, interface and rule. Nothing can be left behind, and two boxes do not see each other.
"""

import ctypes
import os
import signal
import subprocess
import sys
import traceback

from laboratory import LAB, Interrupted

CLONE_NEWNS = 0x00020000
CLONE_NEWPID = 0x20000000
PR_SET_PDEATHSIG = 1
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
SECONDS_TO_CLEAN_UP = 20

_libc = ctypes.CDLL(None, use_errno=True)


def run(main, count=1):
    """Runs main() as the first process of each of some new boxes at once and returns the highest of their statuses."""
    return _watch([_fork(lambda: _new_box(main)) for _ in range(count)])


def _fork(main):
    """A child that runs main() and ends with its status, or by a signal when this process ends before it."""
    sys.stdout.flush()
    child = os.fork()
    if child == 0:
        _call(_libc.prctl, PR_SET_PDEATHSIG, signal.SIGKILL, 0, 0, 0)
        os._exit(main())
    return child


def _new_box(main):
    """The next child of a process that has done this is the first of the new box; a process can do it only once."""
    _call(_libc.unshare, CLONE_NEWPID)
    return _watch([_fork(lambda: _first_process(main))])


def stop_on_signals():
    """The first stop signal becomes an exception; later ones must not disturb the cleaning up."""

    def stop(number, _frame):
        for other in STOP_SIGNALS:
            signal.signal(other, signal.SIG_IGN)
        raise Interrupted(number)

    for number in STOP_SIGNALS:
        signal.signal(number, stop)


def _watch(children):
    """Passes stop signals on to the children and waits for them, for a while only once they were asked to stop."""
    waiting = set(children)

    def tell(number):
        for child in waiting:
            os.kill(child, number)

    def pass_on(number, _frame):
        signal.alarm(SECONDS_TO_CLEAN_UP)
        tell(number)

    for number in STOP_SIGNALS:
        signal.signal(number, pass_on)
    signal.signal(signal.SIGALRM, lambda *_: tell(signal.SIGKILL))
    highest = 0
    for child in children:
        _, status = os.waitpid(child, 0)
        waiting.discard(child)
        highest = max(highest, 128 + os.WTERMSIG(status) if os.WIFSIGNALED(status) else os.WEXITSTATUS(status))
    return highest


def _first_process(main):
    status = 1
    try:
        stop_on_signals()
        os.environ["PORTHOLE_LAB_PID"] = os.readlink("/proc/self")  # /proc is still the one outside, so is the number
        _call(_libc.unshare, CLONE_NEWNS)
        _mount()
        status = main()
    except Interrupted as stopped:
        print(f"lab: {stopped}", file=sys.stderr)
        status = stopped.status
    except SystemExit as ended:
        status = ended.code or 0
    except BaseException:  # the box must answer with a status, whatever went wrong in it
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    return status


def _mount():
    """A view of the machine of our own, without console: a line of a daemon's log takes a serial one a millisecond."""
    os.makedirs("/run/netns", exist_ok=True)
    mounts = [("--make-rprivate", "/"), ("-t", "proc", "proc", "/proc"),
              ("-t", "tmpfs", "-o", "mode=755", "porthole-lab", "/run/netns")]
    hidden = {"/etc/resolv.conf": LAB / "devices/resolv.conf", "/dev/log": "/dev/null", "/dev/console": "/dev/null"}
    mounts += [("--bind", ours, theirs) for theirs, ours in hidden.items() if os.path.exists(theirs)]
    for words in mounts:
        subprocess.run(["mount", *words], check=True)


def _call(function, *arguments):
    if function(*arguments) != 0:
        error = ctypes.get_errno()
        raise OSError(error, f"{function.__name__}: {os.strerror(error)}")
