"""A link's stored findings, renewed and told."""

from dataclasses import dataclass
from datetime import datetime

from common.errors import NotFound, Unavailable
from links.deps import deps
from links.domain.preflight import Finding
from links.gateways.brand_facts import read_brand_facts
from links.store.models import Link, LinkPreflight
from links.store.preflights import find_preflight
from links.usecases.check_link import check_links
from links.web.preflight.words import Told, tell


@dataclass(frozen=True, slots=True, kw_only=True)
class Preflight:
    """What was found, when, and whether it is of the link as it is now."""

    findings: tuple[Told, ...]
    checked_at: datetime | None
    """None: never looked at."""
    is_current: bool
    """False: the link was saved since, or the look just asked for could not be taken."""


def renew_preflight(link: Link) -> bool:
    """Look at the link now and store what is found; False when a peer does not answer."""
    try:
        facts = read_brand_facts(deps().peers, link.brand_id, link.catalog_ids)
    except (NotFound, Unavailable):
        return False
    with deps().database.transaction(link.maker_id) as session:
        check_links(session, [link], facts, now=deps().now())
    return True


def stored_preflight(link: Link, *, has_failed: bool = False) -> Preflight:
    """Return what is stored. `has_failed`: a look just asked for could not be taken."""
    with deps().database.transaction(link.maker_id) as session:
        row = find_preflight(session, link.id)
    if row is None:
        return Preflight(findings=(), checked_at=None, is_current=False)
    is_current = row.version == link.version and not has_failed
    return Preflight(findings=_told(row), checked_at=row.checked_at, is_current=is_current)


def _told(row: LinkPreflight) -> tuple[Told, ...]:
    path = f"/links/{row.link_id}/edit"
    return tuple(tell(Finding(**each), link_path=path) for each in row.findings)
