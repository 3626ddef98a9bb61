"""What the completion of an order means for its buyer (R156 to R164, D19)."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """Exactly one is recorded for every completed order."""

    MOVED = "moved"
    ALREADY_MOVED = "already_moved"
    NOT_ASKED_FOR = "not_asked_for"
    NOT_OFFLINE = "not_offline"


@dataclass(frozen=True, slots=True)
class Ownership:
    """Whose the buyer is now, and what a transition did to it before."""

    is_offline: bool
    was_moved: bool
    """A transition, not an invitation, connected it; whether undone since or not."""
    undone_at: datetime | None
    """The latest undo."""


def outcome_of(ownership: Ownership, *, is_asked_for: bool, submitted_at: datetime) -> Outcome:
    """Return what to record; only MOVED changes anything.

    An order submitted before an undo never moves the buyer again, a later one does (D19).
    """
    if not is_asked_for:
        return Outcome.NOT_ASKED_FOR
    if not ownership.is_offline:
        return Outcome.ALREADY_MOVED if ownership.was_moved else Outcome.NOT_OFFLINE
    if ownership.undone_at is not None and submitted_at <= ownership.undone_at:
        return Outcome.ALREADY_MOVED
    return Outcome.MOVED
