"""Start a program as a child of this process: by execution, or as a fork that runs a module."""

import os
import runpy
import signal
import sys
import traceback
from typing import NoReturn

from devstack.servers.program import Program, die_with_parent

LOOK_NO_FURTHER = 4096
HANDLED = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGCHLD, signal.SIGPIPE)


def start(program: Program, output: int) -> int:
    """Start it, its output going to that descriptor; return the process's id."""
    sys.stdout.flush()
    sys.stderr.flush()
    child = os.fork()
    if child == 0:
        _become(program, output)
    return child


def _become(program: Program, output: int) -> NoReturn:
    """Be the program: own group, own environment, nothing open but the three streams."""
    status = 1
    try:
        os.setpgid(0, 0)
        die_with_parent(program.stop_signal)
        _let_go_of_signals()
        _redirect(output)
        if program.module is None:
            os.execve(program.command[0], list(program.command), dict(program.env))  # noqa: S606
        status = _run_module(program)
    except BaseException:  # A fork must never return into the supervisor's loop.
        traceback.print_exc()
    finally:
        _flush()
        os._exit(status)


def _let_go_of_signals() -> None:
    signal.set_wakeup_fd(-1)
    for number in HANDLED:
        signal.signal(number, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.pthread_sigmask(signal.SIG_SETMASK, ())


def _redirect(output: int) -> None:
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(output, 1)
    os.dup2(output, 2)
    os.closerange(3, LOOK_NO_FURTHER)


def _run_module(program: Program) -> int:
    """Run it as `python -m` does; return the exit status it means."""
    # As every Python: whoever writes to somebody who has gone gets an error, and lives on.
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    os.environ.clear()
    os.environ.update(program.env)
    sys.argv = [str(program.module), *program.command]
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]
    try:
        runpy.run_module(str(program.module), run_name="__main__", alter_sys=True)
    except SystemExit as end:
        return _status_of(end)
    return 0


def _status_of(end: SystemExit) -> int:
    if end.code is None or isinstance(end.code, int):
        return end.code or 0
    print(end.code, file=sys.stderr)
    return 1


def _flush() -> None:
    for stream in (sys.stdout, sys.stderr):
        try:
            stream.flush()
        except (OSError, ValueError):
            continue
