"""Judge a checkout by what is stored of the brand and by answers that were asked for."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from checkout.domain.judgement import Judgement, judge
from checkout.domain.payment import CardSettings
from checkout.domain.pricing import PricedCatalog
from checkout.domain.shipping import Destination, Groups, ShippingRow
from checkout.domain.terms import Buyer, LinkTerms


@dataclass(frozen=True, slots=True)
class BrandRules:
    """What a brand has set here: its shipping rates, and whether it can take cards."""

    groups: Groups
    card: CardSettings


def judge_checkout(
    rules: BrandRules,
    *,
    link: LinkTerms,
    buyer: Buyer,
    priced: tuple[PricedCatalog, ...],
    catalog_rows: Mapping[UUID, tuple[ShippingRow, ...]],
    destination: Destination,
) -> Judgement:
    """Return the judgement: what `checkout.domain.judgement` says under these rules."""
    return judge(
        link=link,
        currency=buyer.terms.currency,
        priced=priced,
        catalog_rows=catalog_rows,
        groups=rules.groups,
        card=rules.card,
        destination=destination,
    )
