"""Rows that are about to be changed, locked; and what hangs on a catalog."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from catalog.store.catalogs import CatalogNotFound
from catalog.store.models import Catalog, CatalogProduct, Grant, Product


def lock_catalog(session: Session, catalog_id: UUID, *, brand_ids: Collection[UUID]) -> Catalog:
    """Return one of these brands' catalogs, row-locked until commit. Raises CatalogNotFound."""
    query = select(Catalog).where(
        Catalog.id == catalog_id, Catalog.brand_id.in_(brand_ids), Catalog.deleted_at.is_(None)
    )
    found = session.scalars(query.with_for_update()).one_or_none()
    if found is None:
        raise CatalogNotFound("There is no such catalog.")
    return found


def has_code(session: Session, code: str, *, brand_id: UUID, but: UUID | None) -> bool:
    """Whether another catalog of the brand has this code (R80)."""
    query = select(Catalog.id).where(
        Catalog.brand_id == brand_id, Catalog.code == code, Catalog.id != (but or UUID(int=0))
    )
    return session.scalars(query).first() is not None


def list_product_ids(session: Session, catalog_id: UUID) -> list[UUID]:
    """Return the catalog's products in their order."""
    query = select(CatalogProduct.product_id).where(CatalogProduct.catalog_id == catalog_id)
    return list(session.scalars(query.order_by(CatalogProduct.position)))


def known_products(session: Session, product_ids: Collection[UUID], *, brand_id: UUID) -> set[UUID]:
    """Return which of these are the brand's."""
    query = select(Product.id).where(Product.id.in_(product_ids), Product.brand_id == brand_id)
    return set(session.scalars(query))


def put_products(session: Session, catalog: Catalog, product_ids: Sequence[UUID]) -> None:
    """Let the catalog have exactly these products in this order."""
    session.execute(delete(CatalogProduct).where(CatalogProduct.catalog_id == catalog.id))
    session.add_all(
        CatalogProduct(
            maker_id=catalog.maker_id, catalog_id=catalog.id, product_id=each, position=position
        )
        for position, each in enumerate(product_ids)
    )
    session.flush()


def list_granted(session: Session, catalog_id: UUID) -> list[UUID]:
    query = select(Grant.buyer_id).where(Grant.catalog_id == catalog_id)
    return list(session.scalars(query))


def add_grants(session: Session, catalog: Catalog, buyer_ids: Collection[UUID]) -> None:
    """Give these buyers access; one that has it keeps it."""
    rows = [
        {"maker_id": catalog.maker_id, "catalog_id": catalog.id, "buyer_id": each}
        for each in buyer_ids
    ]
    if rows:
        session.execute(insert(Grant).values(rows).on_conflict_do_nothing())


def remove_grants(session: Session, catalog_id: UUID, buyer_ids: Collection[UUID]) -> None:
    session.execute(
        delete(Grant).where(Grant.catalog_id == catalog_id, Grant.buyer_id.in_(buyer_ids))
    )
