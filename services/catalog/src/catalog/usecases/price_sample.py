"""Prices one line of a real product as a buyer would see it: whether pricing works at all."""

from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.priced import AskedLine, PricedLine
from catalog.domain.terms import Rate, Terms
from catalog.store.brands import list_brands
from catalog.store.prices import find_sample
from catalog.usecases.price_lines import price_lines
from common.db import act_as

NOBODY = UUID(int=0)
MOST_BRANDS = 20
LIST_PRICE = Rate("ratio", Decimal(1))


def price_sample(session: Session, *, now: datetime) -> PricedLine | None:
    """Return one line at its list price, None where no brand looked at has a price yet."""
    for brand in list_brands(session)[:MOST_BRANDS]:
        act_as(session, brand.maker_id)
        found = find_sample(session, brand_id=brand.brand_id)
        if found is None:
            continue
        line = AskedLine(found.catalog_id, found.sku_id, 1)
        language = brand.default_language
        terms = Terms(
            found.trade_term_id,
            found.currency,
            language,
            "JP",
            LIST_PRICE,
            default_language=language,
        )
        [priced] = price_lines(
            session, [line], brand_id=brand.brand_id, buyer_id=NOBODY, terms=terms, now=now
        )
        return priced.lines[0]
    return None
