"""What the pre-flight looks at: the link, and what its brand has at this moment."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class LinkFacts:
    """A link, as far as something can go wrong with it. Ids are text."""

    view_only: bool = False
    address_shown: bool = True
    release_at: datetime | None = None
    expires_at: datetime | None = None
    catalog_ids: tuple[str, ...] = ()
    lookbook_ids: tuple[str, ...] = ()
    payment_methods: tuple[str, ...] = ()
    shipping_group_ids: tuple[str, ...] = ()
    background_kind: str = "empty"
    has_background: bool = False
    """Whether the chosen kind has its image or its address."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogFacts:
    id: str
    name: str
    status: str
    products: int
    has_grants: bool = False
    """Whether any buyer was given access; only a Limited catalog needs it (R71)."""
    open_at: datetime | None = None
    order_deadline_at: datetime | None = None
    shipping_group_ids: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class LookbookFacts:
    id: str
    name: str
    status: str


@dataclass(frozen=True, kw_only=True, slots=True)
class RateGroupFacts:
    id: str
    name: str
    currency: str
    country: str | None
    """None: All Countries."""
    is_usable: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class TermsInUse:
    """What some of the brand's buyers have in common; no buyer is named."""

    trade_term_id: str
    currency: str
    country: str
    buyers: int


@dataclass(frozen=True, kw_only=True, slots=True)
class MissingPrice:
    catalog_id: str
    product_id: str
    model_number: str
    trade_term_id: str
    currency: str


@dataclass(frozen=True, kw_only=True, slots=True)
class BrandFacts:
    """All that a brand has, read once for all of its links."""

    catalogs: Mapping[str, CatalogFacts]
    lookbooks: Mapping[str, LookbookFacts]
    rate_groups: Mapping[str, RateGroupFacts]
    terms: Sequence[TermsInUse]
    trade_term_names: Mapping[str, str]
    missing: Sequence[MissingPrice]
    can_take_cards: bool
    has_next_engine: bool

    def catalogs_of(self, link: LinkFacts) -> list[CatalogFacts]:
        """Return those catalogs of the link that are still there, in its order."""
        return [self.catalogs[each] for each in link.catalog_ids if each in self.catalogs]
