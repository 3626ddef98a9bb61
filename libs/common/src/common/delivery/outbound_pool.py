"""Runs outbound calls side by side: one claimer, as many performers as each kind allows."""

import math
import time
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from typing import Any

from common.db import Database
from common.delivery.doorbell import bell
from common.delivery.outbound import Kind, kinds
from common.delivery.outbound_leases import LEASE, claim_call, renew_leases
from common.delivery.outbound_runner import perform
from common.delivery.tables import OutboundCall

OVERDUE = 60.0
"""Seconds beyond its longest time after which a performer counts as hanging."""
RENEWALS = 4
"""How often a lease is renewed in its time: a database may be away for most of one."""


class Hanging(RuntimeError):
    """An effect runs far too long: it has no timeout, and only a restart ends it."""


@dataclass(frozen=True)
class Flight:
    """A call in the hands of a performer, and until when that may keep it."""

    call: OutboundCall
    until: float


class OutboundPool:
    """Claims due calls and hands them to threads; a claimed call has a free thread."""

    def __init__(
        self,
        database: Database,
        deps: Any,
        *,
        longest_lease: float = math.inf,
        longest_pause: float = math.inf,
    ) -> None:
        self._database, self._deps = database, deps
        self._longest_lease, self._longest_pause = longest_lease, longest_pause
        self._pools: dict[str, ThreadPoolExecutor] = {}
        self._flying: dict[str, dict[Future[None], Flight]] = {}
        self._renew_at = 0.0

    def step(self) -> bool:
        """Keep what is in flight; start what is due and there is room for. Raises Hanging."""
        self._renew()
        for kind in kinds().values():
            self._start_due(kind)
        return False

    def close(self, *, within: float) -> None:
        """Wait for the calls in flight, but not for long."""
        until = time.monotonic() + within
        while any(self._in_flight(name) for name in self._pools) and time.monotonic() < until:
            time.sleep(0.05)

    def _start_due(self, kind: Kind) -> None:
        if kind.name not in self._pools:
            self._pools[kind.name] = ThreadPoolExecutor(kind.concurrency, f"outbound-{kind.name}")
            self._flying[kind.name] = {}
        while self._in_flight(kind.name) < kind.concurrency:
            call = claim_call(self._database, kind, longest_lease=self._longest_lease)
            if call is None:
                return
            pool = self._pools[kind.name]
            work = partial(perform, longest_pause=self._longest_pause)
            future = pool.submit(work, self._database, self._deps, kind, call)
            self._flying[kind.name][future] = Flight(call, time.monotonic() + kind.longest)
            # The next one starts when this one has landed, not a second later.
            future.add_done_callback(lambda _: bell("outbound").set())

    def _renew(self) -> None:
        now = time.monotonic()
        flights = [flight for flying in self._flying.values() for flight in flying.values()]
        held = [flight.call for flight in flights if now < flight.until]
        if held and now >= self._renew_at:
            renew_leases(self._database, held, longest_lease=self._longest_lease)
            self._renew_at = now + min(LEASE, self._longest_lease) / RENEWALS

    def _in_flight(self, name: str) -> int:
        flying = self._flying[name]
        for future in [each for each in flying if each.done()]:
            del flying[future]
        if any(time.monotonic() > flight.until + OVERDUE for flight in flying.values()):
            raise Hanging(name)
        return len(flying)
