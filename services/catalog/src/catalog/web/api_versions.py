"""ETag and If-Match: whoever replaces something names the version that was read."""

from flask import request
from werkzeug.datastructures import Headers

from common.errors import PreconditionFailed, PreconditionRequired


def etag_of(version: int) -> Headers:
    return Headers({"ETag": f'"{version}"'})


def demanded_version() -> int:
    """Return the version that If-Match names.

    Raises PreconditionRequired without one, PreconditionFailed for a tag that is none of ours.
    """
    tag = request.headers.get("If-Match", "").strip()
    if not tag:
        raise PreconditionRequired("Send the ETag as If-Match, so that nobody's work is lost.")
    number = tag.removeprefix("W/").strip('"')
    if not number.isascii() or not number.isdigit() or len(number) > 9:
        raise PreconditionFailed("This is not the version that it has now.")
    return int(number)
