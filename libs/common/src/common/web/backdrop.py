"""What stands behind a gate: a link's background as the plain layout shows it (R147)."""

from collections.abc import Mapping
from typing import Any

SILENT = {
    "https://www.youtube-nocookie.com/": (
        "autoplay=1&mute=1&controls=0&disablekb=1&playsinline=1&loop=1&rel=0&playlist={id}"
    ),
    "https://player.vimeo.com/": "background=1&autoplay=1&muted=1&loop=1&dnt=1",
}
"""What makes a player a moving picture: silent, endless, without buttons."""


def backdrop(background: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    """Return what `layout/_plain.html` shows of links/resolve's background; None for Empty."""
    kind, url = (background or {}).get("kind"), (background or {}).get("url")
    if not background or not url or kind not in ("image", "video"):
        return None
    if kind == "image":
        return {"kind": "image", "url": url, "srcset": background.get("srcset"), "poster": None}
    return {"kind": "embed", "url": silent(url), "poster": None}


def silent(url: str) -> str:
    """Return the player's address, told to play without sound and to begin again at the end."""
    for player, wishes in SILENT.items():
        if url.startswith(player):
            video = url.partition("?")[0].rsplit("/", maxsplit=1)[-1]
            return f"{url}{'&' if '?' in url else '?'}{wishes.format(id=video)}"
    return url
