"""What catalog answers, in our types."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from checkout.domain.breakdown import line_of_json, tax_of_json
from checkout.domain.late import CatalogNow
from checkout.domain.pricing import PricedCatalog, Wish
from checkout.domain.shipping import ShippingRow
from checkout.domain.terms import Terms
from checkout.gateways.links import shipping_rows
from common.money import Money
from common.peers import Peers

PICTURE_SECONDS = 0.4
CatalogRows = dict[UUID, tuple[ShippingRow, ...]]
"""The catalogs' own choice of rate groups, which a link falls back to (D4, R92)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogSettings:
    """What a catalog says itself of an order that no link stands above (R88)."""

    address_shown: bool
    payment_methods: tuple[str, ...]


def price_lines(
    peers: Peers,
    wishes: Iterable[Wish],
    *,
    brand_id: UUID,
    buyer_id: UUID,
    terms: Terms,
    fresh: bool = False,
) -> tuple[tuple[PricedCatalog, ...], CatalogRows]:
    """Return the lines at these terms, catalog by catalog; without lines nothing is asked."""
    lines = [
        {"catalog_id": str(w.catalog_id), "sku_id": str(w.sku_id), "quantity": w.quantity}
        for w in wishes
    ]
    if not lines:
        return (), {}
    question = {
        "brand_id": str(brand_id),
        "buyer_id": str(buyer_id),
        "terms": _terms(terms),
        "lines": lines,
    }
    answer = peers.ask("catalog", "prices/read", question, fresh=fresh)
    priced = tuple(_priced(each, terms.currency) for each in answer["catalogs"])
    rows = (shipping_rows(each["shipping_rows"]) for each in answer["catalogs"])
    return priced, {each.catalog_id: own for each, own in zip(priced, rows, strict=True)}


def read_pictures(peers: Peers, sku_ids: Iterable[UUID], *, brand_id: UUID) -> dict[UUID, str]:
    """Return the address of each SKU's small picture; not every SKU has one.

    No page is worth waiting long for: raises Unavailable within a second.
    """
    asked = sorted({str(each) for each in sku_ids})
    if not asked:
        return {}
    question = {"brand_id": str(brand_id), "sku_ids": asked}
    answer = peers.ask("catalog", "pictures/read", question, within=PICTURE_SECONDS)
    return {UUID(each["sku_id"]): each["url"] for each in answer["pictures"]}


def find_settings(
    peers: Peers, catalog_id: UUID, *, brand_id: UUID, buyer_id: UUID, fresh: bool = False
) -> CatalogSettings | None:
    """Return the brand's catalog, None for one that is deleted or another's."""
    question = {
        "brand_id": str(brand_id),
        "catalog_ids": [str(catalog_id)],
        "buyer_id": str(buyer_id),
    }
    for each in peers.ask("catalog", "catalogs/read", question, fresh=fresh)["catalogs"]:
        return CatalogSettings(
            address_shown=each["address_shown"], payment_methods=tuple(each["payment_methods"])
        )
    return None


def read_catalogs_now(
    peers: Peers, catalog_ids: Iterable[UUID], *, brand_id: UUID, buyer_id: UUID
) -> tuple[CatalogNow, ...]:
    """Return what decides whether an open payment page may still be paid (D21)."""
    question = {
        "brand_id": str(brand_id),
        "catalog_ids": sorted(str(each) for each in catalog_ids),
        "buyer_id": str(buyer_id),
    }
    answer = peers.ask("catalog", "catalogs/read", question, fresh=True)
    return tuple(
        CatalogNow(
            catalog_id=UUID(each["catalog_id"]),
            status=each["status"],
            is_granted=bool(each["is_granted"]),
        )
        for each in answer["catalogs"]
    )


def _terms(terms: Terms) -> dict[str, Any]:
    return {
        "trade_term_id": str(terms.trade_term_id),
        "currency": terms.currency,
        "language": terms.language,
        "country": terms.country,
        "rate": {"kind": terms.rate_kind, "value": terms.rate_value},
        "deposit_percent": terms.deposit_percent,
        "payment_terms": terms.payment_terms,
    }


def _priced(value: Mapping[str, Any], currency: str) -> PricedCatalog:
    goods = value["goods"]
    return PricedCatalog(
        catalog_id=UUID(value["catalog_id"]),
        catalog_name=value["catalog_name"] or "",
        is_orderable=value["is_orderable"],
        reason=value["reason"],
        lines=tuple(line_of_json(each) for each in value["lines"]),
        goods=Money.of_json(goods) if goods else Money.zero(currency),
        taxes=tuple(tax_of_json(each) for each in value["taxes"]),
        # A catalog that is not renewed yet answers without it: then one may write, as before.
        has_comment_box=value.get("has_comment_box", True),
    )
