"""A draft's videos and background as the table keeps them, their uploads held meanwhile."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from common.errors import FieldError, Invalid
from links.domain.embeds import player_url
from links.domain.link_rules import LinkDraft
from links.domain.media import Background, Video, uploads_in
from links.store.models import Upload
from links.store.uploads import hold_uploads

Held = Mapping[UUID, Upload]


def attach_media(session: Session, draft: LinkDraft, *, brand_id: UUID) -> dict[str, Any]:
    """Return the columns `videos` and `background`. The draft has been checked.

    Raises Invalid for an upload that is not the brand's, not whole, or gone.
    """
    ids = set[UUID]().union(*uploads_in(draft.videos, draft.background).values())
    held = hold_uploads(session, ids, brand_id=brand_id) if ids else {}
    errors = _errors(draft, held)
    if errors:
        raise Invalid("Some fields are not right.", errors=errors)
    return {
        "videos": [_video(video, held) for video in draft.videos],
        "background": _background(draft.background),
    }


def _errors(draft: LinkDraft, held: Held) -> list[FieldError]:
    words = "This file is no longer there. Choose it once more."
    found = [
        FieldError(f"videos.{position}", "unknown", words)
        for position, video in enumerate(draft.videos)
        if video.upload_id and not _is(held, video.upload_id, "video")
    ]
    image = draft.background.upload_id if draft.background.kind == "image" else None
    if image and not _is(held, image, "image"):
        found.append(FieldError("background.image", "unknown", words))
    return found


def _is(held: Held, upload_id: UUID, kind: str) -> bool:
    return upload_id in held and held[upload_id].kind == kind


def _video(video: Video, held: Held) -> dict[str, Any]:
    if video.upload_id is None:
        return {"kind": "embed", "url": player_url(video.url or "")}
    kind = held[video.upload_id].content_type
    return {"kind": "file", "upload_id": str(video.upload_id), "type": kind}


def _background(background: Background) -> dict[str, Any]:
    if background.kind == "video":
        return {"kind": "video", "url": player_url(background.url or "")}
    if background.kind == "image":
        return {"kind": "image", "url": None, "upload_id": str(background.upload_id)}
    return {"kind": "empty", "url": None}
