"""What the tests about operators share: a doer, transactions, dead letters to act upon."""

from collections.abc import Callable
from typing import Any

from sqlalchemy import text

from common.delivery import inbox
from common.operations.doer import Doer
from common.operations.letters import Letter, Wanted, list_letters
from common.operations.log import list_actions

from .conftest import Toy
from .test_inbox import wire

ADA = Doer("operator", None, "Ada")
NAME = "alpha.thing_happened.v1"


def do(toy: Toy, act: Callable[..., Any], *args: Any, **given: Any) -> Any:
    with toy.database.transaction() as session:
        return act(session, *args, **given)


def letters(toy: Toy, **wanted: str) -> list[Letter]:
    return list(do(toy, list_letters, Wanted(**wanted)).rows)


def kill_events(toy: Toy, *numbers: int, error: str = "RuntimeError: poison") -> None:
    inbox.write_receipts(toy.database, [wire(toy, number) for number in numbers])
    give_up = text(
        "update inbox set attempts = 8, dead_at = now(), last_error = :error"
        " where processed_at is null and dead_at is null"
    )
    with toy.database.transaction() as session:
        session.execute(give_up, {"error": error})


def actions(toy: Toy) -> list[tuple[str, int, str | None]]:
    rows = do(toy, list_actions).rows
    return [(row.action, row.number, row.reason) for row in reversed(rows)]
