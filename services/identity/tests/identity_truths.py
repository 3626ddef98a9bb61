"""What is true of ownership after every step, whatever the steps were."""

from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

from identity_game import READERS, Piece, Player, kept_of
from identity_people import Person
from sqlalchemy import select, text

from devstack.world import cast
from identity.store.models import (
    Buyer,
    BuyerLookup,
    Claim,
    OwnershipChange,
    TransitionOutcome,
)

Ask = Callable[..., Any]
EVENTS = text("""
select envelope->'payload' as payload from outbox_event
where name = 'identity.transition_changed.v1' and envelope->'payload'->>'buyer_id' = :id
order by id
""")
RECEIPTS = text("""
select envelope->'payload' as payload, envelope->>'brand_id' as brand_id from outbox_event
where name = 'identity.mail_requested.v1' and envelope->'payload'->>'kind' = 'transition_receipt'
  and envelope->'payload'->'values'->>'path' in ('/app/buyers/' || :id, '/buyers/' || :id)
order by id
""")
MAILED = text("""
select count(*) from outbox_event
where name = 'identity.mail_requested.v1' and envelope->'payload'->>'kind' = 'claim'
  and envelope->'payload'->>'reference_id' in
    (select cast(id as text) from claims where buyer_id = cast(:id as uuid))
""")


def check_owner(house: Any, piece: Piece) -> None:
    """The row, its look-up and its history name one owner; one claim is open while it waits."""
    with house.database.transaction(cast.MAKER_ID) as session:
        row = session.get(Buyer, piece.buyer.id)
        lookup = session.get(BuyerLookup, piece.buyer.id)
        if piece.is_deleted:
            assert row is None
            assert lookup is None
            return
        assert row.organisation_id == lookup.organisation_id == piece.home
        assert row.kind == ("connected" if piece.home else "offline")
        assert (row.claimed_at is not None) == piece.is_claimed
        changes = select(OwnershipChange).where(OwnershipChange.buyer_id == row.id)
        owner = None
        for change in session.scalars(changes.order_by(OwnershipChange.id)):
            assert (change.change in {"moved", "connected"}) <= (owner is None), "had an owner"
            owner = None if change.change == "undone" else change.organisation_id
        assert owner == piece.home
        waiting = select(Claim).where(
            Claim.buyer_id == row.id, Claim.state.in_(["open", "no_address"])
        )
        open_claims = session.scalars(waiting).all()
        is_waiting = piece.home is not None and not piece.is_claimed
        assert [claim.organisation_id for claim in open_claims] == [piece.home] * is_waiting
    assert kept_of(house, piece.buyer) == piece.kept


def check_orders(house: Any, piece: Piece) -> None:
    """Each order that arrived has one outcome, told once; as many moved as the history says."""
    with house.database.transaction(cast.MAKER_ID) as session:
        rows = session.scalars(
            select(TransitionOutcome).where(TransitionOutcome.buyer_id == piece.buyer.id)
        ).all()
        assert {str(row.order_id): row.outcome for row in rows} == piece.outcomes
        events = [each.payload for each in session.execute(EVENTS, {"id": str(piece.buyer.id)})]
        moves = session.scalars(
            select(OwnershipChange.order_id).where(
                OwnershipChange.buyer_id == piece.buyer.id, OwnershipChange.change == "moved"
            )
        ).all()
    first: dict[str, str] = {}
    for event in events:
        first.setdefault(event["order_id"], event["outcome"])
    assert first == piece.outcomes
    moved = sorted(order for order, outcome in piece.outcomes.items() if outcome == "moved")
    assert sorted(str(order) for order in moves) == moved
    assert sum(event["outcome"] == "moved" for event in events) == len(moved)


def check_receipts(house: Any, piece: Piece) -> None:
    """Whoever took the buyer over got one, each owner of its brand too, and they say the same."""
    with house.database.transaction(cast.MAKER_ID) as session:
        found = session.execute(RECEIPTS, {"id": str(piece.buyer.id)}).all()
        mailed = session.scalar(MAILED, {"id": str(piece.buyer.id)})
        claims = session.scalars(select(Claim.email).where(Claim.buyer_id == piece.buyer.id)).all()
    assert mailed == sum(email is not None for email in claims)
    customers = [each.payload for each in found if each.payload["values"]["side"] == "customer"]
    brands = [each.payload for each in found if each.payload["values"]["side"] == "brand"]
    assert [(each["recipient"], each["values"]["how"]) for each in customers] == piece.receipts
    assert [each["recipient"] for each in brands] == [cast.OWNER.email] * len(customers)
    assert {each.brand_id for each in found} <= {str(piece.buyer.brand.id)}
    for mine, theirs in zip(customers, brands, strict=True):
        assert _said(mine) == _said(theirs)
        assert mine["values"]["unique_code"] == piece.buyer.unique_code


def _said(receipt: dict[str, Any]) -> dict[str, Any]:
    return {key: receipt["values"][key] for key in receipt["values"].keys() - {"side", "path"}}


def check_who_sees(ask: Ask, pieces: Sequence[Piece], player: Player, *, turn: int) -> None:
    """A customer sees the buyers of its organisations, in the app and through the question, and
    no field of another's."""
    own = {str(piece.buyer.id) for piece in pieces if piece.home in player.homes}
    answer = ask("users/buyers", {"user_id": str(player.user_id)}).json["buyers"]
    all_ids = {str(piece.buyer.id) for piece in pieces}
    assert {each["buyer_id"] for each in answer} & all_ids == own
    page = player.person.open("/app").text
    for piece in pieces:
        assert (f"/app/buyers/{piece.buyer.id}" in page) == (str(piece.buyer.id) in own)
    looked_at = pieces[turn % len(pieces)]
    is_own = str(looked_at.buyer.id) in own
    shown = player.person.open(f"/app/buyers/{looked_at.buyer.id}")
    assert shown.status_code == (200 if is_own else 404)
    assert (looked_at.buyer.unique_code in page + shown.text) <= is_own


def check_walls(
    ask: Ask, pieces: Sequence[Piece], brand: cast.Brand, staff: Person, *, turn: int
) -> None:
    """Staff of one brand reads nothing of the other's by page, API or search; what is looked at
    changes with the turn."""
    others = [piece for piece in pieces if piece.buyer.brand is not brand]
    piece = others[turn % len(others)]
    buyer_id = piece.buyer.id
    texts = []
    for path in (f"/buyers/{buyer_id}", f"/api/identity/v1/buyers/{buyer_id}"):
        reply = staff.client.get(path)
        assert reply.status_code == 404
        texts.append(reply.text)
    assert (
        ask("buyers/read", {"buyer_id": str(buyer_id), "brand_id": str(brand.id)}).status_code
        == 404
    )
    search = {"brand_id": str(brand.id), "text": piece.mark}
    assert ask("buyers/search", search).json == {"buyers": []}
    lists = (
        "/buyers",
        f"/api/identity/v1/buyers?q={piece.mark}",
        "/settings/audit",
        "/api/identity/v1/buyers?limit=200",
    )
    texts.append(staff.client.get(lists[turn % len(lists)]).text)
    for each in texts:
        for other in others:
            assert other.mark not in each.lower()
    own = next(piece for piece in pieces if piece.buyer.brand is brand)
    status = staff.client.get(f"/api/identity/v1/buyers/{own.buyer.id}").status_code
    assert status == (404 if own.is_deleted else 200)


def readers(people: Callable[..., Person]) -> dict[cast.Brand, Person]:
    """Return a signed-in member of staff for each brand, who sees that brand only."""
    found = {}
    for number, (brand, staff) in enumerate(READERS.items()):
        person = people(f"10.7.0.{number}")
        person.send("/signin", email=staff.email, password=cast.PASSWORD)
        found[brand] = person
    return found


def organisation_of(house: Any, piece: Piece) -> UUID | None:
    with house.database.transaction(cast.MAKER_ID) as session:
        return session.get_one(Buyer, piece.buyer.id).organisation_id
