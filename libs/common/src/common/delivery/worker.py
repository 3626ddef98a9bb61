"""The worker process of a service."""

from collections.abc import Sequence
from typing import NoReturn

from common.deps import BaseDeps


def run_worker(deps: BaseDeps, argv: Sequence[str] = ()) -> NoReturn:
    """Run this service's background work until SIGTERM; the exit status is the process's.

    `argv`: at most one of all (default), events, relay, sweeper, outbound, jobs. The caller has
    imported its jobs/ modules, which registers handlers, effects and jobs.
    """
    raise NotImplementedError
