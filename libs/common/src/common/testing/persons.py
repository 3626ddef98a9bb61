"""A person, and a planter that puts it into every place that a register names."""

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import psycopg
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, Numeric, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from common.ids import new_id
from common.privacy import Fate, Held, Person, Register
from common.privacy.finding import table_of

EMAIL = "canary.person@canary.example"
PLAIN: tuple[tuple[Any, Callable[[], Any]], ...] = (
    (Uuid, new_id),
    (DateTime, lambda: datetime.now(UTC)),
    (Date, lambda: datetime.now(UTC).date()),
    (Boolean, lambda: False),
    ((BigInteger, Integer, Numeric), lambda: 1),
    (JSONB, dict),
)


@dataclass(frozen=True, slots=True)
class Canary:
    """A word that is nowhere else, and whether the register says that it stays."""

    word: str
    place: str
    is_kept: bool
    is_secret: bool


class Planter:
    """Writes one row for each part of a register, with a canary in every personal column."""

    def __init__(
        self,
        connection: "psycopg.Connection[Any]",
        person: Person,
        *,
        rows: Mapping[str, Mapping[str, Any]],
    ) -> None:
        """`rows`: by the part's `what` or by table, what its condition and the tables' checks ask."""
        self.canaries: list[Canary] = []
        self._connection, self._person, self._rows = connection, person, rows
        self._numbers = itertools.count(1)

    def plant(self, register: Register) -> list[Canary]:
        with self._connection.transaction():
            # As replica no foreign key is looked at: each row stands for itself.
            self._connection.execute("set local session_replication_role = replica")
            for held in register.held:
                self._insert(held)
        return self.canaries

    def _insert(self, held: Held) -> None:
        given = {**self._rows.get(held.table, {}), **self._rows.get(held.what, {})}
        row = {
            column.name: self._value(column, held, given)
            for column in table_of(held).columns
            if column.computed is None and (column.name in given or not _is_made_by_itself(column))
        }
        query = sql.SQL("insert into {} ({}) values ({})").format(
            sql.Identifier(held.table),
            sql.SQL(", ").join(map(sql.Identifier, row)),
            sql.SQL(", ").join([sql.Placeholder()] * len(row)),
        )
        values = [Jsonb(each) if isinstance(each, dict | list) else each for each in row.values()]
        self._connection.execute(query, values)

    def _value(self, column: "Column[Any]", held: Held, given: Mapping[str, Any]) -> Any:
        if column.name in given:
            return given[column.name]
        fate = held.columns.get(column.name)
        if fate is not None:
            return self._planted(fate, column, f"{held.table}.{column.name} ({held.what})")
        if column.name in ("buyer_id", "user_id", "order_id", "maker_id"):
            ids = getattr(self._person, f"{column.name}s")
            return ids[0] if ids else new_id()
        if column.nullable:
            return None
        return next((make() for kind, make in PLAIN if isinstance(column.type, kind)), "x")

    def _planted(self, fate: Fate, column: "Column[Any]", place: str) -> Any:
        is_json = isinstance(column.type, JSONB)
        if fate.paths is None:
            shaped = self._shaped(fate, place, is_json=is_json)
            return {"canary": shaped} if is_json and isinstance(shaped, str) else shaped
        value: dict[str, Any] = {}
        for path, each in fate.paths.items():
            _put(value, path.split("."), self._shaped(each, f"{place} {path}", is_json=True))
        if fate.keeps:
            value["stays"] = self._word(fate, place)
        return value if is_json else json.dumps(value)

    def _shaped(self, fate: Fate, place: str, *, is_json: bool) -> Any:
        """Return what the fate works on; where only mentions go, a mention."""
        if fate.shape == "own":
            return self._person.emails[0]
        if fate.shape == "mention":
            told = f"told {self._person.emails[0]}"
            return {"words": [told]} if is_json else told
        word = self._word(fate, place)
        if fate.shape == "object":
            return {"canary": word}
        return [word] if fate.shape == "list" and is_json else word

    def _word(self, fate: Fate, place: str) -> str:
        word = f"canary-{next(self._numbers):03}-canary"
        self.canaries.append(Canary(word, place, fate.keeps, fate.is_secret))
        return word


def _is_made_by_itself(column: "Column[Any]") -> bool:
    return column.server_default is not None and not column.primary_key


def _put(value: dict[str, Any], path: list[str], word: Any) -> None:
    step, *rest = path
    if not rest:
        value[step] = word
    elif rest[0] == "*":
        value[step] = [{}]
        _put(value[step][0], rest[1:], word)
    else:
        _put(value.setdefault(step, {}), rest, word)


def make_person(maker_id: UUID, **given: Any) -> Person:
    """Return a person with one id of each kind."""
    values: dict[str, Any] = {
        "emails": (EMAIL,),
        "maker_ids": (maker_id,),
        "is_whole": True,
        "user_ids": (new_id(),),
        "buyer_ids": (new_id(),),
        "organisation_ids": (new_id(),),
        "order_ids": (new_id(),),
        "names": {str(maker_id): ("Canary Buyer",)},
    }
    return Person(**(values | given))
