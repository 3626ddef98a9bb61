"""Which products a catalog has, and in which order."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.order import moved, rearranged
from catalog.store.editing import known_products, list_product_ids, put_products
from catalog.store.models import Catalog
from catalog.store.products import ProductNotFound


def arrange_products(session: Session, catalog: Catalog, wanted: Sequence[UUID]) -> None:
    """Put the locked catalog's products in the wanted order; none is added or lost."""
    put_products(session, catalog, rearranged(list_product_ids(session, catalog.id), wanted))


def move_product(session: Session, catalog: Catalog, product_id: UUID, *, by: int) -> None:
    """Move one product by so many places."""
    put_products(session, catalog, moved(list_product_ids(session, catalog.id), product_id, by=by))


def add_products(session: Session, catalog: Catalog, product_ids: Sequence[UUID]) -> None:
    """Add products of the same brand at the end. Raises ProductNotFound for another's."""
    if known_products(session, product_ids, brand_id=catalog.brand_id) != set(product_ids):
        raise ProductNotFound("There is no such product.")
    there = list_product_ids(session, catalog.id)
    put_products(session, catalog, list(dict.fromkeys([*there, *product_ids])))


def replace_products(session: Session, catalog: Catalog, product_ids: Sequence[UUID]) -> None:
    """Let the locked catalog have exactly these. Raises ProductNotFound for another brand's."""
    if known_products(session, product_ids, brand_id=catalog.brand_id) != set(product_ids):
        raise ProductNotFound("There is no such product.")
    put_products(session, catalog, list(dict.fromkeys(product_ids)))


def remove_product(session: Session, catalog: Catalog, product_id: UUID) -> None:
    """Take a product out of the catalog; the product itself stays."""
    rest = [each for each in list_product_ids(session, catalog.id) if each != product_id]
    put_products(session, catalog, rest)
