"""Ask notifications for a mail to a person, as nobody's customer: accounts belong to no maker."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.delivery import publish
from common.ids import new_id
from identity.events import MailRequested
from identity.store.models import MailSecret

ZONE = "UTC"
"""Of people nothing is known but their language; the mail names the zone (D2)."""


def request_mail(
    session: Session,
    kind: str,
    *,
    recipient: str,
    language: str,
    values: Mapping[str, Any],
    reference_id: UUID | None = None,
    expires_at: datetime | None = None,
) -> None:
    """Publish the wish. With `expires_at` the mail carries a secret of `reference_id`."""
    reference = reference_id or new_id()
    if expires_at is not None:
        session.add(MailSecret(id=reference, kind=kind, maker_id=None, expires_at=expires_at))
    publish(
        session,
        MailRequested(
            maker_id=None,
            brand_id=None,
            aggregate_id=reference,
            reference_id=reference,
            kind=kind,
            recipient=recipient,
            language=language,
            time_zone=ZONE,
            values=values,
            order_id=None,
        ),
    )
