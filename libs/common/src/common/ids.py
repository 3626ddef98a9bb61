"""Identifiers: UUIDv7, so that rows made later sort later and indexes stay compact."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """Return a fresh UUIDv7 as a standard library UUID."""
    return UUID(int=uuid_utils.uuid7().int)
