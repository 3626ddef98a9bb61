"""The register of a service: every place that may name a person, and every one that does not."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from common.privacy.fates import Fate
from common.privacy.person import Person

Look = Callable[[Session, Person, UUID | None], Collection[str]]
"""`(session, person, maker)` → sentences that say why nothing can be erased yet."""
Act = Callable[[Session, Person, UUID | None], None]
"""`(session, person, maker)`: what must happen before values change, in the same transaction."""


@dataclass(frozen=True, kw_only=True)
class Held:
    """Rows of a table that are about a person, found by `where`, and what becomes of them."""

    table: str
    what: str
    """In words, for who reads an export."""
    where: str
    """SQL; its parameters are those of `Person.params`."""
    columns: Mapping[str, Fate]
    shows: tuple[str, ...] = ()
    """Columns that name nobody and make an export readable."""
    goes: bool = False
    """The whole row is deleted."""
    writer: str | None = None
    """SQL that changes a row where the application may not: it is given the row's key and the new values."""
    stays: str = ""
    """How long what is not erased stays, and why."""


@dataclass(frozen=True, kw_only=True)
class Register:
    """All of one service. What is in none of the three lists fails a test."""

    service: str
    held: tuple[Held, ...]
    passing: Mapping[str, str]
    """`table.column` → personal, but found by nobody and gone by itself: when."""
    harmless: Mapping[str, str]
    """Table → its columns of text or JSON that are about no person, divided by spaces."""
    global_tables: Collection[str]
    more_makers: tuple[UUID, ...] = ()
    """Tenants beside the real ones, for a whole person."""
    find_blocks: tuple[Look, ...] = ()
    before: tuple[Act, ...] = ()
    find_orders: Callable[[Session, Person], Collection[UUID]] | None = None
    """Of the service that keeps orders: those of the person's buyers."""

    def scopes(self, person: Person) -> tuple[UUID | None, ...]:
        """Return the tenants to look at; None stands for the tables of nobody, which come last."""
        more = self.more_makers if person.is_whole else ()
        return (*person.maker_ids, *more, None)

    def held_in(self, maker_id: UUID | None) -> tuple[Held, ...]:
        is_global = maker_id is None
        return tuple(e for e in self.held if (e.table in self.global_tables) == is_global)
