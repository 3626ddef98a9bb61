"""ETag and If-Match for what has no version of its own: the tag is made of the content."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from flask import request
from marshmallow import Schema, fields
from werkzeug.datastructures import Headers

from common.errors import PreconditionFailed, PreconditionRequired


class IfMatch(Schema):
    """What you have read, as its ETag said it."""

    if_match = fields.String(data_key="If-Match", metadata={"description": "The ETag."})


def tag_of(content: Mapping[str, Any]) -> str:
    """Return the tag of this content, the same whatever the order of its fields."""
    said = json.dumps(content, sort_keys=True, default=str)
    return f'"{sha256(said.encode()).hexdigest()[:20]}"'


def tagged(content: Mapping[str, Any], **more: str) -> Headers:
    return Headers({"ETag": tag_of(content), **more})


def demand_tag(content: Mapping[str, Any]) -> None:
    """Raise unless If-Match names what is there now; to be asked with its row locked.

    Raises PreconditionRequired without one, PreconditionFailed for any other.
    """
    if sent_tag().removeprefix("W/") != tag_of(content):
        raise PreconditionFailed("Somebody changed this meanwhile. Please look at it again.")


def sent_tag() -> str:
    """Return what If-Match says. Raises PreconditionRequired when it says nothing."""
    sent = request.headers.get("If-Match", "").strip()
    if not sent:
        raise PreconditionRequired("Send the ETag as If-Match, so that nobody's work is lost.")
    return sent
