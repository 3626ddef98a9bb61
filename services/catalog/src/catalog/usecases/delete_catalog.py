"""Deleting a catalog: for ever, and only with the word (R77)."""

from datetime import datetime

from sqlalchemy.orm import Session

from catalog.domain.typed_word import demand_word
from catalog.store.models import Catalog


def delete_catalog(session: Session, catalog: Catalog, *, word: str, now: datetime) -> None:
    """Take the locked catalog away from every link and list. Raises Invalid.

    Its row stays for the orders that name it; its code is free again (R80).
    """
    demand_word(word)
    catalog.deleted_at, catalog.code = now, None
    session.flush()
