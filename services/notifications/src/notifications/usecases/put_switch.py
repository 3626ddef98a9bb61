"""Switches a kind of mail on or off for a brand."""

from uuid import UUID

from sqlalchemy.orm import Session

from common.errors import NotFound
from notifications.domain.kinds import WITH_SWITCH
from notifications.store import switches


class NoSuchSwitch(NotFound):
    code = "no_such_switch"


def put_switch(session: Session, *, maker_id: UUID, brand_id: UUID, kind: str, is_on: bool) -> None:
    """Set it; mails that are planned already still go. Raises NoSuchSwitch.

    Mails about accounts have none: whoever asked for a code needs it.
    """
    if kind not in WITH_SWITCH:
        raise NoSuchSwitch("There is no switch for that.")
    switches.put_switch(session, maker_id=maker_id, brand_id=brand_id, kind=kind, is_on=is_on)
