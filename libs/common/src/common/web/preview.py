"""See it as…: a page as one buyer gets it at one moment, looked at by staff.

A preview's token stands where a link's stands, so the very same pages answer it. It opens nothing
by itself: staff of the link's brand must be signed in, and whatever would change something is
refused here, before any view, in every service.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import Flask, g, request

from common.errors import Forbidden, NotFound
from common.sessions import Claims
from common.web.auth import current_staff

TOKEN = re.compile(r"p_[A-Za-z0-9_-]{22}")
"""Two characters longer than a link's own token, so that the two never meet."""
SAFE = {"GET", "HEAD", "OPTIONS"}


class PreviewIsForLooking(Forbidden):
    code = "preview_is_for_looking"


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """What is looked at: `at` is the moment that every date is judged at."""

    link_id: UUID
    buyer_id: UUID
    buyer_name: str
    at: datetime
    expires_at: datetime

    @property
    def back_url(self) -> str:
        return f"/links/{self.link_id}/preview"


def install(app: Flask) -> None:
    app.before_request(_refuse_changes)


def is_preview(token: str) -> bool:
    """Whether it is a preview's token, by its form alone."""
    return TOKEN.fullmatch(token) is not None


def demand_staff_of(link: Mapping[str, Any]) -> Claims:
    """Return the staff member, who must be of the link's brand; another's is not there."""
    staff = current_staff()
    is_own = staff.maker_id == UUID(link["maker_id"]) and UUID(link["brand_id"]) in staff.brand_ids
    if staff.kind != "staff" or not is_own:
        raise NotFound("There is no such preview.")
    return staff


def show_banner(preview: Preview) -> None:
    """Let this answer's page say that it is a preview, of whom, and when."""
    g.preview = preview


def shown_preview() -> Preview | None:
    """Return what the banner of this answer says, None on a buyer's own page."""
    preview: Preview | None = g.get("preview")
    return preview


def _refuse_changes() -> None:
    named = (request.view_args or {}).values()
    if request.method not in SAFE and any(isinstance(v, str) and is_preview(v) for v in named):
        raise PreviewIsForLooking("This is a preview: nothing can be changed or ordered here.")
