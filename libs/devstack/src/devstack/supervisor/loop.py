"""The supervisor: one loop that reads what is said, notices who ends, and starts them again."""

import os
import selectors
import signal
import time
from collections.abc import Callable, Sequence
from functools import partial

from devstack.places import Places
from devstack.servers.program import Program
from devstack.supervisor.child import Child
from devstack.supervisor.output import Output, Screen
from devstack.supervisor.register import Register
from devstack.trouble import CannotStart

FOUNDATIONS = ("postgres", "broker", "cache")
"""Stopped after all others, which say their last words to them."""

LONGEST_PAUSE = 30.0
"""Seconds before a program that dies again and again is started once more."""


class Stopped(Exception):
    """Somebody asked us to stop."""


class Supervisor:
    """All the children of one stack."""

    def __init__(
        self, places: Places, screen: Screen, *, longest_pause: float = LONGEST_PAUSE
    ) -> None:
        self.screen = screen
        self._longest_pause = longest_pause
        self._places = places
        self._register = Register(places)
        self._children: list[Child] = []
        self._selector = selectors.DefaultSelector()
        self._is_starting = True
        self._signals = 0
        self._watch_signals()

    def start(self, programs: Sequence[Program], *, seconds: float = 240) -> None:
        """Start them together and return when all are ready. Raises CannotStart, Stopped."""
        began = [self._launch(program) for program in programs]
        for child in began:
            self.wait(partial(self._is_up, child), seconds=seconds, what=child.name)

    def run_to_end(self, programs: Sequence[Program], *, seconds: float = 300) -> None:
        """Run them side by side; each must end with 0. Raises CannotStart, Stopped."""
        began = [self._launch(program) for program in programs]
        for child in began:
            self.wait(partial(_has_ended, child), seconds=seconds, what=child.name)
            self._forget(child)
            if child.status != 0:
                raise CannotStart(f"{child.name} failed: {child.output.last_words}")

    def watch(self) -> None:
        """Keep everybody alive until asked to stop."""
        self._is_starting = False
        while not self._signals:
            self._turn(0.25)

    def stop(self) -> None:
        """End everybody: the youngest first, and those that everybody needs last."""
        self._signals = 0
        youngest_first = list(reversed(self._children))
        leaning = [child for child in youngest_first if child.name not in FOUNDATIONS]
        for group in (leaning, [each for each in youngest_first if each not in leaning]):
            self._stop_group(group)
        self._register.clear()

    def wait(self, is_true: Callable[[], bool], *, seconds: float, what: str) -> None:
        """Turn the loop until it is true. Raises CannotStart, Stopped."""
        until = time.monotonic() + seconds
        while not is_true():
            if self._signals:
                raise Stopped
            if time.monotonic() > until:
                raise CannotStart(f"{what} was not ready within {seconds:.0f} seconds.")
            self._turn(0.02)

    def _launch(self, program: Program) -> Child:
        child = Child(program, self._places.logs, longest_pause=self._longest_pause)
        self._children.append(child)
        self._selector.register(child.output.reader, selectors.EVENT_READ, child.output)
        child.start()
        self._register.write(self._children)
        return child

    def _is_up(self, child: Child) -> bool:
        if child.pid is None and child.starts_at is None:
            words = child.output.last_words or f"it said nothing (status {child.status})"
            raise CannotStart(f"{child.name} ended while starting: {words}")
        return child.program.is_ready()

    def _turn(self, seconds: float) -> None:
        for key, _ in self._selector.select(seconds):
            if isinstance(key.data, Output):
                self.screen.show(key.data.name, key.data.read())
            else:
                os.read(key.fd, 4096)
        for child in self._children:
            if child.reap():
                self._on_death(child)
            elif child.starts_at is not None and child.starts_at <= time.monotonic():
                child.start()
                self._register.write(self._children)

    def _on_death(self, child: Child) -> None:
        self.screen.show(child.name, child.output.read())
        if not self._is_starting:
            pause = child.plan_restart()
            words = f"ended with {child.status}; starts again in {pause:g} s"
            child.output.note(words)
            self.screen.show(child.name, [words])

    def _forget(self, child: Child) -> None:
        self.screen.show(child.name, child.output.read())
        self._selector.unregister(child.output.reader)
        child.output.close()
        self._children.remove(child)
        self._register.write(self._children)

    def _stop_group(self, children: Sequence[Child]) -> None:
        self._is_starting = True  # Who ends now stays ended.
        for child in children:
            child.starts_at = None
            child.ask_to_stop()
        until = time.monotonic() + max((child.program.grace for child in children), default=0)
        while any(child.pid for child in children):
            if time.monotonic() > until or self._signals:
                for child in children:
                    child.kill_group(signal.SIGKILL)
            self._turn(0.05)

    def _watch_signals(self) -> None:
        reader, writer = os.pipe()
        for end in (reader, writer):
            os.set_blocking(end, False)
        self._selector.register(reader, selectors.EVENT_READ, None)
        signal.set_wakeup_fd(writer, warn_on_full_buffer=False)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def _on_signal(self, *_: object) -> None:
        self._signals += 1


def _has_ended(child: Child) -> bool:
    return child.pid is None
