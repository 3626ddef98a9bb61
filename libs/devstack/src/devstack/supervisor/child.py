"""One program under supervision: its process, its output, when it may start again."""

import os
import signal
import time
from pathlib import Path

from devstack.servers.program import Program
from devstack.supervisor import fork
from devstack.supervisor.output import Output

FIRST_PAUSE = 0.5
STEADY = 60.0
"""Seconds of life after which an earlier death no longer counts."""


class Child:
    """A program and the process that is it at present, if any."""

    def __init__(self, program: Program, logs: Path, *, longest_pause: float) -> None:
        self.program = program
        self.name = program.name
        self.output = Output(program.name, logs)
        self.pid: int | None = None
        self.status: int | None = None
        """How the last process ended: exit status, or minus the signal."""
        self.starts_at: float | None = None
        self._started = 0.0
        self._pause = FIRST_PAUSE
        self._longest_pause = longest_pause

    def start(self) -> None:
        self.starts_at, self.status = None, None
        self._started = time.monotonic()
        self.pid = fork.start(self.program, self.output.writer)

    def reap(self) -> bool:
        """Return whether it has ended since the last look; orphans of it are ended too."""
        if self.pid is None:
            return False
        ended, status = os.waitpid(self.pid, os.WNOHANG)
        if not ended:
            return False
        self.kill_group(signal.SIGKILL)
        self.pid, self.status = None, os.waitstatus_to_exitcode(status)
        return True

    def plan_restart(self) -> float:
        """Say when it starts again; return the seconds until then, growing with each death."""
        if time.monotonic() - self._started > STEADY:
            self._pause = FIRST_PAUSE
        pause, self._pause = self._pause, min(self._pause * 2, self._longest_pause)
        self.starts_at = time.monotonic() + pause
        return pause

    def ask_to_stop(self) -> None:
        """Send the signal on which the program ends by itself."""
        if self.pid is not None:
            os.kill(self.pid, self.program.stop_signal)

    def kill_group(self, number: signal.Signals) -> None:
        """Send a signal to the process and all it has started."""
        if self.pid is not None:
            try:
                os.killpg(self.pid, number)
            except (ProcessLookupError, PermissionError):
                return
