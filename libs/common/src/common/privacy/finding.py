"""Find the rows that a register says are about a person."""

import hashlib
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import Table, text
from sqlalchemy.orm import Session

from common.db import Base
from common.privacy.person import Person
from common.privacy.register import Held

PATIENCE = "set local statement_timeout = '300s'"
"""Some conditions read a whole table; nobody's page waits for it."""


def table_of(held: Held) -> Table:
    return Base.metadata.tables[held.table]


def keys_of(held: Held) -> list[str]:
    return [column.name for column in table_of(held).primary_key.columns]


def find_rows(
    session: Session, held: Held, person: Person, maker_id: UUID | None, *, is_locked: bool = False
) -> Sequence[Mapping[str, Any]]:
    """Return key, shown and personal columns of the rows, oldest key first."""
    names = dict.fromkeys((*keys_of(held), *held.shows, *held.columns))
    columns = [table_of(held).c[name] for name in names]
    query = (
        text(
            f"select {', '.join(names)} from {held.table} where {held.where}"  # noqa: S608 - our own words.
            f" order by {', '.join(keys_of(held))}{' for update' if is_locked else ''}"
        )
        .columns(*columns)
        .bindparams()
    )
    return [dict(row._mapping) for row in session.execute(query, person.params(maker_id))]


def pseudonym_of(held: Held, row: Mapping[str, Any]) -> str:
    """Return the row's own pseudonym: the same each time, and made of nothing that was erased."""
    key = ":".join(str(row[name]) for name in keys_of(held))
    return f"erased-{hashlib.sha256(key.encode()).hexdigest()[:12]}"
