"""Making and editing a link: as a whole or not at all (R1, R13)."""

from typing import Any
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.orm import Session

from common.delivery import publish
from common.errors import Invalid, PreconditionFailed
from common.ids import new_id
from common.passwords import Passwords
from links.domain.link_rules import LinkDraft, errors_in
from links.domain.passcode import PasscodeWish, normal
from links.domain.token import new_token
from links.events import LinkChanged
from links.gateways.peers import Choices
from links.store.links import add_link, lock_link
from links.store.models import Link
from links.usecases.attach_media import attach_media


class ChangedMeanwhile(PreconditionFailed):
    """Somebody else saved this link since the page was opened."""

    code = "link_changed_meanwhile"


def check_draft(draft: LinkDraft, choices: Choices, link: Link | None = None) -> None:
    """Raise Invalid naming every field that is wrong. `link` is what is edited."""
    errors = errors_in(
        draft,
        known_catalogs=[choice.id for choice in choices.catalogs],
        known_lookbooks=[choice.id for choice in choices.lookbooks],
        rate_groups=choices.rate_groups,
        can_take_cards=choices.can_take_cards,
        has_passcode=link is not None and link.asked_passcode is not None,
    )
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)


def hash_passcode(draft: LinkDraft, passwords: Passwords) -> str | None:
    """Return the hash of a new passcode, or None. It takes its time: no transaction meanwhile."""
    wish = draft.passcode
    return passwords.hash(normal(wish.typed)) if wish.is_on and wish.typed else None


def create_link(
    session: Session,
    draft: LinkDraft,
    *,
    maker_id: UUID,
    brand_id: UUID,
    passcode_hash: str | None = None,
    link_id: UUID | None = None,
    token: str | None = None,
) -> Link:
    """Make the link, Open (R14), under a new address. The draft has been checked.

    `passcode_hash` is what `hash_passcode` made of the draft's.
    """
    link = Link(
        id=link_id or new_id(),
        maker_id=maker_id,
        brand_id=brand_id,
        token=token or new_token(),
        **columns_of(draft),
        **attach_media(session, draft, brand_id=brand_id),
    )
    set_passcode(link, draft.passcode, passcode_hash)
    add_link(session, link)
    announce(session, link, "created")
    return link


def update_link(
    session: Session,
    draft: LinkDraft,
    *,
    link_id: UUID,
    version: int,
    passcode_hash: str | None = None,
) -> Link:
    """Save the edited link. Raises LinkNotFound, ChangedMeanwhile when `version` is not current."""
    link = lock_link(session, link_id)
    if link.version != version:
        raise ChangedMeanwhile("Somebody else has saved this link since you opened it.")
    media = attach_media(session, draft, brand_id=link.brand_id)
    for name, value in {**columns_of(draft), **media}.items():
        setattr(link, name, value)
    set_passcode(link, draft.passcode, passcode_hash)
    link.version += 1
    link.changed_at = func.now()
    session.flush()
    announce(session, link, "edited")
    return link


def set_passcode(link: Link, wish: PasscodeWish, new_hash: str | None) -> None:
    """Switch it off, leave it, or change it; who passed an older one is asked again (D1)."""
    if not wish.is_on:
        link.passcode_hash = None
    elif new_hash:
        link.passcode_hash = new_hash
        link.passcode_version = (link.passcode_version or 0) + 1


def columns_of(draft: LinkDraft) -> dict[str, Any]:
    """Return the draft as the table keeps it."""
    return {
        "name": draft.name.strip(),
        "description": draft.description.strip(),
        "view_only": draft.view_only,
        "transition": draft.transition,
        "address_shown": draft.address_shown,
        "release_at": draft.release_at,
        "expires_at": draft.expires_at,
        "catalog_ids": [str(each) for each in dict.fromkeys(draft.catalog_ids)],
        "lookbook_ids": [str(each) for each in dict.fromkeys(draft.lookbook_ids)],
        "payment_methods": list(dict.fromkeys(draft.payment_methods)),
        "shipping_rows": [dict(row) for row in draft.shipping_rows],
        "contacts": [dict(contact) for contact in draft.contacts],
    }


def announce(session: Session, link: Link, change: str) -> None:
    """Publish that the link has changed."""
    publish(
        session,
        LinkChanged(
            maker_id=link.maker_id,
            brand_id=link.brand_id,
            aggregate_id=link.id,
            link_id=link.id,
            version=link.version,
            change=change,
            status=link.status,
        ),
    )
