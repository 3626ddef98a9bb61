"""A person planted into every place that a register names, and looked for afterwards."""

import itertools
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from flask import Flask
from psycopg import sql
from psycopg.types.json import Jsonb
from sqlalchemy import BigInteger, Boolean, Column, Date, DateTime, Integer, Numeric, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from common.ids import new_id
from common.privacy import Fate, Held, Person, Register
from common.privacy.finding import table_of
from common.service_tokens import TokenMaker
from common.testing.settings import make_keys

EMAIL = "canary.person@canary.example"
ASKED = {"digest": "d1", "reason": "she asked", "by": "a test"}
TEXTS = ("text", "character varying", "jsonb", "json", "bytea", "ARRAY", "inet", "USER-DEFINED")
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


def everything(connection: "psycopg.Connection[Any]") -> str:
    """Return every row of every table as text."""
    tables = connection.execute("select tablename from pg_tables where schemaname = 'public'")
    names = [name for (name,) in tables.fetchall()]
    rows = (
        connection.execute(sql.SQL("select t::text from {} t").format(sql.Identifier(name)))
        for name in names
    )
    return "\n".join(text for each in rows for (text,) in each.fetchall())


def unnamed_columns(connection: "psycopg.Connection[Any]", register: Register) -> set[str]:
    """Return the columns of text or JSON that are there and not in the register, or the other way
    round; and those that are in two of its lists."""
    found = connection.execute(
        "select table_name || '.' || column_name from information_schema.columns"
        " where table_schema = 'public' and table_name <> 'alembic_version'"
        " and data_type = any(%s)",
        (list(TEXTS),),
    )
    there = {name for (name,) in found.fetchall()}
    held = {f"{each.table}.{name}" for each in register.held for name in each.columns}
    harmless = {
        f"{table}.{name}" for table, names in register.harmless.items() for name in names.split()
    }
    lists = (held, set(register.passing), harmless)
    twice = {name for a, b in itertools.combinations(lists, 2) for name in a & b}
    return (there ^ set().union(*lists)) | twice


def ask_privacy(
    app: Flask,
    service: str,
    question: str,
    person: Person,
    *,
    caller: str = "identity",
    **asked: Any,
) -> dict[str, Any]:
    """Ask the service as identity's command does."""
    tokens = TokenMaker(service=caller, private_key=make_keys()[0][caller])
    reply = app.test_client().post(
        f"/internal/v1/privacy/{question}",
        json={"person": person.as_json(), **asked},
        headers={"Authorization": f"Bearer {tokens.token_for(service)}"},
    )
    return {"status": reply.status_code, **(reply.json or {})}


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


AS_REGISTERED: Mapping[str, Any] = {
    "not told": [],
    "blocked by": [],
    "changed by a trial": False,
    "other than the trial said": set(),
    "left or lost": [],
    "mentions": 0,
    "logged": True,
    "done the second time": [],
    "changed the second time": False,
}
"""What `play_erasure` finds when a service does what its register says."""


def play_erasure(
    app: Flask,
    connection: "psycopg.Connection[Any]",
    register: Register,
    person: Person,
    rows: Mapping[str, Mapping[str, Any]],
) -> dict[str, Any]:
    """Plant the person everywhere, export, try, erase, erase again; return what came of it.

    "left or lost": places where a canary is that the register does not keep, or is not that it
    does. "mentions": how often the address itself is still somewhere.
    """
    canaries = Planter(connection, person, rows=rows).plant(register)
    ask = partial(ask_privacy, app, register.service)
    told = json.dumps(ask("export", person), ensure_ascii=False)
    before = everything(connection)
    trial = ask("erase", person, dry_run=True, **ASKED)
    after_trial = everything(connection)
    done = ask("erase", person, dry_run=False, **ASKED)
    left = everything(connection)
    again = ask("erase", person, dry_run=False, **ASKED)
    return {
        "not told": [c.place for c in canaries if (c.word in told) == c.is_secret],
        "blocked by": trial["blocked_by"] + done["blocked_by"],
        "changed by a trial": after_trial != before,
        "other than the trial said": _kinds(trial) ^ _kinds(done),
        "left or lost": [c.place for c in canaries if (c.word in left) != c.is_kept],
        "mentions": left.lower().count(person.emails[0]),
        "logged": ASKED["digest"] in left,
        "done the second time": again["parts"],
        "changed the second time": everything(connection) != left,
    }


def _kinds(answer: Mapping[str, Any]) -> set[str]:
    return {part["what"] for part in answer["parts"]}
