"""Where a page of a list ended: the values its order goes by, as one word for the next address."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Self
from uuid import UUID

from common.errors import FieldError, Invalid

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
FIRST = datetime(1, 1, 2, tzinfo=UTC)
LAST = datetime(9999, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last row already seen: its instant, its id, and its name where ids repeat."""

    at: datetime
    id: UUID
    name: str = ""

    @classmethod
    def read(cls, text: str) -> Self:
        """Return what `str` of a cursor says. Raises Invalid."""
        try:
            at, id_, name = text.split("~")
            return cls(EPOCH + int(at) * MICROSECOND, UUID(id_), name)
        except (ValueError, OverflowError) as wrong:
            error = FieldError("after", "invalid", "This is not where a page of this list ended.")
            raise Invalid(error.detail, errors=[error]) from wrong

    def __str__(self) -> str:
        return f"{(self.at - EPOCH) // MICROSECOND}~{self.id}~{self.name}"


BEFORE_ALL = Cursor(FIRST, UUID(int=0))
AFTER_ALL = Cursor(LAST, UUID(int=2**128 - 1))
