"""Pre-flight: what will go wrong with a link, found before a buyer finds it."""

from datetime import datetime

from links.domain.preflight import (
    address,
    buyers,
    catalogs,
    contradictions,
    dates,
    lookbooks,
    prices,
    shipping,
)
from links.domain.preflight.facts import BrandFacts, LinkFacts
from links.domain.preflight.finding import BLOCKS, WARNS, Finding


def findings_of(link: LinkFacts, brand: BrandFacts, *, now: datetime) -> list[Finding]:
    """Return everything there is to say about the link at `now`, what blocks first."""
    found = [
        *contradictions.period(link),
        *contradictions.payment(link, brand),
        *contradictions.background(link),
        *dates.expired(link, now),
        *catalogs.nothing_visible(link, brand, now),
        *buyers.nobody(brand),
        *catalogs.deleted(link, brand),
        *catalogs.closed(link, brand),
        *catalogs.ungranted(link, brand),
        *catalogs.unpublished(link, brand, now),
        *catalogs.empty(link, brand),
        *dates.deadlines(link, brand, now),
        *prices.missing(link, brand),
        *shipping.unusable(link, brand),
        *shipping.uncovered(link, brand),
        *address.hidden(link, brand),
        *lookbooks.deleted(link, brand),
        *lookbooks.draft(link, brand),
    ]
    return sorted(found, key=lambda finding: finding.severity != BLOCKS)


__all__ = ["BLOCKS", "WARNS", "BrandFacts", "Finding", "LinkFacts", "findings_of"]
