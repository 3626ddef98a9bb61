"""Blows at containers: killed by the engine, or their process killed as the kernel does."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable

from devstack.demo.consequences import wait_for
from devstack.testing.container_stack import ContainerStack, docker

BREATH = (1.0, 4.0)
"""Seconds between two blows."""
SPARED = {"twins"}
"""What is outside of Orderlink keeps its slips and mails in memory."""


class Butcher:
    """Kills one container after the other; the same seed draws the same order."""

    def __init__(self, stack: ContainerStack, dice: random.Random) -> None:
        self._stack = stack
        self._dice = dice
        self.blows: Counter[str] = Counter()

    def rage(self, *, rounds: int, is_enough: Callable[[], bool]) -> None:
        """Kill each container `rounds` times, and again until it is enough."""
        while rounds > 0 or not is_enough():
            rounds -= 1
            names = sorted(name for name in self._stack.pids() if name not in SPARED)
            self._dice.shuffle(names)
            for name in names:
                self._strike(name)
                if rounds < 0 and is_enough():
                    break

    def _strike(self, name: str) -> None:
        """Kill it, every other time by its process alone."""
        time.sleep(self._dice.uniform(*BREATH))
        how = self.kill if self.blows.total() % 2 else self.crash
        how(name)
        self.blows[name] += 1
        print(f"{how.__name__} {name}", flush=True)

    def kill(self, name: str) -> None:
        """Have the engine kill it, and start it again as an operator would."""
        container = self._stack.full(name)
        self._await_running(name)
        docker("kill", "--signal", "KILL", container)
        time.sleep(self._dice.uniform(0.1, 1.5))
        docker("start", container)

    def crash(self, name: str) -> None:
        """Kill its first process behind the engine's back: its restart policy must heal it."""
        os.kill(self._await_running(name), signal.SIGKILL)

    def _await_running(self, name: str) -> int:
        """Return its process id as soon as it has one: a blow before may have reached it, too."""
        return wait_for(f"{name} to run", lambda: self._stack.pids().get(name))
