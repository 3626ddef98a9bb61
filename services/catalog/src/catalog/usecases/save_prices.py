"""A product's list prices, one per trade term and currency (R57, R58)."""

from collections.abc import Collection, Mapping
from decimal import Decimal
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.store.keeping import PriceKey, put_prices, scale_prices
from catalog.store.models import Product
from catalog.usecases.save_product import demand_version
from common.errors import FieldError, Invalid

LOWEST, HIGHEST = Decimal(-90), Decimal(1000)


def save_prices(
    session: Session,
    product: Product,
    prices: Mapping[PriceKey, int],
    *,
    offered: Collection[PriceKey],
    version: int,
) -> None:
    """Let the locked product have these prices. A price of terms that are no longer offered goes.

    Raises ChangedMeanwhile, and Invalid for a trade term or currency that the brand has not (R61).
    """
    demand_version(product, version)
    if not set(prices) <= set(offered):
        wrong = FieldError("prices", "R61", "The brand has no such trade term or currency.")
        raise Invalid("Some fields are not right.", rule="R61", errors=[wrong])
    product.version += 1
    session.flush()
    put_prices(session, product, prices)


def change_prices(
    session: Session, product_ids: Collection[UUID], *, percent: Decimal, currency: str | None
) -> None:
    """Raise or lower list prices by percent, each rounded half up once (R64). Raises Invalid."""
    if not LOWEST <= percent <= HIGHEST:
        wrong = FieldError("percent", "invalid", "Give a percentage from -90 to 1000.")
        raise Invalid("Some fields are not right.", errors=[wrong])
    scale_prices(session, product_ids, factor=1 + percent / 100, currency=currency)
