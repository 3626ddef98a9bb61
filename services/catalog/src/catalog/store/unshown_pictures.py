"""Stored pictures that nothing shows: found, given time, and forgotten."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, func, or_, select, update
from sqlalchemy.orm import Session

from catalog.store.models import Catalog, Lookbook, ProductImage, StoredPicture


def mark_unshown(session: Session, *, now: datetime) -> None:
    """Write down since when each picture of the maker is shown nowhere; shown again counts anew."""
    shown = _is_shown()
    since = StoredPicture.unshown_since
    quietly = {"synchronize_session": False}
    gone = update(StoredPicture).where(since.is_(None), ~shown).values(unshown_since=now)
    back = update(StoredPicture).where(since.is_not(None), shown).values(unshown_since=None)
    session.execute(gone, execution_options=quietly)
    session.execute(back, execution_options=quietly)


def let_go(session: Session, *, unshown_before: datetime, at_most: int) -> None:
    """Mark pictures that were shown nowhere all that time as going: nobody can take them any more.

    They are locked first and looked for again then, so one that somebody is just taking stays.
    """
    query: Select[str] = (
        select(StoredPicture.key)
        .where(StoredPicture.unshown_since < unshown_before, ~StoredPicture.is_going)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    locked = session.scalars(query).all()
    going = update(StoredPicture).where(StoredPicture.key.in_(locked), ~_is_shown())
    session.execute(going.values(is_going=True), execution_options={"synchronize_session": False})


def list_going(session: Session, *, at_most: int) -> Sequence[str]:
    query = select(StoredPicture.key).where(StoredPicture.is_going)
    return session.scalars(query.limit(at_most)).all()


def forget_pictures(session: Session, keys: Collection[str]) -> None:
    """Forget pictures whose files are gone."""
    session.execute(delete(StoredPicture).where(StoredPicture.key.in_(keys)))


def _is_shown() -> ColumnElement[bool]:
    """Say where a picture of the maker is on a product, over a catalog, or in a lookbook."""
    in_books = select(func.jsonb_array_elements_text(Lookbook.keys))
    return or_(
        StoredPicture.key.in_(select(ProductImage.key)),
        StoredPicture.key.in_(select(Catalog.hero_key).where(Catalog.hero_key.is_not(None))),
        StoredPicture.key.in_(in_books),
    )
