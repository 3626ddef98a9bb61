"""What a link shows beside its catalogs: videos, and what stands behind its gate (R145, R146)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from common.errors import FieldError
from links.domain.embeds import EmbedRefused, player_url

MOST_VIDEOS = 20
KINDS = ("empty", "image", "video")


@dataclass(frozen=True)
class Video:
    """A video by its address at YouTube or Vimeo, or an uploaded file: one of the two."""

    url: str | None = None
    upload_id: UUID | None = None


@dataclass(frozen=True)
class Background:
    """Empty, Image (an upload), or Video (an address)."""

    kind: str = "empty"
    url: str | None = None
    upload_id: UUID | None = None


def media_errors(videos: Sequence[Video], background: Background) -> list[FieldError]:
    """Return what is wrong, at `videos.<position>`, `background.url` and `background.image`."""
    found = [*_video_errors(videos), *_background_errors(background)]
    if len(videos) > MOST_VIDEOS:
        words = f"Use at most {MOST_VIDEOS} videos."
        found.append(FieldError("videos", "too_many", words))
    return found


def uploads_in(videos: Iterable[Video], background: Background) -> dict[str, set[UUID]]:
    """Return the uploads that are meant, by the kind they must have."""
    images = {background.upload_id} if background.kind == "image" else set()
    return {
        "video": {video.upload_id for video in videos if video.upload_id},
        "image": {upload_id for upload_id in images if upload_id},
    }


def _video_errors(videos: Sequence[Video]) -> list[FieldError]:
    found = []
    for position, video in enumerate(videos):
        if (video.url is None) == (video.upload_id is None):
            words = "A video is an address or an uploaded file."
            found.append(FieldError(f"videos.{position}", "invalid", words))
        elif video.url is not None:
            found.extend(_embed_errors(video.url, f"videos.{position}"))
    return found


def _background_errors(background: Background) -> list[FieldError]:
    if background.kind not in KINDS:
        return [FieldError("background", "unknown", "Choose Empty, Image or Video.")]
    if background.kind == "image" and background.upload_id is None:
        return [FieldError("background.image", "R146", "Choose an image, or Empty.")]
    if background.kind == "video":
        return _embed_errors(background.url or "", "background.url")
    return []


def _embed_errors(url: str, field: str) -> list[FieldError]:
    try:
        player_url(url)
    except EmbedRefused as refused:
        return [FieldError(field, refused.code, refused.words)]
    return []
