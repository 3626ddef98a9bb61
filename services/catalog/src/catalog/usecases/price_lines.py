"""Prices any number of lines at a buyer's terms, catalog by catalog, in one round trip."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from catalog.domain.minimum_amount import minimum_of
from catalog.domain.priced import Article, AskedLine, PricedCatalog, PricedLine, priced_line
from catalog.domain.pricing import Tax, tax_for, tax_lines
from catalog.domain.rates import Override
from catalog.domain.terms import Rate, Terms
from catalog.domain.visibility import Access, access_at
from catalog.store import models
from catalog.store.asked_lines import read_asked_lines
from catalog.store.prices import list_overrides
from common.money import Money

GONE = Access(False, False, "catalog_closed")


def price_lines(
    session: Session,
    lines: Sequence[AskedLine],
    *,
    brand_id: UUID,
    buyer_id: UUID,
    terms: Terms,
    now: datetime,
) -> list[PricedCatalog]:
    """Return the lines priced, in the order in which their catalogs were first asked for.

    A catalog's lines come as the catalog shows them; what is not in it any more comes last.
    """
    catalog_ids = list(dict.fromkeys(line.catalog_id for line in lines))
    stored = read_asked_lines(
        session,
        brand_id=brand_id,
        buyer_id=buyer_id,
        catalog_ids=catalog_ids,
        sku_ids={line.sku_id for line in lines},
        trade_term_id=terms.trade_term_id,
        currency=terms.currency,
    )
    articles = {key: article_of(row, terms) for key, row in stored.articles.items()}
    overrides = [_override(row) for row in stored.overrides]
    priced: dict[UUID, list[PricedLine]] = {catalog_id: [] for catalog_id in catalog_ids}
    for line in lines:
        article = articles.get((line.catalog_id, line.sku_id))
        priced[line.catalog_id].append(priced_line(line, article, terms, overrides))
    return [
        priced_catalog(
            catalog_id,
            stored.catalogs.get(catalog_id),
            sorted(priced[catalog_id], key=_place),
            terms,
            now=now,
        )
        for catalog_id in catalog_ids
    ]


def _place(line: PricedLine) -> tuple[bool, tuple[int, int]]:
    """Return what sorts lines as the catalog shows them, what is not in it last."""
    return line.article is None, line.article.place if line.article else (0, 0)


def read_overrides(session: Session, *, buyer_id: UUID) -> list[Override]:
    """Return the buyer's rate overrides as values."""
    return [_override(row) for row in list_overrides(session, buyer_id=buyer_id)]


def _override(row: Any) -> Override:
    return Override(row.catalog_id, row.product_id, Rate(row.kind, row.value))


def tax_of(row: models.Tax | None, terms: Terms) -> Tax | None:
    """Return the row as a value if the buyer's country is its target, named in its language (R63)."""
    if row is None:
        return None
    return _tax(row.id, row.names, row, terms)


def _tax(tax_id: UUID, names: Mapping[str, str], row: Any, terms: Terms) -> Tax | None:
    name = terms.words(names)
    tax = Tax(tax_id, name, row.country, row.percent, row.is_reduced, row.rounding)
    return tax_for(tax, buyer_country=terms.country)


def article_of(row: Any, terms: Terms) -> Article:
    """Return a row of store/asked_lines as a value."""
    return Article(
        sku_id=row.sku_id,
        sku_number=row.number,
        colour=terms.words(row.colour_names),
        size=row.size,
        product_id=row.product_id,
        model_number=row.model_number,
        name=terms.words(row.product_names),
        minimum=row.minimum,
        multiple=row.multiple,
        list_price=None if row.list_minor is None else Money(row.list_minor, terms.currency),
        tax=_tax(row.tax_id, row.tax_names, row, terms) if row.tax_id else None,
        place=(row.product_position, row.sku_position),
    )


def priced_catalog(
    catalog_id: UUID, row: Any | None, lines: list[PricedLine], terms: Terms, *, now: datetime
) -> PricedCatalog:
    """Sum what has a price; a line without one is worth nothing and says so.

    `row`: the catalog as store/asked_lines reads it, None for one that is gone.
    """
    priced = [(line.tax, line.amount) for line in lines if line.amount is not None]
    goods = Money.total((amount for _, amount in priced), terms.currency)
    taxes = tax_lines(priced)
    if row is None:
        return PricedCatalog(
            catalog_id=catalog_id, name="", access=GONE, lines=lines, goods=goods, taxes=taxes
        )
    access = access_at(
        now,
        status=row.status,
        open_at=row.open_at,
        order_deadline_at=row.order_deadline_at,
        is_granted=row.is_granted,
    )
    return PricedCatalog(
        catalog_id=catalog_id,
        name=terms.words(row.names),
        access=access,
        lines=lines,
        goods=goods,
        taxes=taxes,
        minimum=minimum_of(row.minimum_amounts, terms),
        has_comment_box=row.has_comment_box,
        shipping_rows=row.shipping_rows,
    )
