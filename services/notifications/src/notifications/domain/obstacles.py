"""What stopped an upload, told from its note: our own check, or what NEXT ENGINE answered."""

import re
from enum import StrEnum

THEIR_CODE = re.compile(r"\d{6}\b")
OURS = ("The order has no address.", "NEXT ENGINE must be connected again.")
"""checkout's words of two checks whose cure starts the upload by itself (R182, R184)."""


class Obstacle(StrEnum):
    """Each has its own cure."""

    NO_ADDRESS = "no_address"
    NO_CONNECTION = "no_connection"
    ANSWER = "answer"
    OTHER = "other"


def obstacle_of(note: str | None) -> Obstacle:
    """Return what stopped the upload; NEXT ENGINE's answers begin with its code."""
    words = note or ""
    if words.startswith(OURS):
        return Obstacle.NO_ADDRESS if words.startswith(OURS[0]) else Obstacle.NO_CONNECTION
    return Obstacle.ANSWER if THEIR_CODE.match(words) else Obstacle.OTHER
