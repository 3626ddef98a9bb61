"""The demo world's part in notifications: who of brand and maker hears of new orders."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from common.db import Database
from devstack.world import cast
from notifications.store.models import Recipient
from notifications.store.recipients import has_recipient

RECIPIENTS: tuple[tuple[UUID | None, str, str], ...] = (
    (cast.NORD.id, "orders@nord.example", "en"),
    (cast.SOLEIL.id, "orders@soleil.example", "en"),
    (None, cast.OWNER.email, "ja"),
)


def load(database: Database, *, now: datetime, env: Mapping[str, str]) -> None:
    """Write the recipients; a second time changes nothing."""
    with database.transaction(cast.MAKER_ID) as session:
        for brand_id, email, language in RECIPIENTS:
            if not has_recipient(session, brand_id=brand_id, email=email):
                session.add(
                    Recipient(
                        maker_id=cast.MAKER_ID, brand_id=brand_id, email=email, language=language
                    )
                )
