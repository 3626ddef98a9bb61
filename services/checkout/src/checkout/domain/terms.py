"""What a buyer, a brand, a link and a catalog bring to a checkout."""

from dataclasses import dataclass
from uuid import UUID

from checkout.domain.shipping import ShippingRow
from common.addresses import PostalAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """A buyer's trading terms, as identity keeps them. The link has none of its own (R56)."""

    trade_term_id: UUID
    currency: str
    language: str
    country: str
    rate_kind: str
    rate_value: str
    deposit_percent: str | None
    payment_terms: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SavedAddress:
    address_id: UUID
    address: PostalAddress


@dataclass(frozen=True, slots=True, kw_only=True)
class Buyer:
    """`kind` is offline or connected."""

    buyer_id: UUID
    kind: str
    unique_code: str
    customer_code: str | None
    name: str
    contact_email: str | None
    country: str
    terms: Terms
    addresses: tuple[SavedAddress, ...]
    default_address_id: UUID | None
    recipients: tuple[str, ...]

    @property
    def default_address(self) -> PostalAddress | None:
        """The address that is preselected (R109)."""
        chosen = [s.address for s in self.addresses if s.address_id == self.default_address_id]
        return chosen[0] if chosen else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Brand:
    brand_id: UUID
    maker_id: UUID
    name: str
    code: str
    """The prefix of order numbers, [A-Z0-9]{2,6}."""
    maker_name: str
    time_zone: str
    currencies: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkTerms:
    """The settings of a link that a checkout obeys; they win over a catalog's own (R85, R86).

    Without a link (`link_id` None) they are the catalog's own: a Standard Order (R88).
    """

    link_id: UUID | None
    token: str
    maker_id: UUID
    brand_id: UUID
    view_only: bool
    transition: bool
    address_shown: bool
    payment_methods: tuple[str, ...]
    shipping_rows: tuple[ShippingRow, ...]
    catalog_ids: tuple[UUID, ...]

    @property
    def single_catalog_id(self) -> UUID | None:
        """The catalog of a Standard Order, None on a link."""
        return None if self.link_id else self.catalog_ids[0]
