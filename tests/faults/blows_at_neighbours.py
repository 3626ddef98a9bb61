"""What NEXT ENGINE and the mail server do wrong (F32, F33); their twins count how often they did."""

from functools import partial
from typing import Any

from tests.faults.arena import Arena, Blow
from tests.faults.nemesis import MAIL_BLOWS, UPLOAD

UPLOADS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("accepted_then_lost", {}),
    ("lost", {}),
    ("overload", {"seconds": 1.0}),
    ("http_error", {"status": 502}),
    ("http_error", {"status": 502, "executed": True}),
    ("not_json", {"executed": True}),
    ("empty", {"executed": True}),
    ("error", {"code": "003001", "message": "busy"}),
    ("slow", {"seconds": 2.0}),
)


def next_engine(kind: str, how: dict[str, Any], arena: Arena) -> int:
    arena.books.next_engine.order_fault(kind, endpoint=UPLOAD, **how)
    return 1


def mail(kind: str, how: dict[str, Any], arena: Arena) -> int:
    arena.books.inbox.order_fault(kind, **how)
    return 1


BLOWS = (
    *(
        Blow(
            name=f"NEXT ENGINE: {kind}{', executed' if how.get('executed') else ''}",
            fault="F32",
            strike=partial(next_engine, kind, how),
        )
        for kind, how in UPLOADS
    ),
    *(
        Blow(name=name, fault="F33", strike=partial(mail, kind, how))
        for name, kind, how in MAIL_BLOWS
    ),
)
