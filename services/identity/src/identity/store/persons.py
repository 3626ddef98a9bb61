"""Who a person is here: the accounts and buyers that an e-mail address leads to."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import ColumnElement, exists, func, or_, select, text
from sqlalchemy.orm import Session, aliased

from common.privacy import Person
from identity.store.models import Buyer, BuyerLookup, Membership, Organisation, User


def find_users(session: Session, emails: Collection[str]) -> Sequence[User]:
    return session.scalars(select(User).where(User.email.in_(emails))).all()


def list_sole_organisations(session: Session, user_ids: Collection[UUID]) -> Sequence[UUID]:
    """Return the organisations that have no member but these users."""
    query = select(Membership.organisation_id).where(
        Membership.user_id.in_(user_ids), ~_has_others(Membership.organisation_id, user_ids)
    )
    return session.scalars(query.distinct()).all()


def list_buyers_of_person(
    session: Session,
    *,
    emails: Collection[str],
    user_ids: Collection[UUID],
    organisation_ids: Collection[UUID],
    chosen: Collection[UUID],
) -> Sequence[Buyer]:
    """Return the maker's buyers that are the person: by login, by contact where there is no other
    login, by organisation; none that belongs to others, too, and all that were chosen by id."""
    by_address = or_(
        Buyer.login_email.in_(emails),
        Buyer.login_email.is_(None) & func.lower(Buyer.contact_email).in_(emails),
        Buyer.organisation_id.in_(organisation_ids),
    )
    is_shared = _has_others(Buyer.organisation_id, user_ids)
    query = select(Buyer).where(or_(by_address & ~is_shared, Buyer.id.in_(chosen)))
    return session.scalars(query.order_by(Buyer.id)).all()


def list_unshared(
    session: Session, organisation_ids: Collection[UUID], user_ids: Collection[UUID]
) -> Sequence[UUID]:
    """Return those of the organisations that have no member but these users, or none at all."""
    query = select(Organisation.id).where(
        Organisation.id.in_(organisation_ids), ~_has_others(Organisation.id, user_ids)
    )
    return session.scalars(query).all()


def list_makers_of_buyers(session: Session, ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Return buyer → maker for those that exist."""
    query = select(BuyerLookup.buyer_id, BuyerLookup.maker_id).where(BuyerLookup.buyer_id.in_(ids))
    return {buyer: maker for buyer, maker in session.execute(query)}  # noqa: C416 - rows are no pairs to mypy.


def _has_others(organisation_id: object, user_ids: Collection[UUID]) -> ColumnElement[bool]:
    other = aliased(Membership)
    return exists().where(other.organisation_id == organisation_id, other.user_id.not_in(user_ids))


LOCK_OUT = text("""
update buyers set login_hash = null, passcode_hash = null, version = version + 1
where id = any(:buyer_ids) and (login_hash is not null or passcode_hash is not null)
""")
LOCK_OUT_USERS = text("""
update users set password_hash = null, totp_sealed = null, totp_confirmed_at = null
where id = any(:user_ids)
""")
END = """
update {table} set state = 'ended', settled_at = now()
where state in {states} and (buyer_id = any(:buyer_ids) or lower(email) = any(:emails))
"""
END_CLAIMS = text(END.format(table="claims", states="('open', 'no_address')"))
END_INVITATIONS = text(END.format(table="buyer_invitations", states="('open')"))
END_TEAM = text("""
update team_invitations set state = 'ended', settled_at = now()
where state = 'open' and lower(email) = any(:emails)
""")
END_ORGANISATION = text("""
update organisation_invitations set state = 'ended', settled_at = now()
where state = 'open' and lower(email) = any(:account_emails)
""")


def lock_out(session: Session, person: Person) -> None:
    """Take the passwords and passcodes of the account and of the maker's buyers."""
    for query in (LOCK_OUT, LOCK_OUT_USERS):
        session.execute(query, person.params(None))


def end_offers(session: Session, person: Person) -> None:
    """End the maker's open claims and invitations of the person, and those into organisations."""
    for query in (END_CLAIMS, END_INVITATIONS, END_TEAM, END_ORGANISATION):
        session.execute(query, person.params(None))
