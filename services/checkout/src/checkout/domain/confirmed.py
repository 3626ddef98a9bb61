"""What a buyer confirmed, as it was judged; a card payment keeps it until the charge (D21)."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from checkout.domain.quote import Quote
from checkout.domain.terms import Brand, Buyer, LinkTerms
from common.addresses import PostalAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Who ordered, on whose behalf (R46, R179)."""

    session_id: UUID
    method: str
    operator: str | None
    user_id: UUID | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderNote:
    """What the buyer writes to the brand with one catalog's order."""

    catalog_id: UUID
    comment: str | None
    po_number: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmed:
    """What the buyer confirmed, judged at `submitted_at` (D21)."""

    attempt_id: UUID
    cart_version: int
    link: LinkTerms
    buyer: Buyer
    brand: Brand
    actor: Actor
    quote: Quote
    address: PostalAddress | None
    payment_method: str
    submitted_at: datetime
    notes: tuple[OrderNote, ...] = ()
    comment: str | None = None
    po_number: str | None = None
    commented: tuple[UUID, ...] | None = None
    """These three are of a payment that began before each order had its own note: the comment is
    for the catalogs in `commented` (None: all), the number for every order."""

    def note_for(self, catalog_id: UUID) -> OrderNote:
        """Return what goes with that catalog's order."""
        own = [note for note in self.notes if note.catalog_id == catalog_id]
        is_asked = self.commented is None or catalog_id in self.commented
        comment = self.comment if is_asked else None
        shared = OrderNote(catalog_id=catalog_id, comment=comment, po_number=self.po_number)
        return own[0] if own else shared
