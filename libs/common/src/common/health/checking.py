"""Runs checks side by side and waits no longer than a person would."""

import threading
import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future, wait
from dataclasses import dataclass
from typing import Any

import structlog

log = structlog.get_logger()

WITHIN = 2.0
"""Seconds. What hangs longer is reported as not answering, and left to its own timeouts."""


class Unwell(Exception):
    """The check found something that is not as it should be; its words are for operators."""


Check = Callable[[Any], str]
"""`(deps)` → what was found, in a few words that hold no secret. Raises Unwell, or anything."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What one check found. `seconds`: how long it took."""

    name: str
    ok: bool
    detail: str
    seconds: float


def run_checks(
    checks: Mapping[str, Check], deps: Any, *, within: float = WITHIN
) -> tuple[Finding, ...]:
    """Return one finding per check, in their order, after `within` seconds at the latest."""
    running = {name: _start(name, check, deps) for name, check in checks.items()}
    wait(running.values(), timeout=within)
    return tuple(
        each.result() if each.done() else _silent(name, within) for name, each in running.items()
    )


def _start(name: str, check: Check, deps: Any) -> "Future[Finding]":
    """Run it in a thread of its own that keeps nobody from ending, whatever it hangs at."""
    found: Future[Finding] = Future()

    def run() -> None:
        found.set_result(_run(name, check, deps))

    threading.Thread(target=run, name=f"check {name}", daemon=True).start()
    return found


def _run(name: str, check: Check, deps: Any) -> Finding:
    began = time.monotonic()
    try:
        ok, detail = True, check(deps)
    except Unwell as why:
        ok, detail = False, str(why)
    except Exception as wrong:
        # Messages of libraries quote addresses, and those hold passwords: its kind must do.
        log.warning("check failed", check=name, error=type(wrong).__name__)
        ok, detail = False, f"failed: {type(wrong).__name__}"
    return Finding(name=name, ok=ok, detail=detail, seconds=round(time.monotonic() - began, 3))


def _silent(name: str, within: float) -> Finding:
    return Finding(name=name, ok=False, detail=f"no answer within {within:g} s", seconds=within)
