"""Mails that were asked for, and what they lead to while they are being sent."""

from collections.abc import Callable
from typing import Any

from identity_orders import published

NAME = "identity.mail_requested.v1"
Ask = Callable[..., Any]


def mails(house: Any, kind: str) -> list[dict[str, Any]]:
    """Return the payloads of this kind, oldest first."""
    wishes = (event["payload"] for event in published(house.database, NAME))
    return [wish for wish in wishes if wish["kind"] == kind]


def secret_of(ask: Ask, mail: dict[str, Any]) -> Any:
    """Return the answer that notifications gets for this mail."""
    return ask("mail-secrets/read", {k: mail[k] for k in ("reference_id", "kind")})


def newest(house: Any, ask: Ask, kind: str) -> dict[str, Any]:
    """Return path and secret of the newest mail of this kind."""
    return dict(secret_of(ask, mails(house, kind)[-1]).json)
