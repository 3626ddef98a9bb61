"""Which kinds of mail a brand has switched off; without a row a kind is on."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from notifications.store.models import MailSwitch


def is_switched_off(session: Session, *, brand_id: UUID | None, kind: str) -> bool:
    """Whether this brand wants no mails of the kind."""
    if brand_id is None:
        return False
    switch = session.get(MailSwitch, (brand_id, kind))
    return switch is not None and not switch.is_on


def list_switched_off(session: Session, *, brand_id: UUID) -> Sequence[str]:
    query = select(MailSwitch.kind).where(
        MailSwitch.brand_id == brand_id, MailSwitch.is_on.is_(False)
    )
    return session.scalars(query).all()


def put_switch(session: Session, *, maker_id: UUID, brand_id: UUID, kind: str, is_on: bool) -> None:
    row = {"maker_id": maker_id, "brand_id": brand_id, "kind": kind, "is_on": is_on}
    statement = insert(MailSwitch).values(row)
    session.execute(
        statement.on_conflict_do_update(
            index_elements=["brand_id", "kind"], set_={"is_on": is_on, "changed_at": func.now()}
        )
    )
