"""Judge a checkout by answers that were asked before, and by the brand's rates and card settings."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy.orm import Session

from checkout.domain.judgement import Judgement, judge
from checkout.domain.pricing import PricedCatalog
from checkout.domain.shipping import Destination, ShippingRow
from checkout.domain.terms import Buyer, LinkTerms
from checkout.store.brands import card_settings
from checkout.store.shipping import read_groups


def judge_checkout(
    session: Session,
    *,
    link: LinkTerms,
    buyer: Buyer,
    priced: tuple[PricedCatalog, ...],
    catalog_rows: Mapping[UUID, tuple[ShippingRow, ...]],
    destination: Destination,
) -> Judgement:
    """Return the judgement: what `checkout.domain.judgement` says of what is stored now."""
    return judge(
        link=link,
        currency=buyer.terms.currency,
        priced=priced,
        catalog_rows=catalog_rows,
        groups=read_groups(session, brand_id=link.brand_id),
        card=card_settings(session, brand_id=link.brand_id),
        destination=destination,
    )
