"""The address of a video's player, made from whatever address a person copies (R155).

What comes out is built here from a host we name and an id we checked; nothing typed is passed on,
so no markup, script or foreign page can come with it. Hosts: the frame-src of our pages names the
same two players.
"""

import re
from collections.abc import Callable
from urllib.parse import SplitResult, parse_qs, urlsplit

YOUTUBE_PLAYER = "https://www.youtube-nocookie.com/embed/"
VIMEO_PLAYER = "https://player.vimeo.com/video/"
LONGEST_URL = 500
YOUTUBE_ID = re.compile(r"[A-Za-z0-9_-]{6,20}", re.ASCII)
NO_VIDEO = frozenset({"videoseries", "live_stream"})
"""Words that stand where an id would, for lists and channels."""
VIMEO_ID = re.compile(r"[0-9]{5,12}", re.ASCII)
VIMEO_HASH = re.compile(r"[0-9a-f]{8,16}", re.ASCII)
PLAIN = re.compile(r"[\x21-\x7e]+", re.ASCII)


class EmbedRefused(ValueError):
    """The words say why; `code` is required, not_https, unknown_host or no_video."""

    def __init__(self, code: str, words: str) -> None:
        super().__init__(words)
        self.code = code
        self.words = words


def player_url(typed: str) -> str:
    """Return the player's own address, always the same for one video. Raises EmbedRefused."""
    text = typed.strip()
    if not text:
        raise EmbedRefused("required", "Give the address of the video.")
    parts = _split(text)
    player = PLAYERS.get(parts.netloc.lower())
    if player is None:
        raise EmbedRefused("unknown_host", "Videos can be embedded from YouTube and Vimeo.")
    found = player(parts)
    if found is None:
        raise EmbedRefused("no_video", "This address does not lead to one video.")
    return found


def _split(text: str) -> SplitResult:
    if len(text) > LONGEST_URL or not PLAIN.fullmatch(text) or set(text) & set("<>\"'\\`"):
        words = "Paste only the video's address, without any code around it."
        raise EmbedRefused("no_address", words)
    try:
        parts = urlsplit(text)
    except ValueError as wrong:
        raise EmbedRefused("no_address", "This is no address of a video.") from wrong
    if parts.scheme.lower() != "https":
        raise EmbedRefused("not_https", "The address must begin with https://.")
    return parts


def _youtube(parts: SplitResult) -> str | None:
    """watch?v=ID, and embed, shorts, live, v, e before the ID."""
    names = [name for name in parts.path.split("/") if name]
    if names == ["watch"]:
        return _youtube_of((parse_qs(parts.query).get("v") or [""])[0])
    if len(names) == 2 and names[0] in ("embed", "shorts", "live", "v", "e"):
        return _youtube_of(names[1])
    return None


def _youtube_short(parts: SplitResult) -> str | None:
    return _youtube_of(parts.path.strip("/"))


def _youtube_embed(parts: SplitResult) -> str | None:
    names = [name for name in parts.path.split("/") if name]
    return _youtube_of(names[1]) if len(names) == 2 and names[0] == "embed" else None


def _youtube_of(video: str) -> str | None:
    is_video = YOUTUBE_ID.fullmatch(video) and video not in NO_VIDEO
    return YOUTUBE_PLAYER + video if is_video else None


def _vimeo(parts: SplitResult) -> str | None:
    """ID, ID/HASH (not listed), and an ID after a channel, a group, an album or a showcase."""
    names = [name for name in parts.path.split("/") if name]
    hash_ = (parse_qs(parts.query).get("h") or [""])[0]
    if len(names) == 2 and VIMEO_ID.fullmatch(names[0]) and VIMEO_HASH.fullmatch(names[1]):
        return _vimeo_of(names[0], names[1])
    is_within = len(names) > 1 and names[0] in ("channels", "groups", "album", "showcase")
    if len(names) == 1 or is_within:
        return _vimeo_of(names[-1], hash_) if names else None
    return None


def _vimeo_player(parts: SplitResult) -> str | None:
    names = [name for name in parts.path.split("/") if name]
    hash_ = (parse_qs(parts.query).get("h") or [""])[0]
    return _vimeo_of(names[1], hash_) if len(names) == 2 and names[0] == "video" else None


def _vimeo_of(video: str, hash_: str) -> str | None:
    if not VIMEO_ID.fullmatch(video):
        return None
    return VIMEO_PLAYER + video + (f"?h={hash_}" if VIMEO_HASH.fullmatch(hash_) else "")


PLAYERS: dict[str, Callable[[SplitResult], str | None]] = {
    "youtube.com": _youtube,
    "www.youtube.com": _youtube,
    "m.youtube.com": _youtube,
    "music.youtube.com": _youtube,
    "youtu.be": _youtube_short,
    "www.youtube-nocookie.com": _youtube_embed,
    "youtube-nocookie.com": _youtube_embed,
    "vimeo.com": _vimeo,
    "www.vimeo.com": _vimeo,
    "player.vimeo.com": _vimeo_player,
}
