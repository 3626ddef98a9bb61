"""Everything that a service holds of a person, in words."""

from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.db import act_as
from common.delivery.events import to_json
from common.privacy.finding import PATIENCE, find_rows
from common.privacy.person import Person
from common.privacy.register import Held, Register


def export_person(session: Session, register: Register, person: Person) -> list[dict[str, Any]]:
    """Return one part per kind of thing that is held, in the register's order, with its rows."""
    session.execute(text(PATIENCE))
    parts = [_part(held) for held in register.held]
    for maker_id in register.scopes(person):
        if maker_id is not None:
            act_as(session, maker_id)
        for held, part in zip(register.held, parts, strict=True):
            if held in register.held_in(maker_id):
                part["rows"] += [
                    _shown(held, row) for row in find_rows(session, held, person, maker_id)
                ]
    return [part for part in parts if part["rows"]]


def _part(held: Held) -> dict[str, Any]:
    return {"what": held.what, "table": held.table, "rows": []}


def _shown(held: Held, row: Any) -> dict[str, Any]:
    secrets = {name for name, fate in held.columns.items() if fate.is_secret}
    return {
        name: ("(set)" if value else None) if name in secrets else to_json(value)
        for name, value in row.items()
    }
