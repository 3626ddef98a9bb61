"""The pair of tokens of one company and who keeps it."""

from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from zoneinfo import ZoneInfo

JAPAN = ZoneInfo("Asia/Tokyo")


@dataclass(frozen=True)
class Tokens:
    """Both tokens and when each ends. Both are sent with every call."""

    access: str
    refresh: str
    access_ends_at: datetime
    refresh_ends_at: datetime


class TokenKeeper(Protocol):
    """Keeps one company's tokens; see store/next_engine.py."""

    def alone(self) -> AbstractContextManager[None]:
        """Be the only caller of this company while the block runs (a lease with a fence)."""
        ...

    def read(self) -> Tokens:
        """Return the newest stored pair."""
        ...

    def save(self, tokens: Tokens) -> None:
        """Commit a new pair in a transaction of its own, at once."""
        ...


def tokens_in(answer: dict[str, object], *, before: Tokens) -> Tokens | None:
    """Return the pair in an answer if it is there, whole and new; empty ones are never taken."""
    access, refresh = answer.get("access_token"), answer.get("refresh_token")
    if not (isinstance(access, str) and isinstance(refresh, str) and access and refresh):
        return None
    found = Tokens(
        access,
        refresh,
        _end(answer.get("access_token_end_date"), before.access_ends_at),
        _end(answer.get("refresh_token_end_date"), before.refresh_ends_at),
    )
    return None if found == before else found


def _end(said: object, otherwise: datetime) -> datetime:
    """Their dates are Japan's, without a zone."""
    try:
        return datetime.strptime(str(said), "%Y-%m-%d %H:%M:%S").replace(tzinfo=JAPAN)
    except ValueError:
        return otherwise
