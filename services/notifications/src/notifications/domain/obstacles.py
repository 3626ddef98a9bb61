"""What stopped an upload, told from its note: our own check, or what NEXT ENGINE answered."""

import re
from enum import StrEnum

THEIR_CODE = re.compile(r"\d{6}\b")


class Obstacle(StrEnum):
    """Each has its own cure."""

    NO_ADDRESS = "no_address"
    NO_CONNECTION = "no_connection"
    ANSWER = "answer"
    OTHER = "other"


OURS = {
    "The order has no address.": Obstacle.NO_ADDRESS,
    "NEXT ENGINE must be connected again.": Obstacle.NO_CONNECTION,
}
"""checkout's words of two checks whose cure starts the upload by itself (R182, R184)."""


def obstacle_of(note: str | None) -> Obstacle:
    """Return what stopped the upload; NEXT ENGINE's answers begin with its code."""
    words = note or ""
    for own, obstacle in OURS.items():
        if words.startswith(own):
            return obstacle
    return Obstacle.ANSWER if THEIR_CODE.match(words) else Obstacle.OTHER
