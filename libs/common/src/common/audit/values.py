"""What the audit log says of a change: who, for whom, and only what differs. Never a secret."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

FORBIDDEN = ("password", "hash", "token", "secret")


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `kind` is staff, api_key, user or system; `id` the user's or the key's."""

    kind: str
    id: UUID | None
    name: str

    @property
    def user_id(self) -> UUID | None:
        return None if self.kind == "api_key" else self.id


SYSTEM = Actor("system", None, "Orderlink")


@dataclass(frozen=True, slots=True)
class Editor:
    """Who changes something, when, and whose brands' rows may be changed."""

    actor: Actor
    brand_ids: Collection[UUID]
    now: datetime


@dataclass(frozen=True, slots=True)
class Subject:
    """What is changed: a buyer, an API key, a rate group, …"""

    kind: str
    id: UUID | None
    name: str


def differences(
    before: Mapping[str, Any], after: Mapping[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Return both sides without what stayed the same."""
    names = [name for name in {**before, **after} if before.get(name) != after.get(name)]
    return (
        {name: before[name] for name in names if name in before},
        {name: after[name] for name in names if name in after},
    )


def check_harmless(said: Mapping[str, Any]) -> None:
    """Raise ValueError for a secret on its way into the log, where it would stay for ever.

    A field named like one may say `True` or `False` (there is one, there is none), and no more.
    """
    for name, value in said.items():
        looks_secret = any(word in name for word in FORBIDDEN) and not isinstance(value, bool)
        if looks_secret or (isinstance(value, str) and value.startswith("$argon2")):
            raise ValueError(f"{name} is not for the audit log")
