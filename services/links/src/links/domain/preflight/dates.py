"""Limits of the link against those of its catalogs, which never change each other (R30)."""

from datetime import datetime

from links.domain.preflight.facts import BrandFacts, LinkFacts
from links.domain.preflight.finding import Finding


def expired(link: LinkFacts, now: datetime) -> list[Finding]:
    """The expiration is past: the link shows only that it is over (R20)."""
    if link.expires_at is None or now < link.expires_at:
        return []
    values = {"at": link.expires_at.isoformat()}
    return [Finding(code="expiry_is_past", rule="R20", field="expires_at", values=values)]


def deadlines(link: LinkFacts, brand: BrandFacts, now: datetime) -> list[Finding]:
    """A catalog's order deadline is over before the link opens, or over already (R74)."""
    if link.view_only:
        return []
    return [
        Finding(
            code="deadline_passed" if each.order_deadline_at <= now else "deadline_before_release",
            rule="R74",
            field="release_at" if each.order_deadline_at > now else "catalog_ids",
            values={"names": [each.name], "at": each.order_deadline_at.isoformat()},
        )
        for each in brand.catalogs_of(link)
        if each.status != "closed" and each.order_deadline_at is not None
        if each.order_deadline_at <= max(now, link.release_at or now)
    ]
