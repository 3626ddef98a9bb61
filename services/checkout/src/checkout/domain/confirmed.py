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
    comment: str | None
    po_number: str | None
    submitted_at: datetime
    commented: tuple[UUID, ...] | None = None
    """The catalogs that asked for the comment; None, from before they could choose: all."""

    def comment_for(self, catalog_id: UUID) -> str | None:
        """Return the comment if that catalog asks for one."""
        return self.comment if self.commented is None or catalog_id in self.commented else None
