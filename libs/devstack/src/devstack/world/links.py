"""The demo world's part in links: a link in each state."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from common.db import Database
from common.passwords import Passwords
from devstack.world import cast
from devstack.world.backdrop import BACKDROP, hang_backdrop
from links.domain.link_rules import NO_BACKGROUND, LinkDraft
from links.domain.passcode import PasscodeWish
from links.store.models import Link
from links.usecases.save_link import create_link, hash_passcode

CONTACT = {
    "first_name": "Mika",
    "last_name": "Lund",
    "email": "showroom@nord.example",
    "phone": "+81 3 5555 0142",
    "note": "Weekdays 10:00 to 18:00, Tokyo",
}


def load(database: Database, *, now: datetime, env: Mapping[str, str]) -> None:
    """Make the links that are not there yet."""
    passwords = Passwords()
    if any(link.has_background for link in cast.LINKS):
        hang_backdrop(database, env["MEDIA_ROOT"], now=now)
    with database.transaction(cast.MAKER_ID) as session:
        for link in cast.LINKS:
            if session.get(Link, link.id) is None:
                _make(session, link, now, passwords)


def _make(session: Session, link: cast.Link, now: datetime, passwords: Passwords) -> None:
    today = now.replace(hour=1, minute=0, second=0, microsecond=0)
    draft = LinkDraft(
        name=link.name,
        description="Part of the demo world.",
        view_only=link.view_only,
        transition=link.transition,
        address_shown=link.address_shown,
        release_at=today + link.releases if link.releases else None,
        expires_at=today + link.expires if link.expires else None,
        catalog_ids=tuple(catalog.id for catalog in link.catalogs),
        lookbook_ids=(cast.LOOKBOOK_ID, cast.DRAFT_LOOKBOOK_ID),
        payment_methods=link.payment_methods,
        background=BACKDROP if link.has_background else NO_BACKGROUND,
        passcode=PasscodeWish(link.passcode is not None, link.passcode),
        shipping_rows=_shipping() if link.has_shipping else (),
        contacts=(CONTACT,),
    )
    made = create_link(
        session,
        draft,
        maker_id=cast.MAKER_ID,
        brand_id=cast.NORD.id,
        link_id=link.id,
        token=link.token,
        passcode_hash=hash_passcode(draft, passwords),
    )
    if link.is_void:
        made.status = "void"


def _shipping() -> tuple[dict[str, str | None], ...]:
    return (
        {"currency": "JPY", "country": "JP", "rate_group_id": str(cast.RATE_GROUP_JP_ID)},
        {"currency": "USD", "country": "US", "rate_group_id": str(cast.RATE_GROUP_US_ID)},
    )
