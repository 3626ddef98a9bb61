"""What other services ask links."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from marshmallow import Schema, ValidationError, fields, validates_schema

from common.web.internal import answers, questions
from common.web.pages import media_url
from common.web.preview import is_preview
from links.deps import deps
from links.store.links import get_link
from links.usecases.resolve_link import describe_by_token, described
from links.usecases.resolve_preview import describe_preview, find_previewed

bp = questions("links_questions", __name__)


class ResolveIn(Schema):
    token = fields.String(load_default=None)
    link_id = fields.UUID(load_default=None)
    maker_id = fields.UUID(load_default=None)

    @validates_schema
    def demand_one(self, data: dict[str, Any], **_: Any) -> None:
        if not data.get("token") and not (data.get("link_id") and data.get("maker_id")):
            raise ValidationError("Give a token, or link_id and maker_id.", "token")


@answers(bp, "links/resolve", reads=ResolveIn)
def read_link(token: str | None, link_id: UUID | None, maker_id: UUID | None) -> Mapping[str, Any]:
    """Answer what the link is now. Unknown and deleted: 404."""
    if token and is_preview(token):
        with deps().database.transaction() as session:
            link, preview = find_previewed(session, token, now=deps().now())
        return describe_preview(link, preview, token=token, address=media_url)
    with deps().database.transaction(None if token else maker_id) as session:
        if token:
            return describe_by_token(session, token, now=deps().now(), address=media_url)
        link = get_link(session, link_id or UUID(int=0))
        return described(link, now=deps().now(), address=media_url)
