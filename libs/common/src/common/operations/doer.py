"""Who does it: an operator that is signed in, or somebody at the command line."""

from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Doer:
    """`kind` is operator or command; only an operator has an id."""

    kind: str
    id: UUID | None
    name: str
