"""Why a payment page must be closed, and what is paid there all the same given back (D21)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogNow:
    """A catalog of the payment as it is now; a deleted one is not there at all."""

    catalog_id: UUID
    status: str
    is_granted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkNow:
    """The link as it is now. `state` is that of links/resolve, or deleted."""

    state: str
    view_only: bool


NO_LINK = LinkNow(state="open", view_only=False)
"""What stands above a Standard Order: nothing that could close it (R88)."""


def obstacle(
    link: LinkNow, catalogs: Iterable[CatalogNow], *, ordered: Collection[UUID]
) -> str | None:
    """Return why nothing can be placed any more, or None.

    A passed expiry or deadline, moved prices or other terms do not matter: the quote stays frozen
    for the page it was made for.
    """
    if link.state in ("deleted", "void"):
        return f"link_{link.state}"
    if link.view_only:
        return "link_view_only"
    known = {each.catalog_id: each for each in catalogs}
    for catalog_id in ordered:
        if catalog_id not in known:
            return "catalog_deleted"
        if known[catalog_id].status == "closed":
            return "catalog_closed"
        if known[catalog_id].status == "limited" and not known[catalog_id].is_granted:
            return "grant_revoked"
    return None
