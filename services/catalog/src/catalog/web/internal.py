"""What other services ask catalog."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import EXCLUDE, Schema, fields, validate
from sqlalchemy.orm import Session

from catalog.deps import deps
from catalog.domain.priced import AskedLine
from catalog.domain.terms import Terms
from catalog.domain.text import in_language
from catalog.store.brands import act_for_brand
from catalog.store.catalogs import list_lookbooks
from catalog.store.line_pictures import list_line_pictures
from catalog.store.pictures import WIDTHS, name_of
from catalog.store.prices import list_missing_prices
from catalog.usecases.price_lines import price_lines
from catalog.usecases.see_catalogs import SeenCatalog, see_catalogs
from catalog.web.answers import priced_answer
from common.web.internal import answers, questions
from common.web.pages import media_url

bp = questions("catalog_questions", __name__)


class BrandIn(Schema):
    brand_id = fields.UUID(required=True)


class CatalogsIn(BrandIn):
    catalog_ids = fields.List(fields.UUID(), load_default=None, allow_none=True)
    buyer_id = fields.UUID(load_default=None, allow_none=True)


class LookbooksIn(BrandIn):
    lookbook_ids = fields.List(fields.UUID(), load_default=None, allow_none=True)


class LineIn(Schema):
    class Meta:
        unknown = EXCLUDE

    catalog_id = fields.UUID(required=True)
    sku_id = fields.UUID(required=True)
    quantity = fields.Integer(required=True, strict=True, validate=validate.Range(min=0))


class PricesIn(BrandIn):
    buyer_id = fields.UUID(required=True)
    terms = fields.Dict(required=True)
    lines = fields.List(fields.Nested(LineIn), required=True)


class PicturesIn(BrandIn):
    sku_ids = fields.List(fields.UUID(), required=True)


class TermIn(Schema):
    trade_term_id = fields.UUID(required=True)
    currency = fields.String(required=True)


class MissingIn(BrandIn):
    catalog_ids = fields.List(fields.UUID(), required=True)
    terms = fields.List(fields.Nested(TermIn), required=True)


@answers(bp, "catalogs/read", reads=CatalogsIn)
def read_catalogs(
    brand_id: UUID, catalog_ids: list[UUID] | None, buyer_id: UUID | None
) -> Mapping[str, Any]:
    """Answer the brand's catalogs; with a buyer, what that buyer may do with each now."""
    now = deps().now()
    with deps().database.transaction() as session:
        language = _enter_brand(session, brand_id)
        seen = see_catalogs(
            session, brand_id=brand_id, catalog_ids=catalog_ids, buyer_id=buyer_id, now=now
        )
    return {"catalogs": [_catalog(each, language, has_buyer=buyer_id is not None) for each in seen]}


@answers(bp, "lookbooks/read", reads=LookbooksIn)
def read_lookbooks(brand_id: UUID, lookbook_ids: list[UUID] | None) -> Mapping[str, Any]:
    """Answer the brand's lookbooks and their status."""
    with deps().database.transaction() as session:
        language = _enter_brand(session, brand_id)
        books = list_lookbooks(session, brand_id=brand_id, lookbook_ids=lookbook_ids)
    return {
        "lookbooks": [
            {
                "lookbook_id": str(book.id),
                "brand_id": str(book.brand_id),
                "name": in_language(book.names, language, default=language),
                "status": book.status,
            }
            for book in books
        ]
    }


@answers(bp, "prices/read", reads=PricesIn)
def read_prices(
    brand_id: UUID,
    buyer_id: UUID,
    terms: dict[str, Any],
    lines: list[dict[str, Any]],
) -> Mapping[str, Any]:
    """Answer what these lines cost at these terms, catalog by catalog."""
    now = deps().now()
    with deps().database.transaction() as session:
        at = Terms.of_json(terms, default_language=_enter_brand(session, brand_id))
        priced = price_lines(
            session,
            [AskedLine(**line) for line in lines],
            brand_id=brand_id,
            buyer_id=buyer_id,
            terms=at,
            now=now,
        )
    return {"currency": at.currency, "catalogs": [priced_answer(each) for each in priced]}


@answers(bp, "pictures/read", reads=PicturesIn)
def read_pictures(brand_id: UUID, sku_ids: list[UUID]) -> Mapping[str, Any]:
    """Answer the small picture of each SKU that has one."""
    with deps().database.transaction() as session:
        _enter_brand(session, brand_id)
        keys = list_line_pictures(session, brand_id=brand_id, sku_ids=sku_ids)
    return {
        "pictures": [
            {"sku_id": str(sku_id), "url": media_url(name_of(key, WIDTHS[0]))}
            for sku_id, key in keys.items()
        ]
    }


@answers(bp, "prices/missing", reads=MissingIn)
def read_missing(
    brand_id: UUID, catalog_ids: list[UUID], terms: list[dict[str, Any]]
) -> Mapping[str, Any]:
    """Answer which products have no price at which terms, for pre-flight."""
    asked = {(term["trade_term_id"], term["currency"]) for term in terms}
    with deps().database.transaction() as session:
        _enter_brand(session, brand_id)
        missing = list_missing_prices(
            session, brand_id=brand_id, catalog_ids=catalog_ids, terms=asked
        )
    return {
        "missing": [
            {
                "catalog_id": str(catalog_id),
                "product_id": str(product.id),
                "model_number": product.model_number,
                "trade_term_id": str(trade_term_id),
                "currency": currency,
            }
            for catalog_id, product, trade_term_id, currency in missing
        ]
    }


def _enter_brand(session: Session, brand_id: UUID) -> str:
    """Act as the brand's maker; return its language. One that has stored nothing has no rows."""
    return act_for_brand(session, brand_id) or "en"


def _catalog(seen: SeenCatalog, language: str, *, has_buyer: bool) -> dict[str, Any]:
    row = seen.catalog
    return {
        "catalog_id": str(row.id),
        "brand_id": str(row.brand_id),
        "name": in_language(row.names, language, default=language),
        "names": row.names,
        "status": row.status,
        "open_at": row.open_at.isoformat() if row.open_at else None,
        "order_deadline_at": row.order_deadline_at.isoformat() if row.order_deadline_at else None,
        "payment_methods": row.payment_methods,
        "address_shown": row.address_shown,
        "shipping_rows": row.shipping_rows,
        "products": seen.products,
        "has_grants": seen.has_grants,
        "is_granted": seen.is_granted if has_buyer else None,
        "is_visible": seen.access.is_visible if has_buyer else None,
        "is_orderable": seen.access.is_orderable if has_buyer else None,
    }
