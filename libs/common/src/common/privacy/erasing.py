"""Erase one person from a service's tables, as its register says; twice is harmless."""

import json
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import delete, null, text, tuple_, update
from sqlalchemy.orm import Session

from common.db import act_as
from common.privacy.finding import PATIENCE, find_rows, keys_of, pseudonym_of, table_of
from common.privacy.person import Person
from common.privacy.register import Held, Register


@dataclass(slots=True, kw_only=True)
class Erased:
    """What became of one kind of thing: rows that went, rows that were changed."""

    table: str
    what: str
    deleted: int = 0
    changed: int = 0

    @property
    def number(self) -> int:
        return self.deleted + self.changed


def find_blocks(session: Session, register: Register, person: Person) -> list[str]:
    """Return why nothing can be erased yet, each reason a sentence with its cure."""
    session.execute(text(PATIENCE))
    found: dict[str, None] = {}
    for maker_id in register.scopes(person):
        if maker_id is not None:
            act_as(session, maker_id)
        for look in register.find_blocks:
            found |= dict.fromkeys(look(session, person, maker_id))
    return list(found)


def erase_person(session: Session, register: Register, person: Person) -> list[Erased]:
    """Delete and change what the register says; return what that was, empty kinds left out."""
    session.execute(text(PATIENCE))
    done = [Erased(table=held.table, what=held.what) for held in register.held]
    for maker_id in register.scopes(person):
        if maker_id is not None:
            act_as(session, maker_id)
        for act in register.before:
            act(session, person, maker_id)
        session.flush()
        for held, count in zip(register.held, done, strict=True):
            if held in register.held_in(maker_id):
                _erase(session, held, person, maker_id, count)
    return [each for each in done if each.number]


class _OnlyTried(Exception):
    """Takes back what was done since the savepoint."""


def try_erasure(
    session: Session, register: Register, person: Person
) -> tuple[list[str], list[Erased]]:
    """Return what stands against erasing and what would be erased: done, and taken back."""
    blocks, done = list[str](), list[Erased]()
    with suppress(_OnlyTried), session.begin_nested():
        blocks = find_blocks(session, register, person)
        done = erase_person(session, register, person)
        raise _OnlyTried
    return blocks, done


def _erase(
    session: Session, held: Held, person: Person, maker_id: UUID | None, count: Erased
) -> None:
    rows = find_rows(session, held, person, maker_id, is_locked=held.writer is None)
    if held.goes:
        count.deleted += _delete(session, held, rows)
        return
    for row in rows:
        changes = _changes(held, row, person)
        if changes:
            _write(session, held, row, changes)
            count.changed += 1


def _changes(held: Held, row: Mapping[str, Any], person: Person) -> dict[str, Any]:
    """Return the columns that get another value; none the second time."""
    name = pseudonym_of(held, row)
    wanted = {c: fate.change(row[c], person, name) for c, fate in held.columns.items()}
    return {column: value for column, value in wanted.items() if value != row[column]}


def _write(
    session: Session, held: Held, row: Mapping[str, Any], changes: Mapping[str, Any]
) -> None:
    keys = {name: row[name] for name in keys_of(held)}
    if held.writer is not None:
        values = {name: changes.get(name, row[name]) for name in held.columns}
        plain = {n: json.dumps(v) if isinstance(v, dict) else v for n, v in values.items()}
        session.execute(text(held.writer), {**keys, **plain})
        return
    table = table_of(held)
    # None would be JSON's null in a column of JSON.
    values = {name: null() if value is None else value for name, value in changes.items()}
    chosen = update(table).where(*(table.c[name] == value for name, value in keys.items()))
    session.execute(chosen.values(values))


def _delete(session: Session, held: Held, rows: Any) -> int:
    if rows:
        key = tuple_(*table_of(held).primary_key.columns)
        chosen = [tuple(row[name] for name in keys_of(held)) for row in rows]
        session.execute(delete(table_of(held)).where(key.in_(chosen)))
    return len(rows)
