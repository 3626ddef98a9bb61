"""Blows at the network between our own parts, and to the world outside (F30)."""

import time
from functools import partial

from tests.faults.arena import Arena, Blow
from tests.faults.wire import CUT, FROM_GATEWAY, GOOD, SILENT, SLICED

from devstack.services import SERVICES

SECONDS = 4.0
TO: dict[str, tuple[str, ...]] = {
    "PostgreSQL": ("postgres",),
    "the broker": ("broker",),
    "the cache": ("cache",),
    "other services": SERVICES,
    "the mail server": ("smtp",),
    "NEXT ENGINE": ("twins",),
}
GATEWAYS = tuple(f"{FROM_GATEWAY}{service}" for service in SERVICES)
WIRES = (*(name for names in TO.values() for name in names), *GATEWAYS)
WORDS = {SILENT: "the way to {} silent", SLICED: "bytes to {} one by one", CUT: "answers of {} cut"}
WORDS_OF_THE_GATEWAY = {
    SILENT: "the way from the gateway silent",
    SLICED: "bytes from the gateway one by one",
    CUT: "answers to the gateway cut",
}


def spoil(names: tuple[str, ...], mode: str, arena: Arena) -> int:
    """Be bad until something was hit, and a while longer."""
    wires = [arena.wires[name] for name in names]
    before, until = sum(wire.hits for wire in wires), time.monotonic() + 20
    for wire in wires:
        wire.mode = mode
    try:
        time.sleep(SECONDS)
        while sum(wire.hits for wire in wires) == before and time.monotonic() < until:
            time.sleep(0.2)
    finally:
        for wire in wires:
            wire.mode = GOOD
    return sum(wire.hits for wire in wires) - before


STRETCHES = (
    *((mode, words.format(to), at) for to, at in TO.items() for mode, words in WORDS.items()),
    *((mode, words, GATEWAYS) for mode, words in WORDS_OF_THE_GATEWAY.items()),
)
BLOWS = tuple(
    Blow(name=name, fault="F30", strike=partial(spoil, wires, mode))
    for mode, name, wires in STRETCHES
)
