"""Find a person by e-mail address, over all makers or some of them."""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy.orm import Session

from common.db import act_as
from common.errors import FieldError, Invalid, NotFound
from common.privacy import Person
from identity.domain.email import is_email, normal
from identity.store.brands import list_maker_ids
from identity.store.persons import (
    find_users,
    list_buyers_of_person,
    list_makers_of_buyers,
    list_sole_organisations,
    list_unshared,
)


class BuyerUnknown(NotFound):
    code = "buyer_not_found"


def find_person(
    session: Session,
    email: str,
    *,
    makers: Collection[UUID] = (),
    buyer_ids: Collection[UUID] = (),
) -> Person:
    """Return the person; whoever is known nowhere has no ids and may still be named somewhere.

    `makers`: only their part, the account stays. `buyer_ids`: these buyers are the person, too,
    whatever their addresses say. Raises BuyerUnknown, and Invalid for what is no whole address: a
    domain, or nothing, would be found in the texts about everybody.
    """
    if missing := set(buyer_ids) - list_makers_of_buyers(session, buyer_ids).keys():
        raise BuyerUnknown(f"There is no buyer {next(iter(missing))}.")
    emails = (_whole_address(email),)
    users = [user.id for user in find_users(session, emails)]
    sole = list_sole_organisations(session, users)
    everywhere = tuple(makers) or tuple(list_maker_ids(session))
    buyers, names, organisations = list[UUID](), dict[str, tuple[str, ...]](), set(sole)
    for maker_id in everywhere:
        act_as(session, maker_id)
        found = list_buyers_of_person(
            session, emails=emails, user_ids=users, organisation_ids=sole, chosen=buyer_ids
        )
        buyers += [buyer.id for buyer in found]
        organisations |= {b.organisation_id for b in found if b.organisation_id}
        if found:
            names[str(maker_id)] = tuple(dict.fromkeys(buyer.name for buyer in found))
    return Person(
        emails=emails,
        maker_ids=everywhere,
        is_whole=not makers,
        user_ids=() if makers else tuple(users),
        buyer_ids=tuple(buyers),
        organisation_ids=() if makers else tuple(list_unshared(session, organisations, users)),
        names=names,
    )


def _whole_address(email: str) -> str:
    """Return the address as it is stored. Raises Invalid."""
    if not is_email(normal(email)):
        wrong = FieldError("email", "invalid", "Please give a complete email address.")
        raise Invalid(wrong.detail, errors=[wrong])
    return normal(email)
