"""The board of the ownership game: a buyer of each brand, who may have them, what is known."""

import uuid
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any
from uuid import UUID

from identity_people import Person
from sqlalchemy import text

from common.ids import new_id
from devstack.world import cast
from devstack.world.identity import add_buyer
from identity.store import models

LEA = cast.Staff(new_id(), "lea@soleil.example", "Léa Roux", "member_write", (cast.SOLEIL,))
"""She sees SOLEIL only, as SALES sees NORD only."""
READERS = {cast.NORD: cast.SALES, cast.SOLEIL: LEA}
MARK = text(
    "update buyers set customer_code = :mark, tax_id = :mark, payment_terms = :mark,"
    " contact_email = :contact, tags = jsonb_build_array(cast(:mark as text)) where id = :id"
)


@dataclass
class Player:
    """Somebody with a user account, signed in, and the organisations that are its own."""

    email: str
    user_id: UUID
    person: Person
    homes: set[UUID] = field(default_factory=set)


@dataclass
class Piece:
    """A buyer as it is expected to be."""

    buyer: cast.Buyer
    mark: str
    """Stands in every field of it that is its brand's alone."""
    kept: dict[str, Any] = field(default_factory=dict)
    """What no change of ownership changes (R163)."""
    home: UUID | None = None
    was_moved: bool = False
    is_claimed: bool = False
    is_deleted: bool = False
    undone_at: int = -1
    """The turn of the latest undo."""
    outcomes: dict[str, str] = field(default_factory=dict)
    """By order id; every order that arrived has one."""
    claim: tuple[str, str] | None = None
    """The one claim that opens something: its path and its address."""
    offer: str | None = None
    dead: list[str] = field(default_factory=list)
    """Paths of claims and offers that open nothing more."""
    receipts: list[tuple[str, str]] = field(default_factory=list)
    """(recipient, how) of each mail to a customer that took it over."""

    def outcome_of(self, *, transition: bool, turn: int) -> str:
        """Return what an order placed in this turn has to mean if it arrives now (D19)."""
        if self.is_deleted:
            return "not_offline"
        if not transition:
            return "not_asked_for"
        if self.home is not None:
            return "already_moved" if self.was_moved else "not_offline"
        return "already_moved" if turn <= self.undone_at else "moved"

    def bury(self) -> None:
        """Let the claim's path be dead from now on."""
        if self.claim is not None:
            self.dead.append(self.claim[0])
            self.claim = None


def set_up(house: Any, with_login: Sequence[bool]) -> list[Piece]:
    """Write two new buyers, one of each brand, with a link login or without.

    Without one NORD's has no address at all, SOLEIL's a contact.
    """
    contacts = (None, _email())
    return [
        _piece(house, brand, login=_email() if has_login else None, contact=contact)
        for brand, contact, has_login in zip(cast.BRANDS, contacts, with_login, strict=True)
    ]


def add_lea(house: Any) -> None:
    """Let SOLEIL have a member of staff that sees nothing of NORD."""
    with house.database.transaction(cast.MAKER_ID) as session:
        session.add(
            models.User(
                id=LEA.id,
                email=LEA.email,
                name=LEA.name,
                language="en",
                password_hash=house.deps.passwords.hash(cast.PASSWORD),
            )
        )
        session.flush()
        session.add(
            models.StaffMember(
                id=LEA.id,
                maker_id=cast.MAKER_ID,
                user_id=LEA.id,
                role=LEA.role,
                has_all_brands=False,
            )
        )
        session.add(models.StaffLookup(user_id=LEA.id, maker_id=cast.MAKER_ID))
        session.flush()
        access = {"maker_id": cast.MAKER_ID, "staff_id": LEA.id, "brand_id": cast.SOLEIL.id}
        session.add(models.StaffBrand(**access))


def user_id_of(house: Any, email: str) -> UUID:
    with house.database.transaction() as session:
        query = text("select id from users where email = :email")
        return UUID(str(session.scalar(query, {"email": email})))


def _piece(house: Any, brand: cast.Brand, *, login: str | None, contact: str | None) -> Piece:
    mark = f"mark{uuid.uuid4().hex[:10]}"
    buyer = replace(
        cast.AOYAMA,
        id=new_id(),
        key=mark,
        brand=brand,
        name=f"Shop {mark[4:9].upper()}",
        unique_code=mark.upper(),
        login_email=login,
        contact_email=contact or "nobody@shop.example",
        passcode=None,
    )
    with house.database.transaction(cast.MAKER_ID) as session:
        add_buyer(session, buyer, house.deps.passwords)
        session.flush()
        session.execute(MARK, {"mark": mark, "contact": contact, "id": buyer.id})
    buyer = replace(buyer, contact_email=contact or "")
    return Piece(buyer, mark, kept=kept_of(house, buyer))


def kept_of(house: Any, buyer: cast.Buyer) -> dict[str, Any]:
    with house.database.transaction(cast.MAKER_ID) as session:
        query = text(
            "select brand_id, unique_code, customer_code, name, trade_term_id, currency, language,"
            " country, rate_kind, rate_value, payment_terms, default_address_id, tags,"
            " (select array_agg(id order by id) from addresses a where a.buyer_id = b.id) as addresses,"
            " (select array_agg(email order by email) from recipients r where r.buyer_id = b.id)"
            " as recipients from buyers b where id = :id"
        )
        return dict(session.execute(query, {"id": buyer.id}).mappings().one())


def _email() -> str:
    return f"{uuid.uuid4().hex[:10]}@shop.example"
