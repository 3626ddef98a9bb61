"""The member of staff behind a page of buyers, and how its changes are signed."""

from uuid import UUID

from flask_babel import gettext as _

from common.audit import Editor
from common.errors import Refusal, Unauthorized
from common.sessions import Claims
from common.web.actors import actor_of
from common.web.auth import current_staff, demand_write
from identity.deps import deps


def current_writer() -> Claims:
    """Return the member of staff, or the key, that may change things. Raises NoWritePermission."""
    staff = current_staff()
    demand_write(staff)
    return staff


def current_editor() -> tuple[Editor, UUID]:
    """Return who changes and the maker. Raises Unauthorized, NoWritePermission."""
    staff = current_writer()
    return editor_of(staff), maker_of(staff)


def editor_of(claims: Claims) -> Editor:
    return Editor(actor_of(claims), claims.brand_ids, deps().now())


def maker_of(claims: Claims) -> UUID:
    if claims.maker_id is None:
        raise Unauthorized
    return claims.maker_id


def field_sentences(refusal: Refusal) -> dict[str, str]:
    """Return what is wrong by field, in the reader's language."""
    return {each.field: str(_(each.detail)) for each in refusal.errors}
