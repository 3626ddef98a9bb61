"""What the pre-flight asks about a brand, once for all of its links that are looked at."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from common.peers import Peers
from links.domain.preflight.facts import (
    BrandFacts,
    CatalogFacts,
    LookbookFacts,
    MissingPrice,
    RateGroupFacts,
    TermsInUse,
)


def read_brand_facts(peers: Peers, brand_id: UUID, catalog_ids: Collection[str]) -> BrandFacts:
    """Return the facts; missing prices only for these catalogs. Raises NotFound, Unavailable."""
    brand = {"brand_id": str(brand_id)}
    catalogs = peers.ask(
        "catalog", "catalogs/read", {**brand, "catalog_ids": None, "buyer_id": None}
    )["catalogs"]
    books = peers.ask("catalog", "lookbooks/read", {**brand, "lookbook_ids": None})["lookbooks"]
    ordering = peers.ask("checkout", "ordering/read", brand)
    terms = peers.ask("identity", "brands/terms-in-use", brand)["rows"]
    names = peers.ask("identity", "brands/read", brand)["trade_terms"]
    there = {each["catalog_id"] for each in catalogs} & set(catalog_ids)
    return BrandFacts(
        catalogs={each["catalog_id"]: _catalog(each) for each in catalogs},
        lookbooks={
            b["lookbook_id"]: LookbookFacts(id=b["lookbook_id"], name=b["name"], status=b["status"])
            for b in books
        },
        rate_groups={each["rate_group_id"]: _group(each) for each in ordering["rate_groups"]},
        terms=[TermsInUse(**{n: row[n] for n in TermsInUse.__slots__}) for row in terms],
        trade_term_names={each["trade_term_id"]: each["name"] for each in names},
        missing=_missing(peers, brand, sorted(there), terms),
        can_take_cards=bool(ordering["stripe_add_on"]),
        has_next_engine=bool(ordering["next_engine_connected"]),
    )


def _missing(
    peers: Peers, brand: Mapping[str, str], catalog_ids: list[str], terms: list[dict[str, Any]]
) -> list[MissingPrice]:
    pairs = sorted({(row["trade_term_id"], row["currency"]) for row in terms})
    if not pairs or not catalog_ids:
        return []
    asked = [{"trade_term_id": term, "currency": currency} for term, currency in pairs]
    question = {**brand, "catalog_ids": catalog_ids, "terms": asked}
    found = peers.ask("catalog", "prices/missing", question)["missing"]
    return [MissingPrice(**{n: row[n] for n in MissingPrice.__slots__}) for row in found]


def _catalog(said: Mapping[str, Any]) -> CatalogFacts:
    return CatalogFacts(
        id=said["catalog_id"],
        name=said["name"],
        status=said["status"],
        products=said["products"],
        has_grants=said["has_grants"],
        open_at=_instant(said["open_at"]),
        order_deadline_at=_instant(said["order_deadline_at"]),
        shipping_group_ids=tuple(str(row["rate_group_id"]) for row in said["shipping_rows"]),
    )


def _group(said: Mapping[str, Any]) -> RateGroupFacts:
    return RateGroupFacts(
        id=said["rate_group_id"],
        name=said["name"],
        currency=said["currency"],
        country=said["country"],
        is_usable=said["is_usable"],
    )


def _instant(said: str | None) -> datetime | None:
    return datetime.fromisoformat(said) if said else None
