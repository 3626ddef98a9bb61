"""What a checkout costs, what it asks for, and what is wrong with it: the precedence of settings."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from uuid import UUID

from checkout.domain.address import AddressNeed, address_need
from checkout.domain.breakdown import hash_of, quote_as_json
from checkout.domain.card import is_chargeable
from checkout.domain.payment import STRIPE, CardSettings, methods_in_force
from checkout.domain.pricing import Obstacle, PricedCatalog, obstacles
from checkout.domain.quote import Quote, make_quote
from checkout.domain.shipping import Destination, Groups, ShippingRow, rows_in_force
from checkout.domain.terms import LinkTerms


@dataclass(frozen=True, kw_only=True)
class Judgement:
    """`quote` is None while something cannot be ordered."""

    need: AddressNeed
    methods: tuple[str, ...]
    obstacles: tuple[Obstacle, ...]
    quote: Quote | None
    commented: frozenset[UUID] = frozenset()
    """The catalogs that ask for a comment with their order."""

    @property
    def is_chargeable(self) -> bool:
        """Whether a card can be charged with exactly the total (R124)."""
        return self.quote is not None and is_chargeable(self.quote.total)

    @cached_property
    def breakdown(self) -> dict[str, Any]:
        return quote_as_json(self.quote) if self.quote else {}

    @cached_property
    def hash(self) -> str:
        return hash_of(self.breakdown)


def judge(
    *,
    link: LinkTerms,
    currency: str,
    priced: Sequence[PricedCatalog],
    catalog_rows: Mapping[UUID, Sequence[ShippingRow]],
    groups: Groups,
    card: CardSettings,
    destination: Destination,
) -> Judgement:
    """Return the judgement. The link's settings win; only shipping may fall back (D4, R92)."""
    methods = methods_in_force(link.payment_methods, can_take_cards=card.can_take_cards)
    applies = any(
        rows_in_force(link.shipping_rows, catalog_rows.get(each.catalog_id, ()), groups)
        for each in priced
    )
    wrong = obstacles(tuple(priced))
    quote = None
    if priced and not wrong:
        quote = make_quote(
            priced,
            currency=currency,
            link_rows=link.shipping_rows,
            catalog_rows=catalog_rows,
            groups=groups,
            destination=destination,
        )
    need = address_need(
        shown=link.address_shown, shipping_applies=applies, stripe_in_force=STRIPE in methods
    )
    return Judgement(
        need=need,
        methods=methods,
        obstacles=wrong,
        quote=quote,
        commented=frozenset(each.catalog_id for each in priced if each.has_comment_box),
    )
