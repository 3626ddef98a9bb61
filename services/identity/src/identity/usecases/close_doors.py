"""Nobody comes in any more as this person: first step of erasing, harmless when it ends there."""

from sqlalchemy.orm import Session

from common.db import act_as
from common.privacy import Person
from identity.store.buyer_sessions import delete_all_sessions_of_buyer
from identity.store.own_sessions import delete_half_ways, delete_sessions_of_user
from identity.store.persons import end_offers, lock_out


def close_doors(session: Session, person: Person) -> list[str]:
    """Take every way in and end every session and open offer; return the copies to bury."""
    dead: list[str] = []
    for user_id in person.user_ids:
        dead += delete_sessions_of_user(session, user_id, keeps=None)
        delete_half_ways(session, user_id)
    for buyer_id in person.buyer_ids:
        dead += delete_all_sessions_of_buyer(session, buyer_id)
    for maker_id in person.maker_ids:
        act_as(session, maker_id)
        lock_out(session, person)
        end_offers(session, person)
    return dead
