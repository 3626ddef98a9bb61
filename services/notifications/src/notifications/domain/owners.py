"""Whose a message is: a brand's, a maker's, or nobody's (accounts belong to no maker)."""

from uuid import UUID

NOBODY = UUID(int=0)
"""The tenant of mails about accounts. No session carries it, so no staff ever sees them."""


def owner_of(*, maker_id: UUID | None, brand_id: UUID | None) -> tuple[UUID, UUID | None]:
    """Return (maker_id, brand_id) for the row."""
    return (NOBODY, None) if maker_id is None else (maker_id, brand_id)
