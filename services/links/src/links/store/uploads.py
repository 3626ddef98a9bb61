"""Queries about uploads."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Select, Text, cast, delete, exists, func, or_, select, update
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Session

from links.store.models import Link, Upload, UploadMaker


def add_upload(session: Session, upload: Upload) -> None:
    """Write it down before its bytes go anywhere, so that none is ever forgotten."""
    session.add(upload)
    known = insert(UploadMaker).values(maker_id=upload.maker_id)
    session.execute(known.on_conflict_do_nothing())


def mark_ready(session: Session, upload_id: UUID) -> None:
    """Say that storage holds the whole file."""
    session.execute(update(Upload).where(Upload.id == upload_id).values(is_ready=True))


def find_uploads(
    session: Session, ids: Collection[UUID], *, brand_id: UUID
) -> Mapping[UUID, Upload]:
    """Return those of the brand that are whole, by id."""
    return {each.id: each for each in session.scalars(_usable(ids, brand_id))}


def hold_uploads(
    session: Session, ids: Collection[UUID], *, brand_id: UUID
) -> Mapping[UUID, Upload]:
    """Return the same, none of which can begin to go before the transaction ends."""
    held = _usable(ids, brand_id).order_by(Upload.id).with_for_update(key_share=False, read=True)
    return {each.id: each for each in session.scalars(held)}


def list_makers(session: Session) -> Sequence[UUID]:
    return session.scalars(select(UploadMaker.maker_id)).all()


def mark_unused(session: Session, *, before: datetime) -> None:
    """Let go of the maker's uploads older than that which no link names."""
    old = select(Upload.id).where(Upload.created_at < before, ~Upload.is_going, ~_is_used())
    chosen = old.limit(200).with_for_update(skip_locked=True)
    ids = session.scalars(chosen).all()
    session.execute(update(Upload).where(Upload.id.in_(ids), ~_is_used()).values(is_going=True))


def list_going(session: Session) -> Sequence[Upload]:
    return session.scalars(select(Upload).where(Upload.is_going).limit(200)).all()


def delete_uploads(session: Session, ids: Iterable[UUID]) -> None:
    session.execute(delete(Upload).where(Upload.id.in_(list(ids)), Upload.is_going))


def _usable(ids: Collection[UUID], brand_id: UUID) -> Select[Upload]:
    mine = (Upload.id.in_(list(ids)), Upload.brand_id == brand_id)
    return select(Upload).where(*mine, Upload.is_ready, ~Upload.is_going)


def _is_used() -> ColumnElement[bool]:
    """Whether a link that is not deleted shows it."""
    named = func.jsonb_build_object("upload_id", cast(Upload.id, Text), type_=JSONB)
    shown = or_(
        Link.videos.op("@>")(func.jsonb_build_array(named, type_=JSONB)),
        Link.background.op("@>")(named),
    )
    return exists().where(Link.status != "deleted", shown)
