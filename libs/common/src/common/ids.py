"""Identifiers: UUIDv7, so that rows made later sort later and indexes stay compact."""

from datetime import datetime
from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """Return a fresh UUIDv7 as a standard library UUID."""
    return UUID(int=uuid_utils.uuid7().int)


def first_id_at(instant: datetime) -> UUID:
    """Return the lowest id of that millisecond: what was made before it sorts below."""
    return UUID(int=int(instant.timestamp() * 1000) << 80)
