"""The form of a member's role and brands, on its own page and on an invitation's."""

from typing import Any
from uuid import UUID

from flask import render_template, request
from marshmallow import Schema, fields, validate
from sqlalchemy.orm import Session

from common.sessions import Claims
from identity.domain.team import ROLES, givable
from identity.store.brands import list_brands
from identity.usecases.managing import Post
from identity.web.forms import Posted


class PostForm(Schema):
    role = fields.String(required=True, validate=validate.OneOf(ROLES))


def typed_post(form: Posted) -> Post:
    """Return the wished post; a brand that is no id is as if it were not there."""
    chosen = {each for each in map(_uuid, request.form.getlist("brands")) if each}
    is_all = request.form.get("has_all_brands") == "yes"
    return Post(form.values["role"], has_all_brands=is_all, brand_ids=frozenset(chosen))


def _uuid(typed: str) -> UUID | None:
    try:
        return UUID(typed)
    except ValueError:
        return None


def render_post_page(
    session: Session,
    staff: Claims,
    form: Posted,
    given: dict[str, Any],
    *,
    template: str,
    **more: Any,
) -> str:
    if request.method == "POST":
        given = {
            "role": form.values.get("role", given["role"]),
            "has_all_brands": request.form.get("has_all_brands") == "yes",
            "brands": request.form.getlist("brands"),
        }
    return render_template(
        template,
        form=form,
        given=given,
        roles_given=givable(staff.role),
        brand_rows=list_brands(session, staff.brand_ids),
        **more,
    )
