"""A link as the API shows it, its ETag, and what If-Match demands."""

from typing import Any

from flask import request
from werkzeug.datastructures import Headers

from common.errors import PreconditionFailed, PreconditionRequired
from links.deps import deps
from links.store.models import Link
from links.usecases.draft_of_link import draft_of_link
from links.usecases.resolve_link import state_of
from links.web.api.schemas import LinkOut

COLUMNS = tuple(name for name in LinkOut().fields if hasattr(Link, name))


def shown(link: Link) -> dict[str, Any]:
    """Return the link's fields; its passcode only as whether there is one."""
    draft = draft_of_link(link)
    return {name: getattr(link, name) for name in COLUMNS} | {
        "videos": draft.videos,
        "background": draft.background,
        "url": f"{deps().settings.public_url}/l/{link.token}",
        "state": state_of(link, now=deps().now()).value,
        "has_passcode": link.asked_passcode is not None,
    }


def tagged(link: Link) -> tuple[dict[str, Any], int, Headers]:
    """Return the link with its version as ETag."""
    return shown(link), 200, Headers({"ETag": etag_of(link)})


def etag_of(link: Link) -> str:
    return f'"{link.version}"'


def demanded_version() -> int:
    """Return the version that If-Match names.

    Raises PreconditionRequired without one, PreconditionFailed for a tag that is no version of ours.
    """
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        raise PreconditionRequired(
            "Send the link's ETag as If-Match, so that nobody's work is lost."
        )
    number = tag.removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit():
        raise PreconditionFailed("This is not the version that the link has now.")
    return int(number)
