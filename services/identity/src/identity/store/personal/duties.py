"""Who has a duty hands it over before it is forgotten who had it."""

from uuid import UUID

from sqlalchemy import text
from sqlalchemy.orm import Session

from common.privacy import Person

STAFF = text("select count(*) from staff_members where user_id = any(:user_ids)")
OPERATOR = text("select count(*) from operators where user_id = any(:user_ids)")
OWNER = text("""
select count(*) from memberships own
where own.user_id = any(:user_ids) and own.role = 'primary_owner' and exists (
  select from memberships other where other.organisation_id = own.organisation_id
    and not other.user_id = any(:user_ids))
""")


def find_duties(session: Session, person: Person, maker_id: UUID | None) -> list[str]:
    """Say which duties the person has, each with what ends it."""
    params = person.params(maker_id)
    if maker_id is not None:
        is_staff = bool(session.scalar(STAFF, params))
        return (
            ["The person is on a brand's team: its owner takes it off on /team first."]
            if is_staff
            else []
        )
    found = []
    if session.scalar(OPERATOR, params):
        found.append("The person is an operator: run `orderlink operators remove` first.")
    if session.scalar(OWNER, params):
        found.append("The person owns an organization of several: its page hands that over first.")
    return found
