"""What an operator types beside a service of a running stack."""

import subprocess
import sys

from devstack.testing.stack import RunningStack


def orderlink(
    stack: RunningStack, service: str, *words: str, typed: str = "", seconds: float = 120
) -> "subprocess.CompletedProcess[str]":
    """Run `orderlink <words>` with that service's environment; `typed` is what it reads."""
    return subprocess.run(
        [sys.executable, "-m", "common.commands", *words],
        env=dict(stack.environment(service)),
        input=typed,
        capture_output=True,
        text=True,
        timeout=seconds,
        check=False,
    )
