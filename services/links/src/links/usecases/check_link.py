"""Looking at links before a buyer does."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy.orm import Session

from links.domain.preflight import BLOCKS, BrandFacts, Finding, LinkFacts, findings_of
from links.store.models import Link
from links.store.preflights import keep_preflights


def facts_of(link: Link) -> LinkFacts:
    """Return what can go wrong with the link."""
    kind = link.background["kind"]
    return LinkFacts(
        view_only=link.view_only,
        address_shown=link.address_shown,
        release_at=link.release_at,
        expires_at=link.expires_at,
        catalog_ids=tuple(link.catalog_ids),
        lookbook_ids=tuple(link.lookbook_ids),
        payment_methods=tuple(link.payment_methods),
        shipping_group_ids=tuple(str(row["rate_group_id"]) for row in link.shipping_rows),
        background_kind=kind,
        has_background=bool(link.background.get("upload_id" if kind == "image" else "url")),
    )


def check_links(
    session: Session, links: Iterable[Link], brand: BrandFacts, *, now: datetime
) -> None:
    """Store what will go wrong with links of one brand. Repeating replaces what was found."""
    found = [(link, findings_of(facts_of(link), brand, now=now)) for link in links]
    rows = [
        {
            "link_id": link.id,
            "maker_id": link.maker_id,
            "brand_id": link.brand_id,
            "version": link.version,
            "findings": [finding.as_json() for finding in findings],
            "warnings": len(findings) - _blocks(findings),
            "blocks": _blocks(findings),
            "checked_at": now,
        }
        for link, findings in found
    ]
    keep_preflights(session, rows)


def _blocks(findings: list[Finding]) -> int:
    return sum(finding.severity == BLOCKS for finding in findings)
