"""What a catalog shows beside its products, and from which amount it takes orders.

Video addresses: what comes out is built here from a host we name and an id we checked (R155).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

from common.errors import FieldError

YOUTUBE, VIMEO = "https://www.youtube-nocookie.com/embed/", "https://player.vimeo.com/video/"
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{11}", re.ASCII)
VIMEO_ID = re.compile(r"[0-9]{5,12}", re.ASCII)
YOUTUBE_HOSTS = frozenset(
    {"youtube.com", "www.youtube.com", "m.youtube.com", "www.youtube-nocookie.com"}
)
VIMEO_HOSTS = frozenset({"vimeo.com", "www.vimeo.com", "player.vimeo.com"})
MOST_VIDEOS, MOST_LOOKBOOKS = 20, 50


@dataclass(frozen=True, kw_only=True)
class Showing:
    """`videos` are addresses of players."""

    lookbook_ids: tuple[UUID, ...]
    videos: tuple[str, ...]
    has_comment_box: bool
    minimum_amounts: Mapping[str, int]
    """Minor units by currency; a currency that is not in it: any amount."""


def showing_errors(showing: Showing) -> list[FieldError]:
    """Return what is too many."""
    found = []
    if len(showing.videos) > MOST_VIDEOS:
        found.append(FieldError("videos", "too_many", "Use at most 20 videos."))
    if len(showing.lookbook_ids) > MOST_LOOKBOOKS:
        found.append(FieldError("lookbook_ids", "too_many", "Use at most 50 lookbooks."))
    return found


def player_of(typed: str) -> str | None:
    """Return the player's own address of a YouTube or Vimeo video; None for anything else."""
    try:
        parts = urlsplit(typed.strip())
    except ValueError:
        return None
    if parts.scheme != "https" or not typed.isascii():
        return None
    names = [name for name in parts.path.split("/") if name]
    host = parts.netloc.lower()
    if host in VIMEO_HOSTS:
        return _built(VIMEO, VIMEO_ID, names, before=([], ["video"]))
    if host == "youtu.be":
        return _built(YOUTUBE, YOUTUBE_ID, names, before=([],))
    if host in YOUTUBE_HOSTS:
        watched = parse_qs(parts.query).get("v", []) if names == ["watch"] else names
        return _built(YOUTUBE, YOUTUBE_ID, watched, before=([], ["embed"], ["shorts"], ["live"]))
    return None


def _built(
    player: str, pattern: re.Pattern[str], names: list[str], *, before: tuple[list[str], ...]
) -> str | None:
    """Return the player of the last name, if what comes before it is one of these."""
    is_video = bool(names) and names[:-1] in before and pattern.fullmatch(names[-1])
    return player + names[-1] if is_video else None
