"""Catalogs of a link that buyers will not see, or not yet (R68, R73, R78, D14)."""

from datetime import datetime

from links.domain.preflight.facts import BrandFacts, CatalogFacts, LinkFacts
from links.domain.preflight.finding import Finding

FIELD = "catalog_ids"


def closed(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """Closed: not shown until somebody opens it again (R68, R69)."""
    names = [each.name for each in brand.catalogs_of(link) if each.status == "closed"]
    return _found("catalog_closed", "R68", names)


def deleted(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """Deleted: vanished from the link without breaking it (R78)."""
    gone = sum(each not in brand.catalogs for each in link.catalog_ids)
    if not gone:
        return []
    return [Finding(code="catalog_deleted", rule="R78", field=FIELD, values={"count": gone})]


def ungranted(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """Limited, and nobody was given access: nobody sees it (R71)."""
    names = [
        each.name
        for each in brand.catalogs_of(link)
        if each.status == "limited" and not each.has_grants
    ]
    return _found("catalog_for_nobody", "R71", names)


def unpublished(link: LinkFacts, brand: BrandFacts, now: datetime) -> list[Finding]:
    """Its open date is later than the moment at which the link lets people in (R73)."""
    begins = max(now, link.release_at or now)
    late = [c for c in brand.catalogs_of(link) if c.open_at is not None and c.open_at > begins]
    return [
        Finding(
            code="catalog_opens_after_expiry" if _is_never(link, each) else "catalog_not_yet_open",
            rule="R73",
            field=FIELD,
            values={"names": [each.name], "at": each.open_at.isoformat() if each.open_at else ""},
        )
        for each in late
        if each.status != "closed"
    ]


def empty(link: LinkFacts, brand: BrandFacts) -> list[Finding]:
    """Nothing is in it."""
    names = [each.name for each in brand.catalogs_of(link) if each.products == 0]
    return _found("catalog_empty", "R79", names)


def nothing_visible(link: LinkFacts, brand: BrandFacts, now: datetime) -> list[Finding]:
    """Whoever opens the link when it opens sees no catalog at all (D14)."""
    begins = max(now, link.release_at or now)
    shown = [
        each
        for each in brand.catalogs_of(link)
        if each.status != "closed" and (each.open_at is None or each.open_at <= begins)
    ]
    return [] if shown else [Finding(code="nothing_to_see", rule="D14", field=FIELD)]


def _is_never(link: LinkFacts, catalog: CatalogFacts) -> bool:
    if catalog.open_at is None or link.expires_at is None:
        return False
    return catalog.open_at >= link.expires_at


def _found(code: str, rule: str, names: list[str]) -> list[Finding]:
    return [Finding(code=code, rule=rule, field=FIELD, values={"names": names})] if names else []
