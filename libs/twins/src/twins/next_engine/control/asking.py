"""Reading what a control call asks for."""

from datetime import datetime
from typing import Any

from twins.inputs import BadInput
from twins.next_engine.company import Company
from twins.next_engine.seed import COMPANY
from twins.next_engine.state import world

Json = dict[str, Any]


def company(ne_id: str | None) -> Company:
    """Return the named company, or the seeded one. Raises BadInput."""
    found = world().companies.get(ne_id or COMPANY)
    if found is None:
        raise BadInput(f"no company {ne_id}")
    return found


def companies(ne_id: str | None) -> list[Company]:
    """Return the named company, or all of them. Raises BadInput."""
    return [company(ne_id)] if ne_id else list(world().companies.values())


def instant(text: object) -> datetime:
    """Return an aware instant. Raises BadInput."""
    try:
        parsed = datetime.fromisoformat(str(text))
    except ValueError:
        raise BadInput(f"not an instant: {text}") from None
    if parsed.tzinfo is None:
        raise BadInput(f"an instant needs an offset: {text}")
    return parsed
