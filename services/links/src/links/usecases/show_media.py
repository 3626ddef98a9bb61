"""A link's videos and background with the addresses that buyers load them from."""

from collections.abc import Callable, Mapping
from typing import Any
from uuid import UUID

from links.domain.files import IMAGE_WIDTHS, image_key, video_key
from links.store.models import Link

Address = Callable[[str], str]
"""From a stored file's key to where it is served."""


def shown_videos(link: Link, address: Address) -> list[Mapping[str, Any]]:
    """Return {kind: embed or file, url, type of a file} in their order."""
    return [
        {"kind": "embed", "url": video["url"]}
        if video["kind"] == "embed"
        else {
            "kind": "file",
            "url": address(video_key(UUID(video["upload_id"]), video["type"])),
            "type": video["type"],
        }
        for video in link.videos
    ]


def shown_background(link: Link, address: Address) -> Mapping[str, Any]:
    """Return {kind: empty, image or video, url, and an image's srcset}."""
    background = link.background
    if background["kind"] != "image":
        return {"kind": background["kind"], "url": background["url"], "srcset": None}
    upload_id = UUID(background["upload_id"])
    urls = {width: address(image_key(upload_id, width)) for width in IMAGE_WIDTHS}
    return {
        "kind": "image",
        "url": urls[IMAGE_WIDTHS[2]],
        "srcset": ", ".join(f"{url} {width}w" for width, url in urls.items()),
    }
